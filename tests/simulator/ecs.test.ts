import {
  ClientException,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  InvalidParameterException,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  paginateListTaskDefinitions,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { createAccount } from '../../lib/simulator/account.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';

const WORKER: RegisterTaskDefinitionCommandInput = {
  family: 'worker',
  containerDefinitions: [{ name: 'app', image: 'example/worker:1' }],
  tags: [{ key: 'mountkeeper:enabled', value: 'true' }],
};

function withVolume(efs: object): RegisterTaskDefinitionCommandInput {
  return {
    ...WORKER,
    volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-0123456789abcdef0', ...efs } }],
  };
}

function setUp() {
  const account = createAccount();
  return { account, ecs: account.client(ECSClient) };
}

async function register(ecs: ECSClient, times: number) {
  for (let time = 0; time < times; time += 1) await ecs.send(new RegisterTaskDefinitionCommand(WORKER));
}

test('revisions are numbered, and a number is never given out again', async () => {
  const { ecs } = setUp();
  await register(ecs, 2);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'worker:2' }));
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(WORKER));
  expect(taskDefinition?.taskDefinitionArn).toBe('arn:aws:ecs:eu-west-1:111122223333:task-definition/worker:3');
});

test('a family name means its newest ACTIVE revision', async () => {
  const { ecs } = setUp();
  await register(ecs, 3);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'worker:3' }));
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'worker' }));
  expect(taskDefinition?.revision).toBe(2);
});

test('a deregistered revision is INACTIVE and can still be described', async () => {
  const { ecs } = setUp();
  await register(ecs, 1);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'worker:1' }));
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'worker:1' }));
  expect([taskDefinition?.status, taskDefinition?.deregisteredAt]).toEqual([
    'INACTIVE',
    new Date('2026-09-01T10:00:00Z'),
  ]);
});

test('tags come beside the definition, and only when asked for', async () => {
  const { ecs } = setUp();
  await register(ecs, 1);
  const plain = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'worker' }));
  const tagged = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'worker', include: ['TAGS'] }));
  expect([plain.tags, tagged.tags]).toEqual([undefined, WORKER.tags]);
});

test('a new revision starts without the tags of the one before', async () => {
  const { ecs } = setUp();
  await register(ecs, 1);
  const { tags: _tags, ...untagged } = WORKER;
  await ecs.send(new RegisterTaskDefinitionCommand(untagged));
  const { tags } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'worker', include: ['TAGS'] }));
  expect(tags).toEqual([]);
});

test.each([
  ['IAM without encryption', withVolume({ authorizationConfig: { iam: 'ENABLED' } })],
  ['an access point without encryption', withVolume({ authorizationConfig: { accessPointId: 'fsap-1' } })],
  ['a Fargate task without awsvpc', { ...WORKER, requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }],
  [
    'a mount point without its volume',
    { ...WORKER, containerDefinitions: [{ name: 'app', image: 'x', mountPoints: [{ sourceVolume: 'data' }] }] },
  ],
  ['no container', { ...WORKER, containerDefinitions: [] }],
  ['a bad family', { ...WORKER, family: 'my worker' }],
  [
    'more than 64 KiB',
    { ...WORKER, containerDefinitions: [{ name: 'app', image: 'x', command: ['y'.repeat(65_536)] }] },
  ],
])('registering refuses %s', async (_what, input) => {
  const { ecs } = setUp();
  await expect(
    ecs.send(new RegisterTaskDefinitionCommand(input as RegisterTaskDefinitionCommandInput)),
  ).rejects.toBeInstanceOf(ClientException);
});

test('registering refuses a tag with signs that tags may not have', async () => {
  const { ecs } = setUp();
  const input = { ...WORKER, tags: [{ key: 'mountkeeper:allow', value: 'a*' }] };
  await expect(ecs.send(new RegisterTaskDefinitionCommand(input))).rejects.toBeInstanceOf(InvalidParameterException);
});

