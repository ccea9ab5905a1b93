import type { MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { judgeAccessPoint, judgeAccessPointDirectory } from '../../../lib/diagnosis/rules/access-point.ts';
import { judgeGrant, judgeRoot, judgeWrite } from '../../../lib/diagnosis/rules/grant.ts';
import { judgeIamAuthorization } from '../../../lib/diagnosis/rules/iam-authorization.ts';
import { judgeRootDirectory } from '../../../lib/diagnosis/rules/root-directory.ts';
import { judgeTaskRole } from '../../../lib/diagnosis/rules/task-role.ts';
import { judgeTransitEncryption } from '../../../lib/diagnosis/rules/transit-encryption.ts';
import { absent, present, unknown } from '../../../lib/domain/fact.ts';
import {
  AP_ARN,
  accessPoint,
  ENFORCING,
  EXECUTION_ROLE,
  FS_ARN,
  facts,
  GRANTED,
  grantStatement,
  inline,
  plainVolume,
  policies,
  policy,
  ROLE,
  told,
  volume,
} from '../build-facts.ts';
import { codes } from './codes.ts';

const everybody = (actions: readonly string[], change: Readonly<Record<string, unknown>> = {}) => ({
  Sid: 'Everybody',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: actions.map((action) => `elasticfilesystem:Client${action}`),
  ...change,
});
const denyPlain = {
  Sid: 'DenyPlain',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

describe('transit encryption', () => {
  const off = { transitEncryption: false };
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['on', volume(), []],
    ['off with an access point', volume({ efs: off }), ['transit-encryption-off']],
    ['off with IAM', plainVolume({ efs: { iam: true } }), ['transit-encryption-off']],
    ['off, and nothing asks for it', plainVolume(), []],
    [
      'off, and the policy denies plain mounts',
      plainVolume({ filePolicy: present(policy(everybody(['Mount']), denyPlain)) }),
      ['transit-encryption-off'],
    ],
    ['off, and the policy only says nothing of this client', plainVolume({ filePolicy: present(ENFORCING) }), []],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgeTransitEncryption(facts(), mounted))).toEqual(wanted));

  test('what asks for it is named', () => {
    const mounted = plainVolume({ filePolicy: present(policy(everybody(['Mount']), denyPlain)) });
    expect(judgeTransitEncryption(facts(), mounted)[0]?.evidence['askedBy']).toBe('file-system policy DenyPlain');
    expect(judgeTransitEncryption(facts(), volume({ efs: off }))[0]?.evidence['askedBy']).toMatch('IAM authorization');
  });
});

describe('IAM authorization', () => {
  const hanging = everybody(['Mount'], { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } });
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['on', volume(), []],
    ['off without a policy', plainVolume(), []],
    ['off, and the policy admits everybody', plainVolume({ filePolicy: present(policy(everybody(['Mount']))) }), []],
    [
      'off, and the policy admits nobody without',
      plainVolume({ filePolicy: present(ENFORCING) }),
      ['iam-authorization-off'],
    ],
    ['off, and the policy was denied', plainVolume({ filePolicy: unknown('denied') }), ['not-checked']],
    [
      'off, and the policy hangs on another key',
      plainVolume({ filePolicy: present(policy(hanging)) }),
      ['not-checked'],
    ],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgeIamAuthorization(facts(), mounted))).toEqual(wanted));
});

describe('task role', () => {
  const { roleArn: _none, ...without } = facts();
  test.each<[string, MountFacts, VolumeFacts, readonly string[]]>([
    ['there', facts(), volume(), []],
    ['none', without, volume(), ['task-role-missing']],
    ['none, and none needed', without, plainVolume(), []],
    ['deleted', facts({ role: absent }), volume(), ['task-role-missing']],
    ['denied', facts({ role: unknown('denied') }), volume(), []],
  ])('%s', (_name, given, mounted, wanted) => expect(codes(judgeTaskRole(given, mounted))).toEqual(wanted));
});

