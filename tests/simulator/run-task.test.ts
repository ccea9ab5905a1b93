import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, RegisterTaskDefinitionCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { createAccount } from '../../lib/simulator/account.ts';
import { breakIt } from '../../lib/simulator/break-it.ts';
import { admitNfs } from '../../lib/simulator/estate/network.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { MARKED_SECRET } from '../../lib/simulator/launch.ts';
import { runService, runTask } from '../../lib/simulator/run-task.ts';
import { OTHER_REASONS, type OtherReason } from '../../lib/simulator/stop-wording.ts';

function setUp(wishes: EstateWishes = {}) {
  const account = createAccount();
  return { account, estate: buildEstate(account, wishes) };
}

type Account = ReturnType<typeof setUp>['account'];

function taskEvents(account: Account) {
  const details = account.bus.events.filter((event) => event['detail-type'] === 'ECS Task State Change');
  return details.map(({ detail }) => detail as Readonly<Record<string, unknown>>);
}

test('a task that mounts goes through its states, each with a higher version', async () => {
  const { account, estate } = setUp();
  await runEstate(account, estate);
  expect(taskEvents(account).map(({ lastStatus, version }) => [lastStatus, version])).toEqual([
    ['PROVISIONING', 1],
    ['PENDING', 2],
    ['RUNNING', 3],
  ]);
});

test('a task that does not mount ends STOPPED, its interface gone, its groups never told', async () => {
  const { account, estate } = setUp();
  breakIt(account, estate, 'sg-ingress');
  const { tasks } = await runEstate(account, estate);
  const events = taskEvents(account);
  expect(events.map(({ lastStatus }) => lastStatus)).toEqual(['PROVISIONING', 'PENDING', 'DEPROVISIONING', 'STOPPED']);
  expect(events.at(-1)).toMatchObject({ attachments: [{ type: 'eni', status: 'DELETED' }], version: 4 });
  expect(JSON.stringify(events)).not.toContain(estate.clientGroupId);
  expect(account.state.ec2.networkInterfaces[tasks[0]?.attachments[0]?.networkInterfaceId ?? '']).toBeUndefined();
});

function membersOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return membersOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => membersOf(member, `${path}.${name}`));
}

/** The members of a captured event (its frame: a Fargate task that failed to start, 2022). */
const CAPTURED = `.attachments[].details[].name .attachments[].details[].value .attachments[].id .attachments[].status .attachments[].type .availabilityZone .capacityProviderName .clusterArn .connectivity .connectivityAt .containers[].containerArn .containers[].cpu .containers[].image .containers[].lastStatus .containers[].name .containers[].networkInterfaces[].attachmentId .containers[].networkInterfaces[].privateIpv4Address .containers[].taskArn .createdAt .desiredStatus .group .lastStatus .launchType .overrides.containerOverrides[].environment[].name .overrides.containerOverrides[].environment[].value .overrides.containerOverrides[].name .platformVersion .stopCode .stoppedAt .stoppedReason .stoppingAt .taskArn .taskDefinitionArn .updatedAt .version`;

test('the event of a stopped Fargate task has the members of a captured one', async () => {
  const { account, estate } = setUp({ standalone: true });
  await runEstate(account, estate, { failWith: 'image' });
  expect(membersOf(account.bus.events.at(-1)?.detail).sort()).toEqual(CAPTURED.split(' '));
});

test('a blocked mount takes minutes, a refused one seconds', async () => {
  const waits = ['sg-ingress', 'no-grant'] as const;
  const minutes = await Promise.all(
    waits.map(async (name) => {
      const { account, estate } = setUp();
      breakIt(account, estate, name);
      const { tasks } = await runEstate(account, estate);
      return ((tasks[0]?.stoppingAtMs ?? 0) - (tasks[0]?.createdAtMs ?? 0)) / 60_000;
    }),
  );
  expect(minutes).toEqual([expect.closeTo(2.7, 0), expect.closeTo(0.3, 0)]);
});

