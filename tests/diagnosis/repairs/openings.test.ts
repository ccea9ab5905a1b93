import { diagnose } from '../../../lib/diagnosis/diagnose.ts';
import type { MountFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { type Repairs, repairs } from '../../../lib/diagnosis/repairs.ts';
import type { Action } from '../../../lib/domain/action.ts';
import type { GroupRule, SecurityGroup } from '../../../lib/domain/ec2.ts';
import { present, unknown } from '../../../lib/domain/fact.ts';
import {
  ACCOUNT,
  CLIENT_GROUP,
  FS,
  facts,
  fileSystem,
  group,
  groups,
  nfsFrom,
  place,
  rulesOf,
  TARGET_GROUP,
  target,
  volume,
} from '../build-facts.ts';

const counted = { [CLIENT_GROUP]: present(2) };
const targetWith = (change: Partial<SecurityGroup>) => groups({ [TARGET_GROUP]: present(group(TARGET_GROUP, change)) });

/** No ingress rule on the mount target, everything else as it should be. */
function closed(change: Partial<MountFacts> = {}): MountFacts {
  return facts({ groups: targetWith({}), interfaces: counted, ...change });
}

function repair(given: MountFacts, enrolled = false): Repairs {
  return repairs(given, diagnose(given).findings, { enrolled });
}

function opened({ steps }: Repairs): readonly (readonly string[])[] {
  return steps.map(({ action }) => rule(action));
}

function rule(action: Action): readonly string[] {
  if (action.kind === 'authorize-ingress') return ['ingress', action.groupId, action.sourceGroupId];
  if (action.kind === 'authorize-egress') return ['egress', action.groupId, action.targetGroupId];
  return [action.kind];
}

function held({ withheld }: Repairs): readonly string[] {
  return withheld.map(({ heldBy }) => heldBy);
}

test('nothing wrong, nothing to do', () => {
  expect(repair(facts())).toEqual({ steps: [], withheld: [], keyring: {}, findings: [] });
});

test('a missing ingress rule is one rule, group to group, however many zones need it', () => {
  expect(repair(closed())).toEqual({
    steps: [
      {
        action: {
          kind: 'authorize-ingress',
          groupId: TARGET_GROUP,
          sourceGroupId: CLIENT_GROUP,
          family: 'billing',
          fileSystemId: FS,
        },
        because: ['security-group-ingress-missing'],
      },
    ],
    withheld: [],
    keyring: {
      [FS]: present({ 'mountkeeper:allow': 'billing' }),
      [TARGET_GROUP]: present({ 'mountkeeper:allow': 'true' }),
    },
    findings: [],
  });
});

test('once the rule is there, a second run plans nothing', () => {
  const given = closed();
  const [step] = repair(given).steps;
  if (step?.action.kind !== 'authorize-ingress') throw new Error('no step');
  const after = { ...given, groups: targetWith({ ingress: [nfsFrom(step.action.sourceGroupId)] }) };
  expect(repair(after).steps).toEqual([]);
});

describe('which group of the task', () => {
  const with_ = (ids: readonly string[], counts: Readonly<Record<string, number>>, change = {}) =>
    closed({
      places: [place('a', { groupIds: present(ids) })],
      groups: {
        ...targetWith({}),
        ...Object.fromEntries(ids.map((id) => [id, present(group(id, { tags: {} }))])),
        ...change,
      },
      interfaces: Object.fromEntries(Object.entries(counts).map(([id, count]) => [id, present(count)])),
    });

  test('the one on the fewest interfaces', () => {
    expect(opened(repair(with_(['sg-1', 'sg-2'], { 'sg-1': 5, 'sg-2': 3 })))).toEqual([
      ['ingress', TARGET_GROUP, 'sg-2'],
    ]);
  });

  test('the first by id where they are on as many', () => {
    expect(opened(repair(with_(['sg-2', 'sg-1'], { 'sg-1': 3, 'sg-2': 3 })))).toEqual([
      ['ingress', TARGET_GROUP, 'sg-1'],
    ]);
  });

  test('never the default group, even if it is on fewer', () => {
    const byDefault = { 'sg-1': present(group('sg-1', { name: 'default' })) };
    const both = repair(with_(['sg-1', 'sg-2'], { 'sg-1': 0, 'sg-2': 3 }, byDefault));
    expect(opened(both)).toEqual([['ingress', TARGET_GROUP, 'sg-2']]);
    const alone = repair(with_(['sg-1'], { 'sg-1': 0 }, byDefault));
    expect([opened(alone), held(alone)]).toEqual([[], ['person']]);
  });

  test('20 interfaces are few enough, 21 are shared', () => {
    expect(held(repair(with_(['sg-1'], { 'sg-1': 20 })))).toEqual([]);
    const shared = repair(with_(['sg-1'], { 'sg-1': 21 }));
    expect([opened(shared), held(shared)]).toEqual([[], ['shared-group']]);
    expect(shared.withheld[0]?.why).toMatch('21 network interfaces');
  });

  test('not counted, or a group that cannot be read: a person decides nothing on a guess', () => {
    expect(held(repair(with_(['sg-1'], {})))).toEqual(['unknown']);
    const denied = { 'sg-2': unknown('denied') };
    expect(held(repair(with_(['sg-1', 'sg-2'], { 'sg-1': 1, 'sg-2': 1 }, denied)))).toEqual(['unknown']);
  });

  test('a group of another account', () => {
    const far = { 'sg-1': present(group('sg-1', { ownerId: '444455556666' })) };
    const found = repair(with_(['sg-1'], { 'sg-1': 1 }, far));
    expect(held(found)).toEqual(['person']);
    expect(found.withheld[0]?.why).toMatch('444455556666');
  });

  test('each configuration of the service gets its own rule', () => {
    const given = closed({
      places: [place('a'), place('b', { groupIds: present(['sg-9']) })],
      groups: { ...targetWith({}), 'sg-9': present(group('sg-9')) },
      interfaces: { ...counted, 'sg-9': present(1) },
    });
    expect(opened(repair(given))).toEqual([
      ['ingress', TARGET_GROUP, CLIENT_GROUP],
      ['ingress', TARGET_GROUP, 'sg-9'],
    ]);
  });
});

describe('which group of the mount target', () => {
  const with_ = (targets: Readonly<Record<string, Partial<SecurityGroup>>>) =>
    closed({
      places: [place('a')],
      volumes: [volume({ mountTargets: present([target('a', { groupIds: present(Object.keys(targets)) })]) })],
      groups: {
        ...groups(),
        ...Object.fromEntries(Object.entries(targets).map(([id, change]) => [id, present(group(id, change))])),
      },
    });
  const free = (used: number) => ({ ingress: rulesOf(used) });
  const unkeyed = { tags: {} };

  test('the keyed one, even if others have more rules free', () => {
    expect(opened(repair(with_({ 'sg-1': { ...unkeyed, ...free(0) }, 'sg-2': free(40) })))).toEqual([
      ['ingress', 'sg-2', CLIENT_GROUP],
    ]);
  });

  test('of the keyed ones that with most rules free, then the first by id', () => {
    expect(opened(repair(with_({ 'sg-1': free(9), 'sg-2': free(3) })))).toEqual([['ingress', 'sg-2', CLIENT_GROUP]]);
    expect(opened(repair(with_({ 'sg-2': free(3), 'sg-1': free(3) })))).toEqual([['ingress', 'sg-1', CLIENT_GROUP]]);
  });

  test('without any key the best one is still named, so that its owner learns what to set', () => {
    const found = repair(with_({ 'sg-1': { ...unkeyed, ...free(9) }, 'sg-2': { ...unkeyed, ...free(3) } }));
    expect(opened(found)).toEqual([['ingress', 'sg-2', CLIENT_GROUP]]);
    expect(found.keyring['sg-2']).toEqual(present({}));
  });

  test('at 48 of 60 rules no more are added', () => {
    expect(held(repair(with_({ 'sg-1': free(47) })))).toEqual([]);
    const full = repair(with_({ 'sg-1': free(48) }));
    expect([opened(full), held(full)]).toEqual([[], ['quota']]);
  });

  test('rules of the same plan count', () => {
    const given = {
      ...with_({ 'sg-1': free(47) }),
      places: [place('a'), place('a', { groupIds: present(['sg-9']), failed: false })],
    };
    const found = repair({
      ...given,
      groups: { ...given.groups, 'sg-9': present(group('sg-9')) },
      interfaces: { ...counted, 'sg-9': present(1) },
      groupFamilies: { [CLIENT_GROUP]: present([]), 'sg-9': present([]) },
    });
    expect([opened(found).length, held(found)]).toEqual([1, ['quota']]);
  });

  describe('for a group that another family has too', () => {
    const allowing = (value: string) => [
      volume({ fileSystem: present(fileSystem({ tags: { 'mountkeeper:allow': value } })) }),
    ];
    const shared = (change: Partial<MountFacts>) =>
      repair(closed({ groupFamilies: { [CLIENT_GROUP]: present(['reports']) }, ...change }));

    test('which the owner does not allow: it would be let in as well', () => {
      const found = shared({ volumes: allowing('billing') });
      expect([opened(found), held(found)]).toEqual([[], ['shared-group']]);
      expect(found.withheld[0]?.why).toMatch(
        `${CLIENT_GROUP} is also the security group of reports (not allowed on ${FS}). Give the service a security group of its own, or take it out of the services of the others.`,
      );
    });

    test('which the owner allows as well', () => {
      expect(opened(shared({ volumes: allowing('billing reports') }))).toHaveLength(1);
    });

    test('which is not allowed on another file system behind the same mount target group', () => {
      const other = fileSystem({ id: 'fs-0000000000000000b', tags: { 'mountkeeper:allow': 'billing' } });
      const behind = { [TARGET_GROUP]: present([fileSystem(), other]) };
      const found = shared({ volumes: allowing('billing reports'), behind });
      expect([opened(found), held(found)]).toEqual([[], ['shared-group']]);
      expect(found.withheld[0]?.why).toContain('reports (not allowed on fs-0000000000000000b)');
    });

    test('or of which it was not read', () => {
      expect(held(shared({ groupFamilies: {} }))).toEqual(['unknown']);
    });
  });

  describe('that is on the mount targets of another file system too', () => {
    const OTHER = 'fs-0000000000000000b';
    const beside = (tags: Readonly<Record<string, string>>) =>
      closed({ behind: { [TARGET_GROUP]: present([fileSystem(), fileSystem({ id: OTHER, tags })]) } });

    test('whose owner does not allow the family: both would be opened', () => {
      const found = repair(beside({}));
      expect([opened(found), held(found)]).toEqual([[], ['key']]);
      expect(found.withheld[0]?.why).toBe(
        `${TARGET_GROUP} is on the mount targets of ${OTHER} too, not allowed to billing. Give the mount targets of ${FS} a group of their own, or its owner allows the family: aws efs tag-resource --resource-id ${OTHER} --tags Key=mountkeeper:allow,Value=billing`,
      );
    });

    test('whose owner allows it as well', () => {
      expect(opened(repair(beside({ 'mountkeeper:allow': '@any' })))).toEqual([
        ['ingress', TARGET_GROUP, CLIENT_GROUP],
      ]);
    });

    test('or of which it is not known', () => {
      expect(held(repair(closed({ behind: { [TARGET_GROUP]: unknown('denied') } })))).toEqual(['unknown']);
      expect(held(repair(closed({ behind: {} })))).toEqual(['unknown']);
    });
  });

  test('another account', () => {
    expect(held(repair(with_({ 'sg-1': { ownerId: '444455556666' } })))).toEqual(['person']);
  });

  test('a prefix list of unknown size', () => {
    const ingress: readonly GroupRule[] = [
      { protocol: 'tcp', fromPort: 443, toPort: 443, peer: { kind: 'prefix-list', prefixListId: 'pl-1' } },
    ];
    expect(held(repair(with_({ 'sg-1': { ingress } })))).toEqual(['unknown']);
  });
});

describe('egress', () => {
  const shut = (change: Partial<MountFacts> = {}) =>
    facts({
      interfaces: counted,
      groups: groups({ [CLIENT_GROUP]: present(group(CLIENT_GROUP, { egress: [] })) }),
      ...change,
    });

  test('is opened on the group of the task, and only there', () => {
    const found = repair(shut());
    expect(opened(found)).toEqual([['egress', CLIENT_GROUP, TARGET_GROUP]]);
    expect(found.keyring[CLIENT_GROUP]).toEqual(present({ 'mountkeeper:allow': 'true' }));
  });

  test('and ingress are both missing: both, in the order of the packets', () => {
    const both = shut({
      groups: {
        [CLIENT_GROUP]: present(group(CLIENT_GROUP, { egress: [] })),
        [TARGET_GROUP]: present(group(TARGET_GROUP)),
      },
    });
    expect(opened(repair(both))).toEqual([
      ['egress', CLIENT_GROUP, TARGET_GROUP],
      ['ingress', TARGET_GROUP, CLIENT_GROUP],
    ]);
  });

  test('is opened on the keyed group, even if another is on fewer interfaces', () => {
    const given = shut({
      places: [place('a', { groupIds: present(['sg-1', 'sg-2']) })],
      groups: {
        ...groups({ [TARGET_GROUP]: present(group(TARGET_GROUP, { ingress: [nfsFrom('sg-1')] })) }),
        'sg-1': present(group('sg-1', { egress: [], tags: {} })),
        'sg-2': present(group('sg-2', { egress: [] })),
      },
      interfaces: { 'sg-1': present(1), 'sg-2': present(9) },
    });
    expect(opened(repair(given))).toEqual([['egress', 'sg-2', TARGET_GROUP]]);
  });

  test('of a group that another family has too, which the owner does not allow, is left to a person', () => {
    const groupFamilies = { [CLIENT_GROUP]: present(['reports']) };
    const volumes = [volume({ fileSystem: present(fileSystem({ tags: { 'mountkeeper:allow': 'billing' } })) })];
    expect(held(repair(shut({ groupFamilies, volumes })))).toEqual(['shared-group']);
  });

  test('of a group with 48 rules is left to a person', () => {
    const full = groups({ [CLIENT_GROUP]: present(group(CLIENT_GROUP, { egress: rulesOf(48) })) });
    expect(held(repair(shut({ groups: full })))).toEqual(['quota']);
  });
});

describe('the keys of family and file system', () => {
  const tagged = (tags: Readonly<Record<string, string>>) => ({
    volumes: [volume({ fileSystem: present(fileSystem({ tags })) })],
  });
  const family = (tags: Readonly<Record<string, string>>) => ({ taskDefinition: { ...facts().taskDefinition, tags } });

  test('a family that has not opted in, with the command for its team', () => {
    const found = repair(closed(family({})));
    expect([opened(found), held(found)]).toEqual([[], ['key']]);
    expect(found.withheld[0]?.why).toMatch(
      `aws ecs tag-resource --resource-arn arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/billing:7 --tags key=mountkeeper:enabled,value=true`,
    );
  });

  test('a later revision without the tag stays enrolled, one that says false does not', () => {
    expect(held(repair(closed(family({})), true))).toEqual([]);
    expect(held(repair(closed(family({ 'mountkeeper:enabled': 'false' })), true))).toEqual(['opted-out']);
    expect(held(repair(closed(family({ 'mountkeeper:enabled': 'yes' })), true))).toEqual(['key']);
  });

  test('a file system that does not name the family, with the command for its owner', () => {
    const found = repair(closed(tagged({ 'mountkeeper:allow': 'orders' })));
    expect([opened(found), held(found)]).toEqual([[], ['key']]);
    expect(found.withheld[0]?.why).toMatch(`aws efs tag-resource --resource-id ${FS}`);
  });

  test('a file system of another account', () => {
    const far = { volumes: [volume({ fileSystem: present(fileSystem({ ownerId: '444455556666' })) })] };
    expect(held(repair(closed(far)))).toEqual(['person']);
  });

  test('one rule for two file systems is made for the one that allows it', () => {
    const other = 'fs-0000000000000000b';
    const second = volume({
      name: 'other',
      efs: { fileSystemId: other },
      fileSystem: present(fileSystem({ id: other, tags: {} })),
    });
    const found = repair(closed({ volumes: [second, volume()] }));
    expect(found.steps.map(({ action }) => 'fileSystemId' in action && action.fileSystemId)).toEqual([FS]);
    expect(found.withheld).toEqual([]);
  });
});

describe('no policy makes the grants count', () => {
  const unenforced = (tags: Readonly<Record<string, string>>) =>
    closed({
      volumes: [
        volume({
          filePolicy: { state: 'absent' },
          fileSystem: present(fileSystem({ tags: { 'mountkeeper:allow': 'billing', ...tags } })),
        }),
      ],
    });

  test('the way is opened, and the risk is told with the policy that would end it', () => {
    const found = repair(unenforced({}));
    expect(opened(found)).toHaveLength(1);
    expect(found.findings).toMatchObject([{ code: 'grant-protects-nothing', subject: FS }]);
    expect(found.findings[0]?.evidence['offered']).toMatch('AllowThroughAccessPoint1');
  });

  test.each(['refuse', 'Refuse', 'refuse ', 'true', ''])('%j: nothing is opened', (value) => {
    const found = repair(unenforced({ 'mountkeeper:unenforced': value }));
    expect([opened(found), held(found)]).toEqual([[], ['key']]);
    expect(found.withheld[0]?.why).toMatch('aws efs untag-resource');
  });

  test('accept: as without the tag', () => {
    expect(opened(repair(unenforced({ 'mountkeeper:unenforced': 'accept' })))).toHaveLength(1);
  });

  test('refuse, and the policy cannot be read: a guard that cannot be evaluated refuses', () => {
    const given = unenforced({ 'mountkeeper:unenforced': 'refuse' });
    const [first] = given.volumes;
    if (!first) throw new Error('no volume');
    expect(held(repair({ ...given, volumes: [{ ...first, filePolicy: unknown('denied') }] }))).toEqual(['unknown']);
  });

  test('refuse with a policy that enforces: as ever', () => {
    const tags = { 'mountkeeper:allow': 'billing', 'mountkeeper:unenforced': 'refuse' };
    const given = closed({ volumes: [volume({ fileSystem: present(fileSystem({ tags })) })] });
    expect(held(repair(given))).toEqual([]);
  });
});

describe('what is not repaired by opening something', () => {
  test('a partial rule, an ACL, a missing mount target', () => {
    const half = targetWith({ ingress: [{ ...nfsFrom(''), peer: { kind: 'ipv4', cidr: '10.0.1.0/25' } }] });
    expect(repair(closed({ groups: half, places: [place('a')] })).steps).toEqual([]);
    const none = closed({ groups: groups(), acls: {}, volumes: [volume({ mountTargets: present([]) })] });
    expect(repair(none).steps).toEqual([]);
  });

  test('groups that are not known', () => {
    expect(repair(closed({ places: [place('a', { groupIds: unknown('no record') })] })).steps).toEqual([]);
  });

  test('an unknown launch type', () => {
    expect(repair(closed({ launch: { type: 'OTHER', networkMode: 'awsvpc' } })).steps).toEqual([]);
  });
});