describe('root directory', () => {
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['absent with an access point', volume(), []],
    ['/ with an access point', volume({ efs: { rootDirectory: '/' } }), []],
    ['/data with an access point', volume({ efs: { rootDirectory: '/data' } }), ['root-directory-with-access-point']],
    ['/data without', plainVolume({ efs: { rootDirectory: '/data' } }), []],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgeRootDirectory(facts(), mounted))).toEqual(wanted));
});

describe('access point', () => {
  const other = accessPoint({ fileSystemId: 'fs-0000000000000000b' });
  test.each<[string, VolumeFacts, readonly string[]]>([
    ['available', volume(), []],
    ['none asked for', plainVolume(), []],
    ['missing', volume({ accessPoint: absent }), ['access-point-missing']],
    ['of another file system', volume({ accessPoint: present(other) }), ['access-point-other-file-system']],
    ['creating', volume({ accessPoint: present(accessPoint({ state: 'creating' })) }), ['access-point-not-available']],
    ['deleting', volume({ accessPoint: present(accessPoint({ state: 'deleting' })) }), ['access-point-not-available']],
    ['denied', volume({ accessPoint: unknown('denied') }), ['not-checked']],
  ])('%s', (_name, mounted, wanted) => expect(codes(judgeAccessPoint(facts(), mounted))).toEqual(wanted));

  test.each<[string, VolumeFacts, readonly string[]]>([
    ['says how to make its directory', volume(), []],
    ['makes none', volume({ accessPoint: present(withoutCreation('/ecs/a')) }), ['access-point-creates-no-directory']],
    ['is at the root, which is there', volume({ accessPoint: present(withoutCreation('/')) }), []],
    ['is missing', volume({ accessPoint: absent }), []],
  ])('directory: it %s', (_name, mounted, wanted) => {
    expect(codes(judgeAccessPointDirectory(facts(), mounted))).toEqual(wanted);
  });
});

function withoutCreation(path: string) {
  const { creation: _none, ...rest } = accessPoint({ path });
  return rest;
}

const role = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  facts({ rolePolicies: policies(inline('efs', policy(...statements))) });