test('overrides carry a marked secret, so that a leak can be seen', async () => {
  const { account, estate } = setUp({ standalone: true });
  await runEstate(account, estate);
  expect(taskEvents(account).every((event) => JSON.stringify(event['overrides']).includes(MARKED_SECRET))).toBe(true);
});

test('with a traceback the reason holds the mount options and is cut at 1024 characters', async () => {
  const { account, estate } = setUp();
  breakIt(account, estate, 'sg-ingress');
  const { tasks } = await runEstate(account, estate, { traceback: true, blockedAs: 'system-call' });
  const reason = tasks[0]?.stoppedReason ?? '';
  expect(reason).toMatch(
    /Mount attempt 2\/3 failed due to timeout after 15 sec, .*b'mount\.nfs4: mount system call failed' Traceback/,
  );
  expect(reason).toContain('noresvport,tls,iam,awscredsuri=/v2/credentials/');
  expect(reason).toHaveLength(1024);
});

test('under TLS a blocked network may show as a reset', async () => {
  const { account, estate } = setUp({ launch: 'EC2' });
  breakIt(account, estate, 'sg-ingress');
  const { tasks } = await runEstate(account, estate, { blockedAs: 'reset' });
  expect(tasks[0]?.stoppedReason).toMatch(/wait 1 sec before next attempt\. b'mount\.nfs4: Connection reset by peer'$/);
});

test.each([
  [
    'no-mount-target',
    "No matching mount target in the az eu-west-1a. Please create one mount target in eu-west-1a, or try the mount target in another AZ by passing the availability zone name option. Available mount target(s) are in az ['eu-west-1b', 'eu-west-1c']",
  ],
  ['mount-target-creating', 'Mount target in the az eu-west-1a is creating, please retry in 5 minutes'],
  ['fs-missing', 'The file system fs-'],
  ['no-mount-targets', 'Cannot find mount target for the file system fs-'],
] as const)('with botocore an instance tells the cause of %s', async (name, tail) => {
  const { account, estate } = setUp({ launch: 'EC2' });
  for (const arn of estate.containerInstanceArns)
    Object.assign(account.state.ecs.containerInstances[arn] ?? {}, { botocore: true });
  breakIt(account, estate, name);
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.stoppedReason).toContain(`Attempting to lookup mount target ip address using botocore. ${tail}`);
});

test('with botocore an instance mounts although the VPC does not resolve names', async () => {
  const { account, estate } = setUp({ launch: 'EC2' });
  for (const arn of estate.containerInstanceArns)
    Object.assign(account.state.ecs.containerInstances[arn] ?? {}, { botocore: true });
  breakIt(account, estate, 'dns-off');
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.lastStatus).toBe('RUNNING');
});

test.each(Object.keys(OTHER_REASONS) as OtherReason[])('a task can fail for %s instead', async (failWith) => {
  const { account, estate } = setUp();
  const { tasks } = await runEstate(account, estate, { failWith });
  expect(tasks.map(({ stoppedReason, mounted }) => ({ stoppedReason, mounted }))).toEqual([
    { stoppedReason: OTHER_REASONS[failWith], mounted: [] },
  ]);
});

test('data that lay at the root stays to be seen, and the task leaves its own', async () => {
  const { account, estate } = setUp({ accessPoint: false, user: '1000:1000', files: ['orders.db'] });
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.mounted).toMatchObject([{ path: '/', uid: 1000, files: ['orders.db'], canWrite: true }]);
  expect(account.state.efs.directories[estate.fileSystemId]?.['/']?.files).toEqual([
    'orders.db',
    'written-by-shop-api',
  ]);
});

test('the access point’s directory is made at the first mount, with its owner and mode', async () => {
  const { account, estate } = setUp();
  await runEstate(account, estate);
  expect(account.state.efs.directories[estate.fileSystemId]?.['/shop-api']).toEqual({
    uid: 1000,
    gid: 1000,
    mode: '0750',
    files: ['written-by-shop-api'],
  });
});

