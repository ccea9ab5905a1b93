import { phrasesFor } from '../../../lib/diagnosis/log-phrases.ts';
import type { MountedBy, MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { judgeApplicationLog } from '../../../lib/diagnosis/rules/application-log.ts';
import { judgeCopyUp } from '../../../lib/diagnosis/rules/copy-up.ts';
import { judgeCredits } from '../../../lib/diagnosis/rules/credits.ts';
import { judgePosix } from '../../../lib/diagnosis/rules/posix.ts';
import { judgePosixUser } from '../../../lib/diagnosis/rules/posix-user.ts';
import { judgeTold } from '../../../lib/diagnosis/rules/told.ts';
import type { CreationInfo, PosixUser } from '../../../lib/domain/efs.ts';
import { absent, present, unknown } from '../../../lib/domain/fact.ts';
import { AP, accessPoint, facts, plainVolume, told, volume } from '../build-facts.ts';
import { codes } from './codes.ts';

const mountedBy = (change: Partial<MountedBy> = {}) => [
  { container: 'app', containerPath: '/data', readOnly: false, ...change },
];
const refused = facts({ told: told('posix-permission') });

describe('POSIX identity', () => {
  const owned = (permissions: string): CreationInfo => ({ ownerUid: 1000, ownerGid: 1000, permissions });
  const by = (user: PosixUser, creation: CreationInfo, readOnly = false) =>
    volume({ accessPoint: present(accessPoint({ user, creation })), mountedBy: mountedBy({ readOnly }) });
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['the owner may write', by({ uid: 1000, gid: 1000 }, owned('0700')), []],
    ['the owner may only read', by({ uid: 1000, gid: 1000 }, owned('0500')), ['posix-mismatch']],
    ['the owner may only read, which is enough', by({ uid: 1000, gid: 1000 }, owned('0500'), true), []],
    ['the group may write', by({ uid: 5, gid: 1000 }, owned('0770')), []],
    ['the group may not write', by({ uid: 5, gid: 1000 }, owned('0750')), ['posix-mismatch']],
    ['a secondary group may', by({ uid: 5, gid: 6, secondaryGids: [1000] }, owned('0770')), []],
    ['others may', by({ uid: 5, gid: 6 }, owned('0777')), []],
    ['others may not', by({ uid: 5, gid: 6 }, owned('0770')), ['posix-mismatch']],
    ['root may', by({ uid: 0, gid: 0 }, owned('0700')), []],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgePosix(facts(), mounted))).toEqual(wanted));

  test('without a user of the access point the container decides', () => {
    const { user: _none, ...point } = accessPoint({ creation: owned('0700') });
    const as = (user: string) => volume({ accessPoint: present(point), mountedBy: mountedBy({ user }) });
    expect(codes(judgePosix(facts(), as('1000')))).toEqual([]);
    expect(codes(judgePosix(facts(), as('2000')))).toEqual(['posix-mismatch']);
    expect(codes(judgePosix(facts(), as('app')))).toEqual([]);
  });

  test('a group that only the image knows may be the right one', () => {
    const { user: _none, ...point } = accessPoint({ creation: owned('0770') });
    const mounted = volume({ accessPoint: present(point), mountedBy: mountedBy({ user: '2000' }) });
    expect(judgePosix(facts(), mounted)).toEqual([]);
  });

  test('a directory that nobody describes is not checked, once files were refused', () => {
    const { creation: _none, ...point } = accessPoint();
    const mounted = volume({ accessPoint: present(point) });
    expect(judgePosix(facts(), mounted)).toEqual([]);
    expect(codes(judgePosix(refused, mounted))).toEqual(['not-checked']);
  });

  test('the root of a file system is root to write, once files were refused', () => {
    const as = (change: Partial<MountedBy>) => plainVolume({ mountedBy: mountedBy(change) });
    expect(codes(judgePosix(refused, as({ user: '1000' })))).toEqual(['posix-mismatch', 'not-checked']);
    expect(codes(judgePosix(refused, as({ user: '0' })))).toEqual(['not-checked']);
    expect(codes(judgePosix(refused, as({ user: '1000', readOnly: true })))).toEqual(['not-checked']);
    expect(judgePosix(facts(), as({ user: '1000' }))).toEqual([]);
  });
});

