import { diagnose } from '../../../lib/diagnosis/diagnose.ts';
import type { MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { type Repairs, repairs } from '../../../lib/diagnosis/repairs.ts';
import type { PutRolePolicy } from '../../../lib/domain/action.ts';
import { type Fact, present, unknown } from '../../../lib/domain/fact.ts';
import type { NamedPolicy, Role, RolePolicies } from '../../../lib/domain/iam.ts';
import {
  ACCOUNT,
  AP,
  AP_ARN,
  accessPoint,
  definition,
  ENFORCING,
  EXECUTION_ROLE,
  FS,
  FS_ARN,
  facts,
  fileSystem,
  grantStatement,
  inline,
  plainVolume,
  policies,
  policy,
  ROLE,
  role,
  task,
  volume,
} from '../build-facts.ts';

const NAME = `mountkeeper-${FS}`;
const OTHER_AP = AP.replace(/0$/, '9');
const OTHER_ARN = AP_ARN.replace(/0$/, '9');
const readOnly = [{ container: 'app', containerPath: '/data', readOnly: true }];

function ungranted(change: Partial<MountFacts> = {}): MountFacts {
  return facts({ rolePolicies: policies(), accessPointFamilies: { [AP]: [], [OTHER_AP]: [] }, ...change });
}

function repair(given: MountFacts): Repairs {
  return repairs(given, diagnose(given).findings);
}

function put({ steps }: Repairs): PutRolePolicy {
  const [step, ...rest] = steps;
  if (step?.action.kind !== 'put-role-policy' || rest.length > 0) throw new Error(`steps: ${JSON.stringify(steps)}`);
  return step.action;
}

function statements(found: Repairs): readonly unknown[] {
  return JSON.parse(put(found).document).Statement;
}

function ours(actions: readonly string[], accessPoints: readonly string[], sid: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Action: actions.map((action) => `elasticfilesystem:Client${action}`),
    Resource: FS_ARN,
    Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': accessPoints } },
  };
}

function held({ withheld, steps }: Repairs): readonly string[] {
  return [...steps.map(() => 'done'), ...withheld.map(({ heldBy }) => heldBy)];
}

/** The facts as they are once the step has been done. */
function after(given: MountFacts, { policyName, document }: PutRolePolicy): MountFacts {
  const before = given.rolePolicies?.state === 'present' ? given.rolePolicies.value.inline : undefined;
  const others = before?.state === 'present' ? before.value.filter(({ name }) => name !== policyName) : [];
  return { ...given, rolePolicies: policies(...others, inline(policyName, document)) };
}

