import type { Case, Step } from './case.ts';
import { NETWORK, SUBNET_A, TASK_GROUP } from './network.ts';

const CLUSTER = 'contract';
const VOLUME = {
  name: 'data',
  efsVolumeConfiguration: {
    fileSystemId: 'fs-0123456789abcdef0',
    rootDirectory: '/',
    transitEncryption: 'ENABLED',
    authorizationConfig: { accessPointId: 'fsap-0123456789abcdef0', iam: 'ENABLED' },
  },
};
const DEFINITION = {
  family: 'orders',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  taskRoleArn: 'arn:aws:iam::111122223333:role/orders-task',
  executionRoleArn: 'arn:aws:iam::111122223333:role/orders-execution',
  containerDefinitions: [
    {
      name: 'app',
      image: 'example/app:1.2.3',
      essential: true,
      memory: 512,
      mountPoints: [{ sourceVolume: 'data', containerPath: '/var/data', readOnly: false }],
    },
  ],
  volumes: [VOLUME],
};
const KEY = [{ key: 'mountkeeper:enabled', value: 'true' }];
const ARN = '$first.taskDefinition.taskDefinitionArn';
const NEXT_ARN = '$second.taskDefinition.taskDefinitionArn';

const FIRST: Step = { call: 'ECS.RegisterTaskDefinition', input: { ...DEFINITION, tags: KEY }, as: 'first' };
const SECOND: Step = { call: 'ECS.RegisterTaskDefinition', input: DEFINITION, as: 'second' };
const SERVICE: Step = {
  call: 'ECS.CreateService',
  input: {
    cluster: CLUSTER,
    serviceName: 'orders',
    taskDefinition: ARN,
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET_A], securityGroups: [TASK_GROUP] } },
    tags: [{ key: 'mountkeeper:deploy', value: 'true' }],
  },
  as: 'service',
};

export const ecsCases: readonly Case[] = [
  {
    name: 'a task definition is told as it was registered, with the volume and its authorization',
    steps: [
      FIRST,
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: ARN },
        expect: { taskDefinition: { ...DEFINITION, revision: 1, status: 'ACTIVE', taskDefinitionArn: ARN } },
      },
    ],
  },
  {
    name: 'tags of a task definition are told when they are asked for',
    steps: [
      FIRST,
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: 'orders', include: ['TAGS'] },
        expect: { tags: KEY },
      },
      { call: 'ECS.ListTagsForResource', input: { resourceArn: ARN }, expect: { tags: KEY } },
    ],
  },
  {
    name: 'a family stands for its newest revision, a number for that one',
    steps: [
      FIRST,
      SECOND,
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: 'orders' },
        expect: { taskDefinition: { revision: 2, taskDefinitionArn: NEXT_ARN } },
      },
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: 'orders:1' },
        expect: { taskDefinition: { revision: 1 } },
      },
    ],
  },
  {
    name: 'an unknown task definition is a ClientException',
    steps: [
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: 'unknown' },
        fails: { name: 'ClientException' },
      },
    ],
  },
  {
    name: 'a deregistered revision is INACTIVE and still told; the family stands for the one before',
    steps: [
      FIRST,
      SECOND,
      {
        call: 'ECS.DeregisterTaskDefinition',
        input: { taskDefinition: NEXT_ARN },
        expect: { taskDefinition: { status: 'INACTIVE' } },
      },
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: NEXT_ARN },
        expect: { taskDefinition: { status: 'INACTIVE', revision: 2 } },
      },
      {
        call: 'ECS.DescribeTaskDefinition',
        input: { taskDefinition: 'orders' },
        expect: { taskDefinition: { revision: 1 } },
        differs: {
          moto: 'the family stands for the newest revision, deregistered or not',
          source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html',
        },
      },
    ],
  },
  {
    name: 'revisions of a family are listed, newest first when asked so',
    steps: [
      FIRST,
      SECOND,
      {
        call: 'ECS.ListTaskDefinitions',
        input: { familyPrefix: 'orders', status: 'ACTIVE', sort: 'DESC' },
        expect: { taskDefinitionArns: [NEXT_ARN, ARN] },
        differs: {
          moto: 'the oldest first, whatever is asked',
          source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html',
        },
      },
    ],
  },
  {
    name: 'a task definition can be tagged and untagged later',
    steps: [
      SECOND,
      { call: 'ECS.TagResource', input: { resourceArn: NEXT_ARN, tags: KEY } },
      { call: 'ECS.ListTagsForResource', input: { resourceArn: NEXT_ARN }, expect: { tags: KEY } },
      { call: 'ECS.UntagResource', input: { resourceArn: NEXT_ARN, tagKeys: ['mountkeeper:enabled'] } },
      { call: 'ECS.ListTagsForResource', input: { resourceArn: NEXT_ARN }, expect: { tags: [] } },
    ],
  },
  {
    name: 'a service is told with its task definition, network and tags',
    steps: [
      ...NETWORK,
      FIRST,
      SERVICE,
      {
        call: 'ECS.DescribeServices',
        input: { cluster: CLUSTER, services: ['orders'], include: ['TAGS'] },
        expect: {
          services: [
            {
              serviceName: 'orders',
              status: 'ACTIVE',
              taskDefinition: ARN,
              serviceArn: /^arn:aws:ecs:eu-west-1:111122223333:service\/contract\/orders$/,
              networkConfiguration: { awsvpcConfiguration: { subnets: [SUBNET_A], securityGroups: [TASK_GROUP] } },
              tags: [{ key: 'mountkeeper:deploy', value: 'true' }],
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a service is moved to another revision',
    steps: [
      ...NETWORK,
      FIRST,
      SECOND,
      SERVICE,
      {
        call: 'ECS.UpdateService',
        input: { cluster: CLUSTER, service: 'orders', taskDefinition: NEXT_ARN, forceNewDeployment: true },
        expect: { service: { taskDefinition: NEXT_ARN } },
      },
      {
        call: 'ECS.DescribeServices',
        input: { cluster: CLUSTER, services: ['orders'] },
        expect: { services: [{ taskDefinition: NEXT_ARN }] },
      },
    ],
  },
  {
    name: 'an unknown service is a failure where it is read, and an exception where it is changed',
    steps: [
      {
        call: 'ECS.DescribeServices',
        input: { cluster: CLUSTER, services: ['unknown'] },
        expect: { services: [], failures: [{ reason: 'MISSING' }] },
      },
      {
        call: 'ECS.UpdateService',
        input: { cluster: CLUSTER, service: 'unknown' },
        fails: { name: 'ServiceNotFoundException' },
      },
    ],
  },
  {
    name: 'an unknown cluster is ClusterNotFoundException',
    steps: [
      {
        call: 'ECS.DescribeServices',
        input: { cluster: 'unknown', services: ['orders'] },
        fails: { name: 'ClusterNotFoundException' },
      },
      {
        call: 'ECS.DescribeTasks',
        input: { cluster: 'unknown', tasks: ['0123456789abcdef0123456789abcdef'] },
        fails: { name: 'ClusterNotFoundException' },
      },
    ],
  },
  {
    name: 'an unknown task is a failure of reason MISSING',
    steps: [
      {
        call: 'ECS.DescribeTasks',
        input: { cluster: CLUSTER, tasks: ['0123456789abcdef0123456789abcdef'] },
        expect: { tasks: [], failures: [{ reason: 'MISSING' }] },
        differs: {
          moto: 'no failure, and no task',
          source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html',
        },
      },
    ],
  },
];
