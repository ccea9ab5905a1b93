import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { perform } from '../../lib/apply/perform.ts';
import type { PutRolePolicy } from '../../lib/domain/action.ts';
import { addRule } from '../../lib/simulator/estate/network.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { tryRunTask } from '../../lib/simulator/run-task.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { left } from './left.ts';
import { operator } from './operator.ts';
import { breakIt, decisions, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

/** What the threats have in common: somebody who may register, tag, run and stop tasks wants more than is theirs. */
function heldBy(at: Stage): readonly string[] {
  return [...new Set(decisions(at.installed).flatMap(({ withheld }) => withheld.map((step) => step.heldBy)))];
}

/** Writes of Mountkeeper's functions to anything but its own ledger and topic. */
function writes({ account }: Stage): readonly string[] {
  return account.calls
    .filter(({ caller }) => caller.includes(':role/mountkeeper-'))
    .filter(({ service }) => service !== 'DynamoDB' && service !== 'SNS')
    .map(({ operation }) => operation)
    .filter((operation) => !/^(Describe|Get|List|Lookup|Filter|BatchGet)/.test(operation));
}

/** A task of the family by itself, with this security group. */
async function runWith(groupId: string, { account, estate }: Stage): Promise<void> {
  await tryRunTask(account, {
    cluster: estate.clusterName,
    taskDefinition: estate.family,
    launchType: 'FARGATE',
    subnet: estate.zones[0]?.appSubnetId ?? '',
    securityGroups: [groupId],
  });
}

async function fails(at: Stage): Promise<unknown> {
  await runEstate(at.account, at.estate);
  const before = left(at.account);
  await at.account.bus.drain();
  return before;
}

describe('T1: a task definition that points at another team’s file system', () => {
  test.each([
    ['without any key of its owner', { keys: { fileSystem: false } }],
    [
      'whose owner names other families',
      { keys: { fileSystem: false }, fileSystemTags: { 'mountkeeper:allow': 'billing' } },
    ],
    [
      'whose owner names a longer family',
      { keys: { fileSystem: false }, fileSystemTags: { 'mountkeeper:allow': 'shop-api-2' } },
    ],
    ['whose mount target group has no key', { keys: { mountTargetGroup: false } }],
    [
      'that no policy protects, where the owner refuses that',
      { policy: 'none', fileSystemTags: { 'mountkeeper:unenforced': 'refuse' } },
    ],
  ] as const)('%s: nothing is opened', async (_what, wishes) => {
    const at = stage(wishes);
    breakIt(at.account, at.estate, 'sg-ingress');
    const before = await fails(at);
    expect({ account: left(at.account), held: heldBy(at) }).toEqual({
      account: before,
      held: expect.arrayContaining(['key']),
    });
  });

  test('that no policy protects, where the owner accepts: opened, and what it means is told', async () => {
    const at = stage({ policy: 'none' });
    breakIt(at.account, at.estate, 'sg-ingress');
    await fails(at);
    const codes = decisions(at.installed)[0]?.decision.findings.map(({ code }) => code);
    expect(codes).toContain('grant-protects-nothing');
  });
});

describe('T2: a tag that asks for a foreign identity', () => {
  test.each(['0', '-1', '65536x', '1e3'])('uid %s makes nothing', async (uid) => {
    const at = stage({
      accessPoint: false,
      standalone: true,
      definitionTags: { 'mountkeeper:uid': uid, 'mountkeeper:start': 'empty' },
    });
    const before = left(at.account);
    await at.installed.invoke('provision', { taskDefinition: at.estate.family });
    const codes = decisions(at.installed).flatMap(({ decision }) => decision.findings.map(({ code }) => code));
    expect(left(at.account)).toEqual(before);
    expect(codes).toContain(uid === '0' ? 'root-not-allowed' : 'tag-invalid');
  });
});

test('T3: another team’s directory through rootDirectory', async () => {
  const at = stage({
    accessPoint: false,
    standalone: true,
    rootDirectory: '/billing/secrets',
    definitionTags: { 'mountkeeper:start': 'keep' },
    fileSystemTags: { 'mountkeeper:adopt': '/billing/sec' },
  });
  await at.installed.invoke('provision', { taskDefinition: at.estate.family });
  expect(Object.values(at.account.state.efs.accessPoints)).toEqual([]);
});

describe('T4: an IAM write that would be more than a grant', () => {
  test('a role without its owner’s key gets nothing', async () => {
    const at = stage({ keys: { role: false } });
    breakIt(at.account, at.estate, 'no-grant');
    const before = await fails(at);
    expect({ account: left(at.account), held: heldBy(at) }).toEqual({
      account: before,
      held: expect.arrayContaining(['key']),
    });
  });

  test.each([
    ['every action', { Action: '*' }],
    ['an action of IAM', { Action: ['elasticfilesystem:ClientMount', 'iam:PassRole'] }],
    ['every resource', { Resource: '*' }],
    ['no condition', { Condition: undefined }],
  ])('a document with %s never reaches IAM, even if a plan holds it', async (_what, change) => {
    const at = stage();
    const { fileSystemArn, fileSystemId, accessPointArn, taskRoleArn, taskRoleName, family } = at.estate;
    const statement = {
      Sid: 'MountkeeperRead',
      Effect: 'Allow',
      Action: ['elasticfilesystem:ClientMount'],
      Resource: fileSystemArn,
      Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': [accessPointArn] } },
      ...change,
    };
    const action: PutRolePolicy = {
      kind: 'put-role-policy',
      roleName: taskRoleName,
      roleArn: taskRoleArn,
      policyName: `mountkeeper-${fileSystemId}`,
      document: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      previous: null,
      family,
      fileSystemId,
    };
    const world = at.installed.world('remediate');
    await expect(perform(action, { world, changeId: 'c-1' })).rejects.toThrow();
    expect(writes(at)).toEqual([]);
  });
});

test('T5: a role that the attacker chose by an override of the task', async () => {
  const at = stage({ standalone: true });
  breakIt(at.account, at.estate, 'no-grant');
  const admin = buildEstate(at.account, { name: 'admin', beside: at.estate });
  const before = left(at.account);
  await tryRunTask(at.account, {
    cluster: at.estate.clusterName,
    taskDefinition: at.estate.family,
    launchType: 'FARGATE',
    subnet: at.estate.zones[0]?.appSubnetId ?? '',
    securityGroups: [at.estate.clientGroupId],
    overrides: { taskRoleArn: admin.taskRoleArn },
  });
  await at.account.bus.drain();
  expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: ['person'] });
  expect(left(at.account)).toEqual(before);
});

