import type { Account } from './account.ts';
import type { SimTask } from './ecs-task-state.ts';
import { findTaskDefinition } from './services/ecs-names.ts';
import { clientOf } from './task-network.ts';

/**
 * EFS tells CloudTrail of each mount that IAM authorized, with what the client may do. It is a read event, so it comes
 * only where a trail logs those. Source: https://docs.aws.amazon.com/efs/latest/ug/logging-using-cloudtrail.html
 */
export function publishConnections(account: Account, task: SimTask): void {
  const logged = Object.values(account.state.cloudtrail.trails).some(
    ({ logging, readWriteType }) => logging && ['All', 'ReadOnly'].includes(readWriteType),
  );
  if (!logged) return;
  for (const mount of authorizedMounts(account, task)) {
    const detail = connectionDetail(account, task, mount);
    account.bus.publish({
      'detail-type': 'AWS Service Event via CloudTrail',
      source: 'aws.elasticfilesystem',
      account: account.accountId,
      time: now(account),
      region: account.region,
      resources: [],
      detail,
    });
  }
}

type Mount = SimTask['mounted'][number];

function authorizedMounts(account: Account, task: SimTask): readonly Mount[] {
  const volumes = findTaskDefinition(account, task.taskDefinitionArn)?.definition.volumes ?? [];
  const withIam = volumes
    .filter(({ efsVolumeConfiguration: efs }) => efs?.authorizationConfig?.iam === 'ENABLED')
    .map(({ name }) => name);
  const first = new Map(task.mounted.map((mount) => [mount.volume, mount]));
  return [...first.values()].filter(({ volume }) => withIam.includes(volume));
}

function connectionDetail(account: Account, task: SimTask, mount: Mount): object {
  const arn = (resource: string) => `arn:aws:elasticfilesystem:${account.region}:${account.accountId}:${resource}`;
  const resource = (type: string, id: string) => ({
    accountId: account.accountId,
    type: `AWS::EFS::${type === 'file-system' ? 'FileSystem' : 'AccessPoint'}`,
    ARN: arn(`${type}/${id}`),
  });
  return {
    eventVersion: '1.05',
    userIdentity: sessionIdentity(account, task),
    eventTime: now(account),
    eventSource: 'elasticfilesystem.amazonaws.com',
    eventName: 'NewClientConnection',
    awsRegion: account.region,
    sourceIPAddress: 'AWS Internal',
    userAgent: 'elasticfilesystem',
    requestParameters: null,
    responseElements: null,
    eventID: account.newUuid(),
    readOnly: true,
    resources: [
      resource('file-system', mount.fileSystemId),
      ...(mount.accessPointId ? [resource('access-point', mount.accessPointId)] : []),
    ],
    eventType: 'AwsServiceEvent',
    recipientAccountId: account.accountId,
    serviceEventDetails: {
      permissions: {
        ClientRootAccess: mount.client.root,
        ClientMount: mount.client.mount,
        ClientWrite: mount.client.write,
      },
      sourceIpAddress: clientOf(account, task).address,
    },
  };
}

function sessionIdentity(account: Account, task: SimTask): object {
  const roleArn =
    task.overrides.taskRoleArn ?? findTaskDefinition(account, task.taskDefinitionArn)?.definition.taskRoleArn;
  const userName = roleArn?.split('/').at(-1) ?? '';
  const principalId = account.state.iam.roles[userName]?.id ?? 'AROAEXAMPLE';
  const session = task.arn.split('/').at(-1);
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account.accountId}:assumed-role/${userName}/${session}`,
    accountId: account.accountId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId, arn: roleArn, accountId: account.accountId, userName },
    },
  };
}

function now(account: Account): string {
  return account.clock.nowIso().replace(/\.\d+Z$/, 'Z');
}
