import { absent } from '../../lib/domain/fact.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { registerTaskDefinition } from '../../lib/simulator/services/ecs-task-definitions.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

test('a task definition is read by family, revision or ARN, with its tags and everything that AWS gave', async () => {
  const { world, account, estate } = onEstate({ readOnly: true, user: '1000:1000' });
  const found = valueIn(await world.ecs.taskDefinition(estate.family));
  expect(found).toMatchObject({
    arn: estate.taskDefinitionArn,
    family: 'shop-api',
    revision: 1,
    status: 'ACTIVE',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    taskRoleArn: estate.taskRoleArn,
    tags: { 'mountkeeper:enabled': 'true' },
    containers: [
      {
        name: 'app',
        essential: true,
        user: '1000:1000',
        readonlyRootFilesystem: false,
        mountPoints: [{ sourceVolume: 'data', containerPath: '/var/data', readOnly: true }],
        logGroup: '/ecs/shop-api',
      },
    ],
    volumes: [
      {
        name: 'data',
        kind: 'efs',
        efs: {
          fileSystemId: estate.fileSystemId,
          rootDirectory: '/',
          transitEncryption: true,
          accessPointId: estate.accessPointId,
          iam: true,
        },
      },
    ],
  });
  expect(found.raw).toMatchObject({ cpu: '256', memory: '512', revision: 1 });
  expect(JSON.parse(JSON.stringify(found.raw))).toEqual(found.raw);
  world.forget();
  expect(await world.ecs.taskDefinition('shop-api:1')).toMatchObject({ value: { revision: 1 } });
  expect(await world.ecs.taskDefinition(estate.taskDefinitionArn)).toMatchObject({ value: { revision: 1 } });
  expect(called(account)).toHaveLength(2);
  expect(await world.ecs.taskDefinition('shop-api:2')).toEqual(absent);
});

test('a volume has the kind of its configuration, whatever the volume before it was', async () => {
  const { world, account, estate } = onEstate();
  const volumes = [
    { name: 'efs', efsVolumeConfiguration: { fileSystemId: estate.fileSystemId } },
    {
      name: 's3',
      s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:eu-west-1:111122223333:file-system/x' },
    },
    { name: 'fsx', fsxWindowsFileServerVolumeConfiguration: { fileSystemId: 'fs-0b', rootDirectory: '/' } },
    { name: 'docker', dockerVolumeConfiguration: { scope: 'task' } },
    { name: 'host', host: { sourcePath: '/data' } },
    { name: 'empty' },
    { name: 'launch', configuredAtLaunch: true },
  ];
  const containerDefinitions = [{ name: 'app', image: 'example/app:1', memory: 128 }];
  registerTaskDefinition(account, { family: 'kinds', containerDefinitions, volumes } as never, 'someone');
  const found = valueIn(await world.ecs.taskDefinition('kinds'));
  expect(found.volumes.map((volume) => `${volume.name}: ${volume.kind}`)).toEqual([
    'efs: efs',
    's3: s3files',
    'fsx: fsx',
    'docker: docker',
    'host: bind',
    'empty: bind',
    'launch: at-launch',
  ]);
  expect(found.volumes[0]?.efs).toEqual({
    fileSystemId: estate.fileSystemId,
    rootDirectory: '/',
    transitEncryption: false,
    iam: false,
  });
  expect(found.networkMode).toBe('bridge');
});

test('revisions come newest first, of this family alone, as many as asked for', async () => {
  const { world, account, estate } = onEstate();
  const kept = account.state.ecs.taskDefinitions['shop-api']?.revisions['1']?.definition;
  for (const family of ['shop-api', 'shop-api', 'shop-api-worker']) {
    registerTaskDefinition(account, { ...kept, family } as never, 'someone');
  }
  const revision = (arn: string) => arn.split(':').at(-1);
  const newest = valueIn(await world.ecs.revisions(estate.family, { status: 'ACTIVE', limit: 2 }));
  expect(newest.map(revision)).toEqual(['3', '2']);
  expect(valueIn(await world.ecs.revisions(estate.family, { status: 'INACTIVE', limit: 2 }))).toEqual([]);
});