describe('where the installation asks for a permissions boundary on task roles', () => {
  const boundary = 'arn:aws:iam::111122223333:policy/tasks';
  const env = { MOUNTKEEPER_REQUIRED_BOUNDARY: boundary };

  test.each(['remediate', 'sweep', 'provision'] as const)('%s grants nothing to a role without it', async (name) => {
    const at = stage({}, { env, patterns: {} });
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    const stop = at.account.bus.events.findLast((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
    const request = { taskDefinition: at.estate.family };
    await at.installed.deliver(name, name === 'remediate' ? stop : name === 'provision' ? request : {});
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: ['key'] });
    const [why] = decisions(at.installed).flatMap(({ withheld }) => withheld.map((step) => step.why));
    expect(why).toContain(`--permissions-boundary ${boundary}`);
  });
});

describe('T6: a source group that others share', () => {
  test('the VPC’s default group', async () => {
    const at = stage({ standalone: true });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runWith(at.estate.defaultGroupId, at);
    await at.account.bus.drain();
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: ['person'] });
  });

  test('a group on more than twenty interfaces', async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    const [some] = Object.values(at.account.state.ec2.networkInterfaces);
    for (let count = 0; count < 21 && some; count += 1) {
      const id = at.account.newId('eni');
      at.account.state.ec2.networkInterfaces[id] = { ...some, id, groups: [at.estate.clientGroupId] };
    }
    await fails(at);
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({
      writes: [],
      held: expect.arrayContaining(['shared-group']),
    });
  });
});

test('T7: a rule is TCP 2049 from one group, nothing wider', async () => {
  const at = stage({ keys: { service: false } });
  breakIt(at.account, at.estate, 'sg-ingress');
  await fails(at);
  const made = at.account.calls.filter(({ operation }) => operation === 'AuthorizeSecurityGroupIngress');
  expect(made.map(({ input }) => (input as { IpPermissions: unknown }).IpPermissions)).toEqual([
    [
      {
        IpProtocol: 'tcp',
        FromPort: 2049,
        ToPort: 2049,
        UserIdGroupPairs: [expect.objectContaining({ GroupId: at.estate.clientGroupId })],
      },
    ],
  ]);
});