describe('container user', () => {
  const as = (user: string) => volume({ mountedBy: mountedBy({ user }) });
  test.each<[string, MountFacts, string, readonly string[]]>([
    ['the same', facts(), '10001:10001', []],
    ['the same, without a group', facts(), '10001', []],
    ['another', facts(), '1000', ['posix-identity-differs']],
    ['another group', facts(), '10001:5', ['posix-identity-differs']],
    ['a name', facts(), 'app', []],
    ['another, and files were refused', refused, '1000', ['posix-mismatch']],
  ])('%s', (_name, given, user, wanted) => expect(codes(judgePosixUser(given, as(user)))).toEqual(wanted));
});

describe("Docker's copy of the image directory", () => {
  const chown = told('posix-permission', 'failed to chown /var/lib/ecs/volumes/x: lchown: operation not permitted');
  const on = (type: 'EC2' | 'FARGATE', reason: MountFacts['told']) =>
    facts({ launch: { type, networkMode: 'bridge' }, ...(reason && { told: reason }) });
  test.each<[string, MountFacts, readonly string[]]>([
    ['fails on EC2', on('EC2', chown), ['copy-up-chown']],
    ['is not made on Fargate', on('FARGATE', chown), []],
    ['is not what was refused', on('EC2', told('posix-permission', 'mkdir: permission denied')), []],
    ['is not asked for where nothing failed', on('EC2', undefined), []],
  ])('%s', (_name, given, wanted) => expect(codes(judgeCopyUp(given, volume()))).toEqual(wanted));
});

describe('application log', () => {
  const with_ = (logPhrases: VolumeFacts['logPhrases']) => volume(logPhrases ? { logPhrases } : {});
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['not asked', with_(undefined), []],
    ['a refusal and the path', with_(present(['Permission denied', '/data'])), ['application-permission-denied']],
    ['a refusal elsewhere', with_(present(['Permission denied'])), []],
    ['the path alone', with_(present(['/data'])), []],
    ['no key', with_(unknown('the log group has no key')), ['not-checked']],
    ['no log group', with_(absent), []],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgeApplicationLog(facts(), mounted))).toEqual(wanted));

  test('what is asked for are words of refusal and the mounted paths', () => {
    expect(phrasesFor({ mountedBy: [...mountedBy(), ...mountedBy()] }).filter((one) => one === '/data')).toEqual([
      '/data',
    ]);
    expect(phrasesFor({ mountedBy: mountedBy() })).toContain('Permission denied');
  });
});

describe('burst credits', () => {
  test.each<[string, VolumeFacts['credits'], readonly string[]]>([
    ['not asked', undefined, []],
    ['none left', present(0), ['burst-credits-empty']],
    ['almost none left', present(5 * 1024 ** 2), ['burst-credits-empty']],
    ['enough', present(1024 ** 4), []],
    ['denied', unknown('denied'), ['not-checked']],
  ])('%s', (_name, credits, wanted) => {
    expect(codes(judgeCredits(facts(), volume(credits ? { credits } : {})))).toEqual(wanted);
  });
});

describe('taken at its word', () => {
  const inDirectory = plainVolume({ efs: { rootDirectory: '/missing' } });
  test.each<[string, MountFacts, VolumeFacts, readonly string[]]>([
    ['a directory', facts({ told: told('root-directory-not-found') }), inDirectory, ['root-directory-not-found']],
    ['a directory, of a volume without one', facts({ told: told('root-directory-not-found') }), volume(), []],
    ['the tunnel', facts({ told: told('tls-tunnel-failed') }), volume(), ['tls-tunnel-failed']],
    ['the tunnel, of a volume without TLS', facts({ told: told('tls-tunnel-failed') }), plainVolume(), []],
    ['metadata', facts({ told: told('helper-metadata') }), volume(), ['helper-metadata-missing']],
    ['a limit', facts({ told: told('volume-limit-or-throttle') }), volume(), ['client-limit']],
    ['a time-out says nothing by itself', facts({ told: told('network-timeout') }), volume(), []],
    ['nothing', facts(), volume(), []],
  ])('%s', (_name, given, mounted, wanted) => expect(codes(judgeTold(given, mounted))).toEqual(wanted));
});

test('an access point is the subject where there is one', () => {
  const mounted = volume({ logPhrases: present(['EACCES', '/data']) });
  expect(judgeApplicationLog(facts(), mounted)[0]?.subject).toBe(AP);
});
