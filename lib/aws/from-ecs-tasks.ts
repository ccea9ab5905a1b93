import type { Task as EcsTask } from '@aws-sdk/client-ecs';
import type { Task } from '../domain/ecs.ts';
import { toLaunchType } from './from-ecs.ts';
import { given } from './given.ts';

export function toTask(task: EcsTask): Task {
  return given({
    arn: task.taskArn ?? '',
    clusterArn: task.clusterArn ?? '',
    taskDefinitionArn: task.taskDefinitionArn ?? '',
    lastStatus: task.lastStatus ?? '',
    desiredStatus: task.desiredStatus ?? '',
    launchType: toLaunchType(task.launchType),
    group: task.group,
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containerReasons: (task.containers ?? []).flatMap((container) => container.reason ?? []),
    createdAtMs: task.createdAt?.getTime(),
    startedAtMs: task.startedAt?.getTime(),
    pullMs: pullOf(task),
    stoppedAtMs: task.stoppedAt?.getTime(),
    zoneName: task.availabilityZone,
    platformVersion: task.platformVersion,
    containerInstanceArn: task.containerInstanceArn,
    ...interfaceOf(task),
    taskRoleOverrideArn: task.overrides?.taskRoleArn,
  });
}

function pullOf({ pullStartedAt, pullStoppedAt }: EcsTask): number | undefined {
  return pullStartedAt && pullStoppedAt && Math.max(0, pullStoppedAt.getTime() - pullStartedAt.getTime());
}

/** DescribeTasks calls the interface `ElasticNetworkInterface`; events call the same thing `eni`. */
function interfaceOf(task: EcsTask): Pick<Task, 'networkInterfaceId' | 'subnetId' | 'privateIpv4'> {
  const attachment = task.attachments?.find((one) => one.type === 'ElasticNetworkInterface' || one.type === 'eni');
  const detail = (name: string) => attachment?.details?.find((one) => one.name === name)?.value;
  return given({
    networkInterfaceId: detail('networkInterfaceId'),
    subnetId: detail('subnetId'),
    privateIpv4: detail('privateIPv4Address'),
  });
}