test('a failed registration uses up no number', async () => {
  const { ecs } = setUp();
  await ecs
    .send(new RegisterTaskDefinitionCommand({ ...WORKER, tags: [{ key: 'aws:x', value: '' }] }))
    .catch(() => undefined);
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(WORKER));
  expect(taskDefinition?.revision).toBe(1);
});

test('an unknown task definition is a client exception', async () => {
  const { ecs } = setUp();
  await expect(ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'none' }))).rejects.toThrow(
    'Unable to describe task definition.',
  );
});

test('task definitions are listed by a hundred, by status, newest first if wanted', async () => {
  const { ecs } = setUp();
  await register(ecs, 103);
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'worker:7' }));
  const pages: number[] = [];
  for await (const page of paginateListTaskDefinitions({ client: ecs }, { familyPrefix: 'worker', sort: 'DESC' })) {
    pages.push(page.taskDefinitionArns?.length ?? 0);
  }
  expect(pages).toEqual([100, 2]);
});

test('families are listed by prefix', async () => {
  const { ecs } = setUp();
  await register(ecs, 1);
  await ecs.send(new RegisterTaskDefinitionCommand({ ...WORKER, family: 'orders' }));
  const { families } = await ecs.send(new ListTaskDefinitionFamiliesCommand({ familyPrefix: 'wor' }));
  expect(families).toEqual(['worker']);
});

test('a service shows its deployment, its network and, on demand, its tags', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account);
  const { services } = await ecs.send(
    new DescribeServicesCommand({ cluster: 'shop', services: ['shop-api'], include: ['TAGS'] }),
  );
  const subnets = estate.zones.map(({ appSubnetId }) => appSubnetId);
  const networkConfiguration = { awsvpcConfiguration: { subnets, securityGroups: [estate.clientGroupId] } };
  expect(services).toMatchObject([
    {
      serviceArn: estate.serviceArn,
      networkConfiguration,
      deployments: [
        {
          id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
          status: 'PRIMARY',
          networkConfiguration,
          taskDefinition: estate.taskDefinitionArn,
        },
      ],
      deploymentController: { type: 'ECS' },
      tags: [{ key: 'mountkeeper:deploy', value: 'true' }],
    },
  ]);
});

test('a service that is not there is a failure, not an error', async () => {
  const { account, ecs } = setUp();
  buildEstate(account);
  const { failures } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['none'] }));
  expect(failures).toEqual([{ arn: 'arn:aws:ecs:eu-west-1:111122223333:service/shop/none', reason: 'MISSING' }]);
});

test('eleven services at once are too many', async () => {
  const { account, ecs } = setUp();
  buildEstate(account);
  const services = Array.from({ length: 11 }, (_none, place) => `s${place}`);
  await expect(ecs.send(new DescribeServicesCommand({ cluster: 'shop', services }))).rejects.toBeInstanceOf(
    InvalidParameterException,
  );
});

test('an unknown cluster is named as such', async () => {
  const { ecs } = setUp();
  await expect(ecs.send(new DescribeServicesCommand({ cluster: 'none', services: ['x'] }))).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
  });
});

test('a new deployment starts tasks by itself and ends the old ones when they run', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account);
  const before = await runEstate(account, estate);
  await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'shop-api', forceNewDeployment: true }));
  await account.clock.advance(5 * 60_000);
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['shop-api'] }));
  expect(services?.[0]?.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 1 }]);
  expect(before.tasks[0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' });
});

test('a change of the desired count alone makes no new deployment', async () => {
  const { account, ecs } = setUp();
  buildEstate(account);
  const { service } = await ecs.send(
    new UpdateServiceCommand({ cluster: 'shop', service: 'shop-api', desiredCount: 2 }),
  );
  expect([service?.deployments?.length, service?.desiredCount]).toEqual([1, 2]);
});

test.each(['CODE_DEPLOY', 'EXTERNAL'] as const)('a service under %s takes no new task definition', async (type) => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account, { launch: 'EC2' });
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'other',
      taskDefinition: 'shop-api',
      deploymentController: { type },
    }),
  );
  const update = new UpdateServiceCommand({
    cluster: 'shop',
    service: 'other',
    taskDefinition: estate.taskDefinitionArn,
  });
  await expect(ecs.send(update)).rejects.toThrow(`services with a ${type} deployment controller`);
});

