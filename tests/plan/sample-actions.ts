import type { Action, ActionKind } from '../../lib/domain/action.ts';

export const FILE_SYSTEM = 'fs-0123456789abcdef0';
export const TARGET_GROUP = 'sg-0aaa0123456789abc';
export const TASK_GROUP = 'sg-0bbb0123456789abc';
export const ACCESS_POINT = 'fsap-0123456789abcdef0';
export const RULE = 'sgr-0123456789abcdef0';

const about = { family: 'shop', fileSystemId: FILE_SYSTEM } as const;
const region = 'arn:aws:ecs:eu-west-1:111122223333';

/** The grant's text as the plan holds it: one statement an access point. */
export function grant(...accessPoints: readonly string[]): string {
  const fileSystem = `arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/${FILE_SYSTEM}`;
  const statements = accessPoints.map((id) => ({
    Effect: 'Allow',
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    Resource: fileSystem,
    Condition: {
      ArnEquals: {
        'elasticfilesystem:AccessPointArn': `arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/${id}`,
      },
    },
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const role = {
  roleName: 'shop-task',
  roleArn: 'arn:aws:iam::111122223333:role/shop-task',
  policyName: `mountkeeper-${FILE_SYSTEM}`,
  ...about,
} as const;

/** One action of every kind, as a plan holds it. */
export const ACTIONS = {
  'authorize-ingress': {
    kind: 'authorize-ingress',
    groupId: TARGET_GROUP,
    sourceGroupId: TASK_GROUP,
    ...about,
  },
  'authorize-egress': { kind: 'authorize-egress', groupId: TASK_GROUP, targetGroupId: TARGET_GROUP, ...about },
  'revoke-rule': {
    kind: 'revoke-rule',
    direction: 'ingress',
    groupId: TARGET_GROUP,
    ruleId: RULE,
    peerGroupId: TASK_GROUP,
    changeId: 'mf3k2a10-91c0',
    ...about,
  },
  'put-role-policy': {
    kind: 'put-role-policy',
    ...role,
    document: grant('fsap-0aaaaaaaaaaaaaaaa', ACCESS_POINT),
    previous: grant('fsap-0aaaaaaaaaaaaaaaa'),
  },
  'delete-role-policy': { kind: 'delete-role-policy', ...role, previous: grant(ACCESS_POINT) },
  'create-access-point': {
    kind: 'create-access-point',
    ...about,
    volume: 'data',
    clientToken: 'mk-shop-data-5f2c',
    path: '/ecs/shop/data',
    user: { uid: 10001, gid: 10001 },
    creation: { ownerUid: 10001, ownerGid: 10001, permissions: '0750' },
    tags: { 'mountkeeper:managed': 'true', 'mountkeeper:family': 'shop' },
  },
  'delete-access-point': { kind: 'delete-access-point', accessPointId: ACCESS_POINT, ...about },
  'register-revision': {
    kind: 'register-revision',
    family: 'shop',
    sourceRevision: 12,
    specHash: '5f2c91aa',
    input: {
      family: 'shop',
      containerDefinitions: [
        {
          name: 'web',
          image: 'example/web:1.2.3',
          environment: [{ name: 'EXAMPLE_PASSWORD', value: 'example-value-never-print-this' }],
          mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly: false }],
        },
      ],
      volumes: [
        {
          name: 'data',
          efsVolumeConfiguration: {
            fileSystemId: FILE_SYSTEM,
            transitEncryption: 'ENABLED',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: the plan's own way to name what a step makes
            authorizationConfig: { accessPointId: '${access-point:data:id}', iam: 'ENABLED' },
          },
        },
        { name: 'scratch' },
      ],
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'mountkeeper:wired-from', value: 'shop:12' },
      ],
    },
    passesRoleArns: [role.roleArn],
  },
  'update-service': {
    kind: 'update-service',
    clusterArn: `${region}:cluster/prod`,
    serviceArn: `${region}:service/prod/shop-api`,
    family: 'shop',
    taskDefinition: `${region}:task-definition/shop:13`,
    previousTaskDefinition: `${region}:task-definition/shop:12`,
    forceNewDeployment: false,
  },
  'publish-volume': {
    kind: 'publish-volume',
    family: 'shop',
    volume: 'data',
    parameters: {
      '/mountkeeper/volumes/shop/data/access-point-id': ACCESS_POINT,
      '/mountkeeper/volumes/shop/data/file-system-id': FILE_SYSTEM,
    },
    previous: {
      '/mountkeeper/volumes/shop/data/access-point-id': 'fsap-0aaaaaaaaaaaaaaaa',
      '/mountkeeper/volumes/shop/data/file-system-id': null,
    },
  },
  'update-throughput': {
    kind: 'update-throughput',
    fileSystemId: FILE_SYSTEM,
    mode: 'provisioned',
    mibps: 40,
    previousMode: 'bursting',
  },
} as const satisfies { readonly [K in ActionKind]: Extract<Action, { kind: K }> };

/** What AWS gives when each of them is done. */
export const MADE: { readonly [K in ActionKind]: Readonly<Record<string, string>> } = {
  'authorize-ingress': { ruleId: RULE },
  'authorize-egress': { ruleId: RULE },
  'revoke-rule': {},
  'put-role-policy': {},
  'delete-role-policy': {},
  'create-access-point': { accessPointId: ACCESS_POINT },
  'delete-access-point': {},
  'register-revision': { taskDefinitionArn: `${region}:task-definition/shop:13` },
  'update-service': {},
  'publish-volume': {},
  'update-throughput': {},
};

export const KINDS = Object.keys(ACTIONS) as readonly ActionKind[];