test('T8: a group near its quota of rules gets no more', async () => {
  const at = stage();
  breakIt(at.account, at.estate, 'sg-ingress');
  for (let port = 1; port <= 48; port += 1) {
    const rule = { isEgress: false, protocol: 'tcp', fromPort: port, toPort: port, cidrIpv4: '192.0.2.0/24' };
    addRule(at.account, at.estate.mountTargetGroupId, rule);
  }
  await fails(at);
  expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: expect.arrayContaining(['quota']) });
});

describe('T9: groups of a mount target are never replaced', () => {
  test('whatever somebody does to them', async () => {
    const at = stage();
    await at.installed.invoke('sweep', {});
    for (const target of Object.values(at.account.state.efs.mountTargets)) {
      await operator(at.account).setGroups(target.id, [at.estate.defaultGroupId]);
    }
    await at.account.bus.drain();
    expect(writes(at).filter((name) => name.includes('MountTarget') || name.includes('FileSystemPolicy'))).toEqual([]);
  });

  test('no function may', () => {
    const folder = resolve(__dirname, '..', '..', 'functions');
    const roles = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'role.yml'), 'utf8'));
    const calls = [
      'ModifyMountTargetSecurityGroups',
      'PutFileSystemPolicy',
      'ModifySecurityGroupRules',
      'AttachRolePolicy',
    ];
    expect(calls.filter((call) => roles.some((role) => role.includes(call)))).toEqual([]);
  });
});

describe('T10: a forged stop reason', () => {
  test('StopTask with words of a mount failure', async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    const event = stopEvents(at).at(-1);
    const forged = { ...event, detail: { ...(event?.detail as object), stopCode: 'UserInitiated' } };
    const arrived = await at.installed.deliver('remediate', forged);
    expect({ kind: arrived.kind, writes: writes(at) }).toEqual({ kind: 'ignored', writes: [] });
  });

  test('an event that DescribeTasks does not confirm', async () => {
    const at = stage();
    await runEstate(at.account, at.estate);
    const running = Object.values(at.account.state.ecs.tasks).find((task) => task.lastStatus === 'RUNNING');
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, { ...at.estate });
    const event = stopEvents(at).at(-1) ?? stopEvents(await failing()).at(-1);
    const forged = { ...event, detail: { ...(event?.detail as object), taskArn: running?.arn } };
    await at.installed.deliver('remediate', forged);
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: ['unknown'] });
  });

  async function failing(): Promise<Stage> {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    return at;
  }

  function stopEvents({ account }: Stage) {
    return account.bus.events.filter((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
  }
});

describe('T11: a forged request by hand', () => {
  test.each([
    ['remediate', { cluster: 'shop', service: 'shop-api', groupId: 'sg-0123456789abcdef0' }],
    ['remediate', { service: 'arn:aws:ecs:eu-west-1:444455556666:service/shop/shop-api', cluster: 'shop' }],
    ['provision', { taskDefinition: 'shop-api', accessPointId: 'fsap-0123456789abcdef0' }],
    ['revert', { change: '../../etc', deleteAccessPoints: true }],
    ['revert', { family: 'shop-api', force: true }],
    ['drift', { family: 'shop-api', resource: 'sg-0123456789abcdef0' }],
    ['sweep', { family: 'shop api' }],
  ] as const)('%s %j is refused, with what is wrong', async (name, request) => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    const arrived = await at.installed.invoke(name, request);
    expect({ kind: arrived.kind, writes: writes(at) }).toEqual({ kind: 'bad-request', writes: [] });
  });
});

describe('T12: another account', () => {
  test.each(['remediate', 'drift', 'provision', 'sweep'] as const)('its events end quietly: %s', async (name) => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    const events = at.account.bus.events.map((event) => ({ ...event, account: '444455556666' }));
    const kinds = [];
    for (const event of events) kinds.push((await at.installed.deliver(name, event)).kind);
    expect({ kinds: [...new Set(kinds)], writes: writes(at) }).toEqual({ kinds: ['ignored'], writes: [] });
  });

  test('a mount target’s group that another account owns is not opened', async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    const group = at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId];
    Object.assign(group ?? {}, { ownerId: '444455556666' });
    await fails(at);
    expect(writes(at)).toEqual([]);
  });
});