test('a new grant counts only when it has spread', async () => {
  const { account, estate } = setUp();
  const { document = '' } = account.state.iam.roles[estate.taskRoleName]?.inlinePolicies['efs'] ?? {};
  breakIt(account, estate, 'no-grant');
  const put = { RoleName: estate.taskRoleName, PolicyName: 'efs', PolicyDocument: document };
  await account
    .client(ECSClient)
    .send(new UpdateServiceCommand({ cluster: 'shop', service: 'shop-api', forceNewDeployment: true }));
  await account.clock.advance(12_000);
  await account.client(IAMClient).send(new PutRolePolicyCommand(put));
  await account.clock.advance(60_000);
  const [early] = Object.values(account.state.ecs.tasks);
  const { tasks } = await runEstate(account, estate);
  expect([early?.stoppedReason?.includes('access denied by server'), tasks[0]?.lastStatus]).toEqual([true, 'RUNNING']);
});

test('a repaired rule lets the next task mount', async () => {
  const { account, estate } = setUp();
  breakIt(account, estate, 'sg-ingress');
  await runEstate(account, estate);
  const permission = {
    IpProtocol: 'tcp',
    FromPort: 2049,
    ToPort: 2049,
    UserIdGroupPairs: [{ GroupId: estate.clientGroupId }],
  };
  await account
    .client(EC2Client)
    .send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: estate.mountTargetGroupId, IpPermissions: [permission] }),
    );
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.lastStatus).toBe('RUNNING');
});

test('a deployment that fails three times rolls back to the last good revision', async () => {
  const { account, estate } = setUp({ circuitBreaker: true });
  await runEstate(account, estate);
  const ecs = account.client(ECSClient);
  const volumes = [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-0123456789abcdef0' } }];
  const { definition } = account.state.ecs.taskDefinitions['shop-api']?.revisions['1'] ?? {};
  await ecs.send(new RegisterTaskDefinitionCommand({ ...definition, family: 'shop-api', volumes } as never));
  await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'shop-api', taskDefinition: 'shop-api:2' }));
  for (let round = 0; round < 3; round += 1) {
    await account.clock.advance(120_000);
    await runEstate(account, estate);
  }
  await account.clock.advance(120_000);
  const service = account.state.ecs.services[estate.serviceArn ?? ''];
  expect(service?.taskDefinition).toBe(estate.taskDefinitionArn);
  expect(service?.deployments.map(({ status, rolloutState }) => [status, rolloutState])).toEqual([
    ['PRIMARY', 'COMPLETED'],
  ]);
});

test('a service starts a task in each of its subnets if asked to', async () => {
  const { account, estate } = setUp({ mountTargets: 2 });
  const { tasks } = await runService(account, estate.serviceArn ?? '', { everySubnet: true });
  expect(tasks.map(({ availabilityZone, lastStatus }) => [availabilityZone, lastStatus])).toEqual([
    ['eu-west-1a', 'RUNNING'],
    ['eu-west-1b', 'RUNNING'],
    ['eu-west-1c', 'STOPPED'],
  ]);
});

test('a task without groups of its own gets the default one', async () => {
  const { account, estate } = setUp({ standalone: true });
  const subnet = estate.zones[0]?.appSubnetId ?? '';
  const order = { cluster: 'shop', taskDefinition: 'shop-api', launchType: 'FARGATE', subnet } as const;
  const before = await runTask(account, order);
  admitNfs(account, estate.mountTargetGroupId, estate.defaultGroupId);
  const after = await runTask(account, order);
  expect([before.lastStatus, after.lastStatus]).toEqual(['STOPPED', 'RUNNING']);
});

