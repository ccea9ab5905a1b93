import type { CreateAccessPoint } from '../../lib/domain/action.ts';
import { absent } from '../../lib/domain/fact.ts';
import type { SimAccessPoint } from '../../lib/simulator/efs-state.ts';
import { SimulatedCrash } from '../../lib/simulator/faults.ts';
import type { RuleWrite } from '../../lib/verbs.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

function wanted(fileSystemId: string): CreateAccessPoint {
  return {
    kind: 'create-access-point',
    fileSystemId,
    family: 'orders',
    volume: 'data',
    clientToken: 'token-1',
    path: '/ecs/orders/data',
    user: { uid: 10_000, gid: 10_000 },
    creation: { ownerUid: 10_000, ownerGid: 10_000, permissions: '0750' },
    tags: { 'mountkeeper:managed': 'true', 'mountkeeper:family': 'orders' },
  };
}

function rule(groupId: string, peerGroupId: string, changeId = 'change-1'): RuleWrite {
  const tags = { 'mountkeeper:managed': 'true', 'mountkeeper:journal': changeId };
  return { direction: 'ingress', groupId, peerGroupId, description: 'Mountkeeper: NFS of orders', tags };
}

const GRANT = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"elasticfilesystem:*","Resource":"*"}]}';

describe('EFS', () => {
  test('an access point is made as wanted, tags in the same call', async () => {
    const { world, account, estate } = onEstate();
    const { id, existed } = await world.efs.createAccessPoint(wanted(estate.fileSystemId));
    expect(existed).toBe(false);
    expect(account.state.efs.accessPoints[id]).toMatchObject({
      clientToken: 'token-1',
      path: '/ecs/orders/data',
      posixUser: { uid: 10_000, gid: 10_000 },
      creationInfo: { ownerUid: 10_000, ownerGid: 10_000, permissions: '0750' },
      tags: [
        { Key: 'mountkeeper:managed', Value: 'true' },
        { Key: 'mountkeeper:family', Value: 'orders' },
      ],
    } satisfies Partial<SimAccessPoint>);
    expect(called(account)).toEqual(['CreateAccessPoint']);
  });

  test('without user and creation info none is sent', async () => {
    const { world, account, estate } = onEstate();
    const { user: _user, creation: _creation, ...adopting } = wanted(estate.fileSystemId);
    const { id } = await world.efs.createAccessPoint(adopting);
    expect(account.state.efs.accessPoints[id]).not.toHaveProperty('posixUser');
    expect(account.state.efs.accessPoints[id]).not.toHaveProperty('creationInfo');
  });

  test('a token that was used gives the access point that it made, also after a lost answer', async () => {
    const { world, account, estate } = onEstate();
    account.faults.inject({ match: { operation: 'CreateAccessPoint' }, kind: 'timeout-after', times: 1 });
    const first = await world.efs.createAccessPoint(wanted(estate.fileSystemId));
    expect(first.existed).toBe(true);
    expect(await world.efs.createAccessPoint(wanted(estate.fileSystemId))).toEqual(first);
    expect(Object.keys(account.state.efs.accessPoints).filter((id) => id !== estate.accessPointId)).toEqual([first.id]);
  });

  test('a file system that is gone is a refusal that says so', async () => {
    const { world } = onEstate();
    await expect(world.efs.createAccessPoint(wanted('fs-0123456789abcdef0'))).rejects.toMatchObject({
      name: 'Refusal',
      kind: 'gone',
      code: 'FileSystemNotFound',
    });
  });

  test('an access point is deleted, and what was read of it is forgotten', async () => {
    const { world, account, estate } = onEstate();
    const id = estate.accessPointId ?? '';
    await world.efs.accessPoint(id);
    await world.efs.deleteAccessPoint(id);
    expect(valueIn(await world.efs.accessPoint(id)).state).toBe('deleting');
    await account.clock.advance(60_000);
    await expect(world.efs.deleteAccessPoint(id)).rejects.toMatchObject({ kind: 'gone' });
  });

  test('throughput is switched once; the lock of 24 hours is a refusal with its end, asked for once', async () => {
    const { world, account, estate } = onEstate();
    const { fileSystemId } = estate;
    const changedAtMs = account.clock.nowMs();
    await world.efs.updateThroughput({ fileSystemId, mode: 'provisioned', mibps: 64 });
    await account.clock.advance(10 * 60_000);
    expect(account.state.efs.fileSystems[fileSystemId]?.throughput).toEqual({
      mode: 'provisioned',
      provisionedMibps: 64,
    });
    const before = account.callCount();
    const refused = world.efs.updateThroughput({ fileSystemId, mode: 'elastic' });
    await expect(refused).rejects.toMatchObject({
      kind: 'locked',
      code: 'TooManyRequests',
      untilMs: changedAtMs + 24 * 3_600_000,
    });
    expect(account.callCount() - before).toBe(1);
  });
});