describe('T13: what Mountkeeper does itself', () => {
  test('comes back as an event and starts nothing', async () => {
    const at = stage();
    await at.installed.invoke('sweep', {});
    breakIt(at.account, at.estate, 'sg-ingress');
    await fails(at);
    await at.installed.invoke('revert', { family: at.estate.family });
    const own = at.account.bus.events.filter((event) => JSON.stringify(event).includes(':role/mountkeeper-'));
    const kinds = [];
    for (const event of own) kinds.push((await at.installed.deliver('drift', event)).kind);
    expect({ some: own.length > 0, kinds: [...new Set(kinds)] }).toEqual({ some: true, kinds: ['ignored'] });
  });

  test('a role that only looks like ours is somebody else', async () => {
    const at = stage();
    await at.installed.invoke('sweep', {});
    const { account, estate } = at;
    const pretender = functionRole(account, 'drift').replace('mountkeeper-drift', 'mountkeeper-drift-2');
    await operator(account, pretender.split('/')[1] ?? '').revokeAll(estate.mountTargetGroupId, 'ingress');
    await account.bus.drain();
    expect(writes(at)).toContain('AuthorizeSecurityGroupIngress');
  });
});

test('T1, over a service that is moved to groups of its attacker’s choice: only its own groups are named', async () => {
  const at = stage();
  breakIt(at.account, at.estate, 'sg-ingress');
  const other = buildEstate(at.account, { name: 'billing', beside: at.estate, keys: false });
  const ecs = at.account.client(ECSClient);
  await ecs.send(
    new UpdateServiceCommand({
      cluster: at.estate.clusterName,
      service: at.estate.family,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: at.estate.zones.map(({ appSubnetId }) => appSubnetId),
          securityGroups: [at.estate.clientGroupId],
        },
      },
    }),
  );
  await fails(at);
  const named = at.account.calls
    .filter(({ operation, caller }) => operation.startsWith('Authorize') && caller.includes('mountkeeper-'))
    .map(({ input }) => JSON.stringify(input));
  expect(named.filter((input) => input.includes(other.clientGroupId))).toEqual([]);
});

describe('a task that its own family runs with the group of a workload which no owner allowed', () => {
  async function runWithGroupOf(neighbour: 'there' | 'moved away' | 'gone'): Promise<readonly string[]> {
    const at = stage({
      standalone: true,
      fileSystemTags: { 'mountkeeper:allow': 'shop-api' },
      keys: { fileSystem: false },
    });
    const victim = buildEstate(at.account, { name: 'billing', beside: at.estate });
    await at.installed.invoke('sweep', {});
    if (neighbour === 'moved away') move(at, victim);
    if (neighbour === 'gone') leave(at, victim);
    breakIt(at.account, at.estate, 'sg-ingress');
    await runWith(victim.clientGroupId, at);
    await at.account.bus.drain();
    return at.account.calls
      .filter(({ operation, caller }) => operation.startsWith('Authorize') && caller.includes('mountkeeper-'))
      .map(({ input }) => JSON.stringify(input))
      .filter((input) => input.includes(victim.clientGroupId));
  }

  /** Rolled out: none of its deployments has the group any more. */
  function move({ account, estate }: Stage, { family }: Estate): void {
    const service = Object.values(account.state.ecs.services).find(({ name }) => name === family);
    for (const one of [service, ...(service?.deployments ?? [])])
      Object.assign(one?.networkConfiguration?.awsvpcConfiguration ?? {}, { securityGroups: [estate.clientGroupId] });
  }

  /** Its service is deleted, and its revisions are deregistered. */
  function leave({ account: { state } }: Stage, { family }: Estate): void {
    for (const [arn, { name }] of Object.entries(state.ecs.services))
      if (name === family) delete state.ecs.services[arn];
    for (const one of Object.values(state.ecs.taskDefinitions[family]?.revisions ?? {})) one.status = 'INACTIVE';
  }

  test('does not let that workload in', async () => {
    expect(await runWithGroupOf('there')).toEqual([]);
  });

  test.each(['moved away', 'gone'] as const)('is let in where that workload is %s', async (neighbour) => {
    expect(await runWithGroupOf(neighbour)).toHaveLength(1);
  });
});