test('a running task shows where its interface stands', async () => {
  const { world, account, estate } = onEstate();
  await runEstate(account, estate);
  const [arn = ''] = Object.keys(account.state.ecs.tasks);
  const task = valueIn(await world.ecs.task(estate.clusterArn, arn));
  expect(task).toMatchObject({
    arn,
    taskDefinitionArn: estate.taskDefinitionArn,
    lastStatus: 'RUNNING',
    launchType: 'FARGATE',
    group: 'service:shop-api',
    subnetId: expect.stringMatching(/^subnet-/),
    networkInterfaceId: expect.stringMatching(/^eni-/),
    privateIpv4: expect.stringMatching(/^10\./),
    zoneName: expect.stringMatching(/^eu-west-1/),
    createdAtMs: expect.any(Number),
    startedAtMs: expect.any(Number),
  });
  expect(await world.ecs.task(estate.clusterArn, `${arn}0`)).toEqual(absent);
});

test('tasks of a family are listed and described in one go, and are then known one by one', async () => {
  const { world, account, estate } = onEstate();
  await runEstate(account, estate);
  const tasks = valueIn(await world.ecs.tasks(estate.clusterArn, { family: estate.family, status: 'RUNNING' }));
  await world.ecs.task(estate.clusterArn, tasks[0]?.arn ?? '');
  expect(called(account)).toEqual(['ListTasks', 'DescribeTasks']);
  expect(valueIn(await world.ecs.tasks(estate.clusterArn, { family: 'nobody', status: 'STOPPED' }))).toEqual([]);
});

test('a service is read by name or ARN, with deployments, network and tags', async () => {
  const { world, account, estate } = onEstate();
  const arn = estate.serviceArn ?? '';
  const [byArn, byName, missing] = await Promise.all([
    world.ecs.service(estate.clusterArn, arn),
    world.ecs.service(estate.clusterArn, 'shop-api'),
    world.ecs.service(estate.clusterArn, 'nothing'),
  ]);
  const network = { subnetIds: estate.zones.map((zone) => zone.appSubnetId), groupIds: [estate.clientGroupId] };
  expect(valueIn(byArn)).toMatchObject({
    arn,
    name: 'shop-api',
    clusterArn: estate.clusterArn,
    status: 'ACTIVE',
    taskDefinitionArn: estate.taskDefinitionArn,
    launchType: 'FARGATE',
    controller: 'ECS',
    network,
    deployments: [{ status: 'PRIMARY', taskDefinitionArn: estate.taskDefinitionArn, network }],
    desiredCount: 1,
    tags: { 'mountkeeper:deploy': 'true' },
  });
  expect([byName, missing]).toEqual([byArn, absent]);
  expect(called(account)).toEqual(['DescribeServices']);
  world.forget();
  await world.ecs.service(estate.clusterArn, 'shop-api');
  await world.ecs.service(estate.clusterArn, arn);
  expect(called(account)).toHaveLength(2);
});

test('a service that was deleted is absent, though AWS still describes it', async () => {
  const { world, account, estate } = onEstate();
  const kept = account.state.ecs.services[estate.serviceArn ?? ''];
  if (kept) kept.status = 'INACTIVE';
  expect(await world.ecs.service(estate.clusterArn, 'shop-api')).toEqual(absent);
});

test('services of a family are found over all clusters, read once for all families', async () => {
  const { world, account, estate } = onEstate();
  const found = valueIn(await world.ecs.servicesOf(estate.family));
  expect(found.map((service) => service.arn)).toEqual([estate.serviceArn]);
  expect(valueIn(await world.ecs.servicesOf('shop'))).toEqual([]);
  expect(called(account)).toEqual(['ListClusters', 'ListServices', 'DescribeServices']);
});

test('a container instance names its EC2 instance, agent and attributes', async () => {
  const { world, account, estate } = onEstate({ launch: 'EC2' });
  const arns = estate.containerInstanceArns;
  const found = await Promise.all(arns.map((arn) => world.ecs.containerInstance(estate.clusterArn, arn)));
  expect(found.map(valueIn)).toMatchObject(
    arns.map((arn) => ({ arn, agentVersion: '1.99.0', ec2InstanceId: expect.stringMatching(/^i-/) })),
  );
  expect(valueIn(found[0] ?? absent).attributes).toContain('ecs.capability.efsAuth');
  expect(called(account)).toEqual(['DescribeContainerInstances']);
});

test('a denied read is unknown and names the permission', async () => {
  const { world, account, estate } = onEstate();
  account.faults.inject({ match: { service: 'ECS' }, kind: 'deny' });
  expect(await world.ecs.taskDefinition(estate.family)).toEqual({
    state: 'unknown',
    why: 'denied: this role may not call ecs:DescribeTaskDefinition',
  });
});