describe('EC2', () => {
  test.each(['ingress', 'egress'] as const)(
    'an %s rule is TCP 2049 from group to group, tagged in the call',
    async (direction) => {
      const { world, account, estate } = onEstate();
      const { defaultGroupId: peer, mountTargetGroupId: group } = estate;
      const { ruleId = '', existed } = await world.ec2.authorize({ ...rule(group, peer), direction });
      expect(existed).toBe(false);
      expect(account.state.ec2.securityGroups[group]?.rules[ruleId]).toMatchObject({
        isEgress: direction === 'egress',
        protocol: 'tcp',
        fromPort: 2049,
        toPort: 2049,
        referencedGroup: { groupId: peer },
        description: 'Mountkeeper: NFS of orders',
        tags: [
          { Key: 'mountkeeper:managed', Value: 'true' },
          { Key: 'mountkeeper:journal', Value: 'change-1' },
        ],
      });
      expect(called(account)).toHaveLength(1);
      await expect(world.ec2.revoke({ direction, groupId: group, ruleId })).resolves.toEqual({ existed: true });
      await expect(world.ec2.revoke({ direction, groupId: group, ruleId })).resolves.toEqual({ existed: false });
      expect(account.state.ec2.securityGroups[group]?.rules[ruleId]).toBeUndefined();
    },
  );

  test("somebody else's rule is left as it is", async () => {
    const { world, account, estate } = onEstate();
    const before = structuredClone(account.state.ec2);
    await expect(world.ec2.authorize(rule(estate.mountTargetGroupId, estate.clientGroupId))).resolves.toEqual({
      existed: true,
    });
    expect(account.state.ec2).toEqual(before);
  });

  test('a rule whose answer was lost is ours after the retry', async () => {
    const { world, account, estate } = onEstate();
    account.faults.inject({ match: { operation: 'AuthorizeSecurityGroupIngress' }, kind: 'timeout-after', times: 1 });
    await expect(world.ec2.authorize(rule(estate.mountTargetGroupId, estate.defaultGroupId))).resolves.toEqual({
      existed: false,
      ruleId: expect.stringMatching(/^sgr-/),
    });
    await expect(
      world.ec2.authorize(rule(estate.mountTargetGroupId, estate.defaultGroupId, 'change-2')),
    ).resolves.toEqual({ existed: true });
  });

  test('a denied write names the permission, and nothing was changed', async () => {
    const { world, account, estate } = onEstate();
    account.faults.inject({ match: { service: 'EC2' }, kind: 'deny' });
    await expect(world.ec2.authorize(rule(estate.mountTargetGroupId, estate.defaultGroupId))).rejects.toMatchObject({
      kind: 'denied',
      code: 'UnauthorizedOperation',
      message: 'denied: this role may not call ec2:AuthorizeSecurityGroupIngress',
    });
  });

  test('a crash is no answer of AWS', async () => {
    const { world, account, estate } = onEstate();
    account.faults.inject({ match: { service: 'EC2' }, kind: 'crash-after' });
    const crash = world.ec2.authorize(rule(estate.mountTargetGroupId, estate.defaultGroupId));
    await expect(crash).rejects.toBeInstanceOf(SimulatedCrash);
    await expect(world.ec2.group(estate.clientGroupId)).rejects.toBeInstanceOf(SimulatedCrash);
  });
});