test('a missing grant: on the file system, through the access point, writable', () => {
  const found = repair(ungranted());
  const { document, ...action } = put(found);
  expect(action).toEqual({
    kind: 'put-role-policy',
    roleName: 'billing-task',
    roleArn: ROLE,
    policyName: NAME,
    previous: null,
    family: 'billing',
    fileSystemId: FS,
  });
  expect(JSON.parse(document).Statement).toEqual([ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite')]);
  expect(found.steps[0]?.because).toEqual(['grant-missing']);
  expect(found.keyring).toEqual({
    [FS]: present({ 'mountkeeper:allow': 'billing' }),
    [ROLE]: present({ 'mountkeeper:allow': 'true' }),
  });
});

test('once it is there, a second run plans nothing', () => {
  const given = ungranted();
  expect(repair(after(given, put(repair(given)))).steps).toEqual([]);
});

describe('no more than is needed', () => {
  test('no right to write where every container mounts it read-only', () => {
    expect(statements(repair(ungranted({ volumes: [volume({ mountedBy: readOnly })] })))).toEqual([
      ours(['Mount'], [AP_ARN], 'MountkeeperRead'),
    ]);
  });

  test('one volume of an access point that is mounted writable makes it writable', () => {
    const volumes = [volume({ mountedBy: readOnly }), volume({ name: 'again' })];
    expect(statements(repair(ungranted({ volumes })))).toEqual([
      ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite'),
    ]);
  });

  test('no root, unless the access point is root and the storage owner allows it', () => {
    const asRoot = (tags: Readonly<Record<string, string>>, user = { uid: 0, gid: 0 }) =>
      statements(
        repair(
          ungranted({
            volumes: [
              volume({
                accessPoint: present(accessPoint({ user })),
                fileSystem: present(fileSystem({ tags: { 'mountkeeper:allow': 'billing', ...tags } })),
              }),
            ],
          }),
        ),
      );
    const plain = [ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite')];
    expect(asRoot({})).toEqual(plain);
    expect(asRoot({ 'mountkeeper:allow-root': 'yes' })).toEqual(plain);
    expect(asRoot({ 'mountkeeper:allow-root': 'true' }, { uid: 5, gid: 5 })).toEqual(plain);
    expect(asRoot({ 'mountkeeper:allow-root': 'true' })).toEqual([
      ours(['Mount', 'Write', 'RootAccess'], [AP_ARN], 'MountkeeperReadWriteRoot'),
    ]);
  });
});

describe('why', () => {
  test('a grant on the access-point ARN is left alone and a right one added', () => {
    const wrong = inline('efs', policy(grantStatement(['Mount', 'Write'], { Resource: AP_ARN })));
    const found = repair(ungranted({ rolePolicies: policies(wrong) }));
    expect(found.steps[0]?.because).toEqual(['grant-on-wrong-resource']);
    expect(statements(found)).toHaveLength(1);
  });

  test('the right to write is missing', () => {
    const mountOnly = policies(inline(NAME, policy(ours(['Mount'], [AP_ARN], 'MountkeeperRead'))));
    const found = repair(ungranted({ rolePolicies: mountOnly }));
    expect(found.steps[0]?.because).toEqual(['write-not-allowed']);
    expect(put(found).previous).toMatch('MountkeeperRead');
    expect(statements(found)).toEqual([ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite')]);
  });
});

describe('what is on the role already', () => {
  const existing = (...parts: readonly unknown[]) =>
    policies(inline(NAME, policy(...(parts as readonly Readonly<Record<string, unknown>>[]))));

  test('other access points stay as they are', () => {
    const given = ungranted({ rolePolicies: existing(ours(['Mount'], [OTHER_ARN], 'MountkeeperRead')) });
    expect(statements(repair(given))).toEqual([
      ours(['Mount'], [OTHER_ARN], 'MountkeeperRead'),
      ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite'),
    ]);
  });

  test('two access points of one file system are one policy', () => {
    const second = volume({
      name: 'second',
      efs: { accessPointId: OTHER_AP },
      accessPoint: present(accessPoint({ id: OTHER_AP, arn: OTHER_ARN })),
    });
    expect(statements(repair(ungranted({ volumes: [volume(), second] })))).toEqual([
      ours(['Mount', 'Write'], [AP_ARN, OTHER_ARN], 'MountkeeperReadWrite'),
    ]);
  });

  test('a right to write that another family has through the same access point stays', () => {
    const elsewhere = ours(['Mount', 'Write'], [AP_ARN], 'MountkeeperReadWrite');
    const second = volume({
      name: 'second',
      efs: { accessPointId: OTHER_AP },
      accessPoint: present(accessPoint({ id: OTHER_AP, arn: OTHER_ARN })),
      mountedBy: readOnly,
    });
    const given = ungranted({
      rolePolicies: existing(elsewhere),
      volumes: [volume({ mountedBy: readOnly }), second],
    });
    expect(statements(repair(given))).toEqual([ours(['Mount'], [OTHER_ARN], 'MountkeeperRead'), elsewhere]);
  });

  test('a policy of our name that somebody edited is for a person', () => {
    const edited = existing({ Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const found = repair(ungranted({ rolePolicies: edited }));
    expect(held(found)).toEqual(['person']);
    expect(found.withheld[0]?.why).toMatch('not as Mountkeeper wrote it');
  });

  test('a policy of our name that is no JSON is for a person', () => {
    const broken = repair(ungranted({ rolePolicies: policies(inline(NAME, '{')) }));
    expect(held(broken)).toEqual([]);
    expect(diagnose(ungranted({ rolePolicies: policies(inline(NAME, '{')) })).notChecked).toHaveLength(1);
  });

  test('a role that is full', () => {
    const filler = inline('big', policy({ Sid: 'x'.repeat(10_000), Effect: 'Allow', Action: 's3:*', Resource: '*' }));
    const found = repair(ungranted({ rolePolicies: policies(filler) }));
    expect(held(found)).toEqual(['quota']);
    expect(found.withheld[0]?.why).toMatch('10240');
  });
});

describe('which role', () => {
  const trust = policy({ Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com'] }, Action: 'sts:AssumeRole' });
  const shared = trust.replace('["ec2.amazonaws.com"]', '["ec2.amazonaws.com","ecs-tasks.amazonaws.com"]');
  const as = (change: Partial<Role>) => ungranted({ role: present(role(change)) });
  const boundary = `arn:aws:iam::${ACCOUNT}:policy/tasks`;
  const bounded = (change: Partial<Role>) => ({ ...as(change), requiredBoundaryArn: boundary });
  test.each<[string, MountFacts, string]>([
    ['trusts tasks among others', as({ trust: shared }), 'done'],
    ['trusts no tasks', as({ trust }), 'person'],
    ['has a trust policy that is no JSON', as({ trust: '' }), 'unknown'],
    ['denies tasks', as({ trust: shared.replace('Allow', 'Deny') }), 'person'],
    ['is service-linked', as({ path: '/aws-service-role/ecs.amazonaws.com/' }), 'person'],
    ['is of another account', as({ arn: ROLE.replace(ACCOUNT, '444455556666') }), 'person'],
    ['lacks the boundary that is asked for', bounded({}), 'key'],
    ['has another boundary', bounded({ boundaryArn: `${boundary}-of-others` }), 'key'],
    ['cannot be read', ungranted({ role: unknown('denied') }), 'unknown'],
    ['is the execution role too', ungranted({ taskDefinition: definition({ executionRoleArn: ROLE }) }), 'person'],
    [
      'is an override of the task',
      ungranted({
        task: task({ taskRoleOverrideArn: ROLE }),
        taskDefinition: definition({ taskRoleArn: EXECUTION_ROLE }),
      }),
      'person',
    ],
  ])('one that %s', (_name, given, wanted) => expect(held(repair(given))).toEqual([wanted]));

  test('one that a family has as well which is not allowed on the file system', () => {
    const found = repair(ungranted({ roleFamilies: ['reporting'] }));
    expect([held(found), found.withheld[0]?.why]).toEqual([
      ['person'],
      `reporting has the same task role and is not allowed on ${FS}. Use a task role for each family.`,
    ]);
  });

  test('one that an allowed family has as well', () => {
    const allowing = volume({
      fileSystem: present(fileSystem({ tags: { 'mountkeeper:allow': 'billing reporting' } })),
    });
    expect(held(repair(ungranted({ roleFamilies: ['reporting'], volumes: [allowing] })))).toEqual(['done']);
  });

  test('one of which it is not known who has it', () => {
    const { roleFamilies: _, ...unread } = ungranted();
    expect(held(repair(unread))).toEqual(['unknown']);
  });

  test('one without key is still named, so that its owner learns what to set', () => {
    const found = repair(as({ tags: {} }));
    expect([held(found), found.keyring[ROLE]]).toEqual([['done'], present({})]);
  });
});

describe('what no grant would help', () => {
  const bounded: Fact<RolePolicies> = present({
    inline: present([]),
    attached: present([]),
    boundary: present(policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })),
  });

  test('a permissions boundary that allows no mount', () => {
    const found = repair(ungranted({ rolePolicies: bounded }));
    expect(held(found)).toEqual(['person']);
    expect(found.withheld[0]?.why).toMatch('would not help');
  });

  test('an explicit Deny is no missing grant', () => {
    const deny: NamedPolicy = inline('no', policy({ Effect: 'Deny', Action: 'elasticfilesystem:*', Resource: '*' }));
    expect(held(repair(ungranted({ rolePolicies: policies(deny) })))).toEqual([]);
  });

  test('a volume without an access point: the whole file system is not for granting', () => {
    const bare = plainVolume({ efs: { iam: true, transitEncryption: true }, filePolicy: present(ENFORCING) });
    const found = repair(ungranted({ volumes: [bare] }));
    expect(held(found)).toEqual(['person']);
    expect(found.withheld[0]?.why).toMatch('no access point');
  });
});

describe('faults of the task definition are told only', () => {
  test.each<[string, Partial<VolumeFacts>]>([
    ['IAM off', plainVolume({ filePolicy: present(ENFORCING) })],
    ['TLS off', volume({ efs: { transitEncryption: false } })],
    ['rootDirectory beside an access point', volume({ efs: { rootDirectory: '/x' } })],
    ['wrong access point', { accessPoint: { state: 'absent' } }],
    ['wrong file system', { fileSystem: { state: 'absent' } }],
  ])('%s', (_name, change) => expect(held(repair(facts({ volumes: [{ ...volume(), ...change }] })))).toEqual([]));

  test('no task role', () => {
    const { roleArn: _arn, role: _role, rolePolicies: _policies, ...without } = facts();
    expect(held(repair(without))).toEqual([]);
  });
});

test('a file system that does not name the family gives no grant', () => {
  const closedTo = volume({ fileSystem: present(fileSystem({ tags: {} })) });
  expect(held(repair(ungranted({ volumes: [closedTo] })))).toEqual(['key']);
});