test('a standalone task leaves the record of its RunTask call, with groups and without secrets', async () => {
  const { account, estate } = setUp({ standalone: true });
  await runEstate(account, estate);
  expect(account.state.trail).toMatchObject([
    {
      eventName: 'RunTask',
      requestParameters: { networkConfiguration: { awsvpcConfiguration: { securityGroups: [estate.clientGroupId] } } },
    },
  ]);
  expect(JSON.stringify(account.state.trail)).not.toContain(MARKED_SECRET);
});

test('running a task counts no API call', async () => {
  const { account, estate } = setUp({ standalone: true });
  await runEstate(account, estate);
  expect(account.callCount()).toBe(0);
});

test('a mount that IAM authorized is told, where a trail logs reads', async () => {
  const { account, estate } = setUp({ trail: true });
  await runEstate(account, estate);
  const told = account.bus.events.filter(({ source }) => source === 'aws.elasticfilesystem');
  expect(told.map(({ detail }) => detail)).toMatchObject([
    {
      eventName: 'NewClientConnection',
      readOnly: true,
      resources: [{ ARN: estate.fileSystemArn }, { ARN: estate.accessPointArn }],
      serviceEventDetails: { permissions: { ClientMount: true, ClientWrite: true, ClientRootAccess: false } },
    },
  ]);
});

test('AWS does not say which stop code a failed copy-up has, so both can be had', async () => {
  const { account, estate } = setUp({ launch: 'EC2' });
  breakIt(account, estate, 'copy-up-chown');
  const { tasks } = await runEstate(account, estate, { copyUpStopCode: 'EssentialContainerExited' });
  expect(tasks[0]).toMatchObject({
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
  });
});

test('spent burst credits show in the metric of the file system', async () => {
  const { account, estate } = setUp();
  breakIt(account, estate, 'credits-zero');
  await account.clock.advance(5 * 60_000);
  const Dimensions = [{ Name: 'FileSystemId', Value: estate.fileSystemId }];
  const Metric = { Namespace: 'AWS/EFS', MetricName: 'BurstCreditBalance', Dimensions };
  const query = { Id: 'm', MetricStat: { Metric, Period: 300, Stat: 'Minimum' } };
  const span = { StartTime: new Date('2026-09-01T09:50:00Z'), EndTime: new Date('2026-09-01T10:00:00Z') };
  const metrics = new GetMetricDataCommand({ ...span, MetricDataQueries: [query] });
  const { MetricDataResults } = await account.client(CloudWatchClient).send(metrics);
  expect(MetricDataResults?.[0]?.Values).toEqual([0, 0]);
});

test('without a file-system policy nobody needs a grant', async () => {
  const { account, estate } = setUp({ policy: 'none' });
  Object.assign(account.state.iam.roles[estate.taskRoleName] ?? {}, { inlinePolicies: {} });
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.mounted[0]?.client).toEqual({ mount: true, write: true, root: true });
});

test('estates side by side share a file system and keep their directories apart', async () => {
  const { account, estate } = setUp();
  const other = buildEstate(account, { name: 'orders', beside: estate });
  await runEstate(account, estate);
  const { tasks } = await runEstate(account, other);
  expect([other.fileSystemId, tasks[0]?.mounted[0]?.path, tasks[0]?.mounted[0]?.files]).toEqual([
    estate.fileSystemId,
    '/orders',
    [],
  ]);
});

test('an estate without keys has no tag of ours', () => {
  const { account } = setUp({ keys: false, launch: 'EC2' });
  expect(JSON.stringify(account.state)).not.toContain('mountkeeper');
});

test('the state after a run is plain JSON', async () => {
  const { account, estate } = setUp({ launch: 'EC2', trail: true });
  await runEstate(account, estate);
  expect(JSON.parse(JSON.stringify(account.state))).toEqual(structuredClone(account.state));
});

test('the same history gives the same state', async () => {
  const states = await Promise.all(
    [0, 1].map(async () => {
      const { account, estate } = setUp();
      breakIt(account, estate, 'no-grant');
      await runEstate(account, estate);
      return account.state;
    }),
  );
  expect(states[0]).toEqual(states[1]);
});