describe('grant', () => {
  const denies = { Sid: 'No', Effect: 'Deny', Action: 'elasticfilesystem:*', Resource: '*' };
  test.each<[string, MountFacts, readonly string[]]>([
    ['right', facts(), []],
    ['none', facts({ rolePolicies: policies() }), ['grant-missing']],
    [
      'access-point ARN as resource',
      role(grantStatement(['Mount'], { Resource: AP_ARN })),
      ['grant-on-wrong-resource'],
    ],
    ['another file system', role(grantStatement(['Mount'], { Resource: `${FS_ARN}0` })), ['grant-missing']],
    [
      'access-point id instead of its ARN',
      role(
        grantStatement(['Mount'], { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': 'fsap-1' } } }),
      ),
      ['grant-missing'],
    ],
    ['denied by the role', role(grantStatement(['Mount']), denies), ['policy-denies']],
    ['not readable', facts({ rolePolicies: unknown('denied') }), ['not-checked']],
    ['no role: told elsewhere', facts({ role: absent, rolePolicies: absent }), []],
  ])('%s', (_name, given, wanted) => expect(codes(judgeGrant(given, volume()))).toEqual(wanted));

  test('without a file-system policy no grant is needed', () => {
    expect(judgeGrant(facts({ rolePolicies: policies() }), volume({ filePolicy: absent }))).toEqual([]);
  });

  test('the near misses are told', () => {
    const given = role(grantStatement(['Mount'], { Resource: AP_ARN }));
    expect(judgeGrant(given, volume())[0]).toMatchObject({
      subject: ROLE,
      evidence: {
        nearestAllows: `efs Efs: it names ${AP_ARN}; file-system policy Admins: it does not name this client`,
        action: 'elasticfilesystem:ClientMount',
      },
    });
  });

  test('a Deny of the file-system policy is named', () => {
    const deny = { Sid: 'Lock', Effect: 'Deny', Principal: '*', Action: '*' };
    const mounted = volume({ filePolicy: present(policy(deny)) });
    expect(judgeGrant(facts(), mounted)).toMatchObject([
      { code: 'policy-denies', evidence: { by: 'file-system policy Lock' } },
    ]);
    expect(codes(judgeGrant(facts(), plainVolume({ filePolicy: present(policy(deny)) })))).toEqual(['policy-denies']);
  });

  test('an anonymous client that nobody admits is told elsewhere', () => {
    expect(judgeGrant(facts(), plainVolume({ filePolicy: present(ENFORCING) }))).toEqual([]);
  });

  test('the grant is on the execution role', () => {
    const given = facts({ rolePolicies: policies(), executionRolePolicies: GRANTED });
    expect(judgeGrant(given, volume())).toMatchObject([
      { code: 'grant-on-execution-role', subject: EXECUTION_ROLE, evidence: { by: 'efs Efs' } },
      { code: 'grant-missing', subject: ROLE },
    ]);
    expect(codes(judgeGrant({ ...given, executionRolePolicies: policies() }, volume()))).toEqual(['grant-missing']);
    expect(codes(judgeGrant({ ...given, executionRolePolicies: unknown('denied') }, volume()))).toEqual([
      'not-checked',
      'grant-missing',
    ]);
  });

  test('an access point that is missing is told elsewhere', () => {
    expect(judgeGrant(facts({ rolePolicies: policies() }), volume({ accessPoint: absent }))).toEqual([]);
  });
});

describe('right to write', () => {
  const readOnly = volume({ mountedBy: [{ container: 'app', containerPath: '/data', readOnly: true }] });
  const mountOnly = role(grantStatement(['Mount']));
  const denied = role(grantStatement(['Mount', 'Write']), {
    Sid: 'NoWrite',
    Effect: 'Deny',
    Action: 'elasticfilesystem:ClientWrite',
    Resource: '*',
  });
  test.each<[string, MountFacts, VolumeFacts, readonly string[]]>([
    ['there', facts(), volume(), []],
    ['missing', mountOnly, volume(), ['write-not-allowed']],
    ['missing, and nobody writes', mountOnly, readOnly, []],
    ['missing like the right to mount', facts({ rolePolicies: policies() }), volume(), []],
    ['denied', denied, volume(), ['policy-denies']],
    [
      'missing for everybody',
      facts(),
      plainVolume({ filePolicy: present(policy(everybody(['Mount']))) }),
      ['write-not-allowed'],
    ],
  ])('%s', (_name, given, mounted, wanted) => expect(codes(judgeWrite(given, mounted))).toEqual(wanted));
});

describe('root access', () => {
  const as = (user: string) => [{ container: 'app', containerPath: '/data', readOnly: false, user }];
  const rootPoint = volume({ accessPoint: present(accessPoint({ user: { uid: 0, gid: 0 } })) });
  const open = { filePolicy: present(policy(everybody(['Mount', 'Write']))) };
  const { user: _user, ...image } = as('')[0] ?? { container: '', containerPath: '', readOnly: false };
  test.each<[string, MountFacts, VolumeFacts, readonly string[]]>([
    ['not needed: the access point maps to another user', facts(), volume({ mountedBy: as('root') }), []],
    ['missing for an access point of root', facts(), rootPoint, ['root-squashed']],
    ['there for an access point of root', role(grantStatement(['Mount', 'RootAccess'])), rootPoint, []],
    ['missing for a container of root', facts(), plainVolume({ ...open, mountedBy: as('0') }), ['root-squashed']],
    [
      'missing for a container of root by name',
      facts(),
      plainVolume({ ...open, mountedBy: as('root') }),
      ['root-squashed'],
    ],
    ['not needed for a container of another user', facts(), plainVolume({ ...open, mountedBy: as('1000') }), []],
    ['not needed without a policy', facts(), plainVolume({ mountedBy: as('0') }), []],
    ['the image decides', facts(), plainVolume({ ...open, mountedBy: [image] }), []],
    [
      'the image decides, and files were refused',
      facts({ told: told('posix-permission') }),
      plainVolume({ ...open, mountedBy: [image] }),
      ['root-squashed'],
    ],
  ])('%s', (_name, given, mounted, wanted) => expect(codes(judgeRoot(given, mounted))).toEqual(wanted));
});
