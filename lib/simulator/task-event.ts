import type { Account } from './account.ts';
import type { SimTask } from './ecs-task-state.ts';

const DETAIL_TYPE = 'ECS Task State Change';

/**
 * Puts the task's present state on the bus as ECS does: times as ISO strings, no security groups, no volumes.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function publishTaskState(account: Account, task: SimTask): void {
  account.bus.publish({
    'detail-type': DETAIL_TYPE,
    source: 'aws.ecs',
    account: account.accountId,
    time: account.clock.nowIso().replace(/\.\d+Z$/, 'Z'),
    region: account.region,
    resources: [task.arn],
    detail: taskDetail(account, task),
  });
}

function taskDetail(account: Account, task: SimTask): object {
  const { launchType, platformVersion, containerInstanceArn, startedBy, stopCode, stoppedReason } = task;
  return {
    attachments: task.attachments.map(attachmentDetail),
    availabilityZone: task.availabilityZone,
    ...(launchType === 'FARGATE' && { capacityProviderName: 'FARGATE' }),
    clusterArn: task.clusterArn,
    connectivity: 'CONNECTED',
    connectivityAt: iso(task.createdAtMs),
    ...(containerInstanceArn && { containerInstanceArn }),
    containers: containerDetails(task),
    createdAt: iso(task.createdAtMs),
    desiredStatus: task.desiredStatus,
    group: task.group,
    launchType,
    lastStatus: task.lastStatus,
    overrides: task.overrides,
    ...(platformVersion && { platformVersion }),
    ...(task.startedAtMs !== undefined && { startedAt: iso(task.startedAtMs) }),
    ...(startedBy && { startedBy }),
    ...(task.stoppingAtMs !== undefined && { stoppingAt: iso(task.stoppingAtMs) }),
    ...(task.stoppedAtMs !== undefined && { stoppedAt: iso(task.stoppedAtMs) }),
    ...(stoppedReason && { stoppedReason }),
    ...(stopCode && { stopCode }),
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    updatedAt: iso(account.clock.nowMs()),
    version: task.version,
  };
}

function containerDetails(task: SimTask): readonly object[] {
  return task.containers.map(({ arn, ...container }) => ({
    containerArn: arn,
    ...container,
    taskArn: task.arn,
    networkInterfaces: task.attachments.map(({ id, privateIpv4Address }) => ({ attachmentId: id, privateIpv4Address })),
    cpu: '0',
  }));
}

function attachmentDetail({ id, status, ...eni }: SimTask['attachments'][number]): object {
  return {
    id,
    type: 'eni',
    status,
    details: [
      { name: 'subnetId', value: eni.subnetId },
      { name: 'networkInterfaceId', value: eni.networkInterfaceId },
      { name: 'macAddress', value: eni.macAddress },
      { name: 'privateIPv4Address', value: eni.privateIpv4Address },
    ],
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