describe('IAM', () => {
  test('an inline policy is put, read and deleted', async () => {
    const { world, estate } = onEstate();
    await world.iam.putRolePolicy(estate.taskRoleName, 'mountkeeper-fs', GRANT);
    expect(valueIn(await world.iam.inlinePolicy(estate.taskRoleName, 'mountkeeper-fs'))).toBe(GRANT);
    const remove = () => world.iam.deleteRolePolicy(estate.taskRoleName, 'mountkeeper-fs');
    expect([await remove(), await remove()]).toEqual([{ existed: true }, { existed: false }]);
    expect(await world.iam.inlinePolicy(estate.taskRoleName, 'mountkeeper-fs')).toEqual(absent);
  });

  test('a role that is gone is a refusal that says so', async () => {
    const { world } = onEstate();
    await expect(world.iam.putRolePolicy('nobody', 'p', GRANT)).rejects.toMatchObject({
      kind: 'gone',
    });
  });
});

describe('ECS', () => {
  const input = {
    family: 'orders',
    containerDefinitions: [{ name: 'app', image: 'example/app:1', memory: 128 }],
    memberOfTomorrow: { kept: true },
    tags: [{ key: 'mountkeeper:wired-from', value: '1' }],
  };

  test('a revision is registered with members that the SDK does not know', async () => {
    const { world, account } = onEstate();
    await expect(world.ecs.register(input)).resolves.toEqual({
      arn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/orders:1',
      revision: 1,
    });
    expect(account.state.ecs.taskDefinitions['orders']?.revisions['1']?.definition['memberOfTomorrow']).toEqual({
      kept: true,
    });
  });

  test('a throttled registration is repeated after a pause; one without an answer is not', async () => {
    const { world, account } = onEstate();
    const startMs = account.clock.nowMs();
    account.faults.inject({ match: { operation: 'RegisterTaskDefinition' }, kind: 'throttle', times: 2 });
    await world.ecs.register(input);
    expect([called(account).length, account.clock.nowMs() - startMs]).toEqual([3, 3_000]);
    account.faults.clear();
    account.faults.inject({ match: { operation: 'RegisterTaskDefinition' }, kind: 'timeout-after', times: 1 });
    await expect(world.ecs.register(input)).rejects.toMatchObject({ kind: 'transient' });
    expect(account.state.ecs.taskDefinitions['orders']?.lastRevision).toBe(2);
  });

  test('a registration that stays throttled ends as a refusal', async () => {
    const { world, account } = onEstate();
    account.faults.inject({ match: { operation: 'RegisterTaskDefinition' }, kind: 'throttle' });
    await expect(world.ecs.register(input)).rejects.toMatchObject({ kind: 'transient', code: 'ThrottlingException' });
    expect(called(account)).toHaveLength(4);
  });

  test('a service is moved to a revision, or started anew as it is', async () => {
    const { world, account, estate } = onEstate();
    const serviceArn = estate.serviceArn ?? '';
    const change = { clusterArn: estate.clusterArn, serviceArn };
    await world.ecs.updateService({ ...change, forceNewDeployment: true });
    expect(account.calls.at(-1)?.input).toEqual({
      cluster: estate.clusterArn,
      service: serviceArn,
      forceNewDeployment: true,
    });
    await world.ecs.updateService({ ...change, taskDefinition: estate.taskDefinitionArn, forceNewDeployment: false });
    expect(account.state.ecs.services[serviceArn]?.taskDefinition).toBe(estate.taskDefinitionArn);
    await expect(
      world.ecs.updateService({ ...change, serviceArn: `${serviceArn}x`, forceNewDeployment: true }),
    ).rejects.toMatchObject({ kind: 'gone' });
  });
});

test('after a write everything is read anew', async () => {
  const { world, account, estate } = onEstate();
  await world.ec2.group(estate.mountTargetGroupId);
  await world.ec2.authorize(rule(estate.mountTargetGroupId, estate.defaultGroupId));
  const { ingress } = valueIn(await world.ec2.group(estate.mountTargetGroupId));
  expect(ingress.some((one) => one.peer.kind === 'group' && one.peer.groupId === estate.defaultGroupId)).toBe(true);
  expect(called(account).filter((name) => name === 'DescribeSecurityGroups')).toHaveLength(2);
});