test('a task can be looked at for an hour after it stopped', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account);
  const { tasks } = await runEstate(account, estate, { failWith: 'image' });
  const describe = () => ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [tasks[0]?.arn ?? ''] }));
  const soon = await describe();
  await account.clock.advance(61 * 60_000);
  const late = await describe();
  expect([soon.tasks?.length, late.failures?.[0]?.reason]).toEqual([1, 'MISSING']);
});

test('whoever stops a task writes the stop reason', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account);
  const { tasks } = await runEstate(account, estate);
  const reason = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes';
  await ecs.send(new StopTaskCommand({ cluster: 'shop', task: tasks[0]?.arn ?? '', reason }));
  expect([tasks[0]?.stoppedReason, tasks[0]?.stopCode]).toEqual([reason, 'UserInitiated']);
});

test('RunTask starts a task in the groups that it names', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account, { standalone: true });
  const subnet = estate.zones[1]?.appSubnetId ?? '';
  await ecs.send(
    new RunTaskCommand({
      cluster: 'shop',
      taskDefinition: 'shop-api',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [estate.clientGroupId] } },
    }),
  );
  await account.clock.advance(60_000);
  expect(Object.values(account.state.ecs.tasks)).toMatchObject([
    { lastStatus: 'RUNNING', availabilityZone: 'eu-west-1b', group: 'family:shop-api' },
  ]);
});

test('RunTask without a network is refused where the task needs one', async () => {
  const { account, ecs } = setUp();
  buildEstate(account, { standalone: true });
  await expect(
    ecs.send(new RunTaskCommand({ cluster: 'shop', taskDefinition: 'shop-api', launchType: 'FARGATE' })),
  ).rejects.toThrow('Network Configuration must be provided');
});

test('an instance without the plugin’s attribute gets no EFS task', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account, { launch: 'EC2', standalone: true });
  for (const arn of estate.containerInstanceArns)
    Object.assign(account.state.ecs.containerInstances[arn] ?? {}, { attributes: [] });
  const { failures } = await ecs.send(new RunTaskCommand({ cluster: 'shop', taskDefinition: 'shop-api' }));
  expect(failures).toEqual([{ arn: estate.containerInstanceArns[0], reason: 'ATTRIBUTE' }]);
});

test('a container instance tells its agent’s version and its EC2 instance', async () => {
  const { account, ecs } = setUp();
  const estate = buildEstate(account, { launch: 'EC2' });
  const [arn = ''] = estate.containerInstanceArns;
  const { containerInstances } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster: 'shop', containerInstances: [arn] }),
  );
  expect(containerInstances).toMatchObject([
    {
      containerInstanceArn: arn,
      versionInfo: { agentVersion: '1.99.0' },
      ec2InstanceId: account.state.ecs.containerInstances[arn]?.ec2InstanceId,
    },
  ]);
});

test('tags of one revision are set and taken away', async () => {
  const { ecs } = setUp();
  await register(ecs, 1);
  const resourceArn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/worker:1';
  await ecs.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'team', value: 'orders' }] }));
  await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['mountkeeper:enabled'] }));
  const { tags } = await ecs.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual([{ key: 'team', value: 'orders' }]);
});

test('a registration is told to CloudTrail without the containers’ environment', async () => {
  const { account, ecs } = setUp();
  const secret = { name: 'app', image: 'x', environment: [{ name: 'TOKEN', value: 'example-value-never-log-this' }] };
  await ecs.send(new RegisterTaskDefinitionCommand({ ...WORKER, containerDefinitions: [secret] }));
  expect(account.bus.events.map(({ detail }) => detail)).toMatchObject([
    { eventName: 'RegisterTaskDefinition', responseElements: { taskDefinition: { family: 'worker', revision: 1 } } },
  ]);
  expect(JSON.stringify(account.bus.events)).not.toContain('never-log-this');
});
