import type { MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { judgeFileSystem } from '../../../lib/diagnosis/rules/file-system.ts';
import { judgeMountTargetPlace } from '../../../lib/diagnosis/rules/mount-target-place.ts';
import { judgeMountTargetState } from '../../../lib/diagnosis/rules/mount-target-state.ts';
import { judgeDns } from '../../../lib/diagnosis/rules/vpc-dns.ts';
import type { Subnet } from '../../../lib/domain/ec2.ts';
import type { MountTarget } from '../../../lib/domain/efs.ts';
import { absent, present, seen, unknown } from '../../../lib/domain/fact.ts';
import { facts, fileSystem, place, subnet, TARGET_GROUP, target, VPC, volume } from '../build-facts.ts';
import { codes } from './codes.ts';

describe('file system', () => {
  test.each<[string, Partial<VolumeFacts>, readonly string[]]>([
    ['available', {}, []],
    ['updating', { fileSystem: present(fileSystem({ state: 'updating' })) }, []],
    ['creating', { fileSystem: present(fileSystem({ state: 'creating' })) }, ['file-system-not-available']],
    ['error', { fileSystem: present(fileSystem({ state: 'error' })) }, ['file-system-not-available']],
    ['missing', { fileSystem: absent }, ['file-system-missing']],
    ['denied', { fileSystem: unknown('denied') }, ['not-checked']],
  ])('%s', (_name, change, wanted) =>
    expect(codes(judgeFileSystem(facts(), { ...volume(), ...change }))).toEqual(wanted),
  );
});

describe('mount target in each zone', () => {
  const judge = (change: Partial<VolumeFacts>, more: Partial<MountFacts> = {}) =>
    judgeMountTargetPlace(facts(more), { ...volume(), ...change });

  test('one in each zone', () => expect(judge({})).toEqual([]));

  test('none in the zone of the task', () => {
    const [found] = judge({ mountTargets: present([target('b')]) });
    expect(found).toMatchObject({
      code: 'no-mount-target-in-zone',
      evidence: { zone: 'euw1-az1(eu-west-1a)', subnets: 'subnet-app-a', mountTargetsIn: 'euw1-az2(eu-west-1b)' },
    });
    expect(found?.evidence['elsewhere']).toBeUndefined();
  });

  test('one subnet a zone is named for the new one, and the groups that the others have', () => {
    const second = place('a');
    const inSameZone = present({ ...(seen(second.subnet) as Subnet), id: 'subnet-app-aa' });
    const places = [place('a'), { ...second, subnetId: 'subnet-app-aa', subnet: inSameZone }];
    const evidence = (targets: readonly MountTarget[]) =>
      judge({ mountTargets: present(targets) }, { places })[0]?.evidence;
    expect(evidence([target('b')])).toMatchObject({ subnets: 'subnet-app-a', groupsOfOthers: TARGET_GROUP });
    expect(evidence([])).toMatchObject({ subnets: 'subnet-app-a' });
    expect(evidence([])?.['groupsOfOthers']).toBeUndefined();
  });

  test('none in another zone cannot be behind the failure', () => {
    const [found] = judge({ mountTargets: present([target('a')]) });
    expect(found?.evidence['elsewhere']).toMatch('another subnet');
  });

  test('zones are compared by id, since their names differ by account', () => {
    const renamed = target('a', { zoneName: 'eu-west-1c' });
    expect(judge({ mountTargets: present([renamed, target('b')]) })).toEqual([]);
    const moved = target('a', { zoneId: 'euw1-az3' });
    expect(codes(judge({ mountTargets: present([moved, target('b')]) }))).toEqual(['no-mount-target-in-zone']);
  });

  test('all in another VPC', () => {
    const far = [target('a', { vpcId: 'vpc-far' }), target('b', { vpcId: 'vpc-far' })];
    const found = judge({ mountTargets: present(far) });
    expect(codes(found)).toEqual(['no-mount-target-in-vpc']);
    expect(found[0]?.evidence).toMatchObject({ vpc: VPC, mountTargetsIn: 'vpc-far' });
  });

  test('none at all', () => {
    expect(codes(judge({ mountTargets: present([]) }))).toEqual(['no-mount-target-in-vpc']);
    expect(codes(judge({ mountTargets: present([]) }, { places: [] }))).toEqual(['no-mount-target-in-vpc']);
  });

  test('a One Zone file system is named as such', () => {
    const oneZone = present(fileSystem({ zoneName: 'eu-west-1b' }));
    const [found] = judge({ fileSystem: oneZone, mountTargets: present([target('b')]) });
    expect(found?.evidence['oneZone']).toMatch('eu-west-1b');
  });

  test('what could not be read is said, once', () => {
    const denied = place('b', { subnet: unknown('denied') });
    const found = judge({ mountTargets: unknown('throttled') }, { places: [denied], placesUnknown: 'no service' });
    expect(found.map(({ evidence }) => evidence['why'])).toEqual([
      'no service',
      'subnet-app-b: denied',
      'mount targets: throttled',
    ]);
    expect(codes(judge({}, { places: [place('a'), place('a', { subnet: absent })] }))).toEqual(['not-checked']);
  });

  test('a file system that is gone is told elsewhere', () => {
    expect(judge({ fileSystem: absent, mountTargets: absent })).toEqual([]);
  });
});

describe('state of the mount targets', () => {
  const judge = (state: 'creating' | 'updating' | 'available' | 'deleting' | 'error', zone: 'a' | 'b' = 'a') => {
    const others = [target('a'), target('b')].filter(({ id }) => id !== `fsmt-${zone}`);
    return judgeMountTargetState(facts(), volume({ mountTargets: present([target(zone, { state }), ...others]) }));
  };
  test.each([
    ['available', []],
    ['creating', ['mount-target-not-available']],
    ['deleting', ['mount-target-not-available']],
    ['error', ['mount-target-not-available']],
    ['updating', ['mount-target-updating']],
  ] as const)('%s', (state, wanted) => expect(codes(judge(state))).toEqual(wanted));

  test('one in another zone cannot be behind the failure', () => {
    expect(judge('creating', 'b')[0]?.evidence['elsewhere']).toMatch('another subnet');
  });

  test('one that no task uses does not matter', () => {
    const strange = target('a', { state: 'error', vpcId: 'vpc-far' });
    expect(judgeMountTargetState(facts(), volume({ mountTargets: present([strange]) }))).toEqual([]);
  });
});

describe('VPC DNS', () => {
  const with_ = (dns: MountFacts['dns'][string]) => facts({ dns: { [VPC]: dns } });
  test.each([
    ['both on', with_(present({ support: true, hostNames: true })), []],
    ['support off', with_(present({ support: false, hostNames: true })), ['vpc-dns-off']],
    ['host names off', with_(present({ support: true, hostNames: false })), ['vpc-dns-off']],
    ['denied', with_(unknown('denied')), ['not-checked']],
    ['not read', facts({ dns: {} }), ['not-checked']],
    ['no subnet known', facts({ places: [place('a', { subnet: unknown('denied') })] }), []],
  ])('%s', (_name, given, wanted) => expect(codes(judgeDns(given))).toEqual(wanted));

  test('each VPC is told once', () => {
    const far = place('b', { subnet: present(subnet('b', { vpcId: 'vpc-far' })) });
    const off = present({ support: false, hostNames: false });
    const given = facts({ places: [place('a'), place('b'), far], dns: { [VPC]: off, 'vpc-far': off } });
    expect(judgeDns(given).map(({ subject }) => subject)).toEqual([VPC, 'vpc-far']);
  });
});
