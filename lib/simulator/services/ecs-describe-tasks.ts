import type { DescribeTasksRequest } from '@aws-sdk/client-ecs';
import type { Account } from '../account.ts';
import type { SimTask } from '../ecs-task-state.ts';
import { clusterOf, ecsArn, invalid, toDate } from './ecs-names.ts';

/** A stopped task can be looked at for about an hour. */
const VISIBLE_MS = 60 * 60_000;
const MOST_TASKS = 100;

export function isVisible(account: Account, task: SimTask): boolean {
  return task.stoppedAtMs === undefined || account.clock.nowMs() - task.stoppedAtMs < VISIBLE_MS;
}

export function findTask(account: Account, clusterName: string | undefined, idOrArn: string): SimTask | undefined {
  const cluster = clusterOf(account, clusterName);
  const arn = idOrArn.startsWith('arn:') ? idOrArn : ecsArn(account, `task/${cluster.name}/${idOrArn}`);
  const task = account.state.ecs.tasks[arn];
  return task !== undefined && task.clusterArn === cluster.arn && isVisible(account, task) ? task : undefined;
}

export function describeTasks(account: Account, { cluster, tasks = [], include }: DescribeTasksRequest) {
  if (tasks.length === 0) throw invalid('Tasks cannot be empty.');
  if (tasks.length > MOST_TASKS) throw invalid(`Tasks cannot have more than ${MOST_TASKS} elements`);
  const found = tasks.map((name) => findTask(account, cluster, name));
  return {
    tasks: found.filter((task) => task !== undefined).map((task) => describeTask(task, include?.includes('TAGS'))),
    failures: tasks
      .filter((_name, place) => found[place] === undefined)
      .map((name) => ({
        arn: name.startsWith('arn:') ? name : ecsArn(account, `task/${cluster ?? 'default'}/${name}`),
        reason: 'MISSING',
      })),
  };
}

/** A task as the API shows it: the same interface is called `eni` in an event. */
export function describeTask(task: SimTask, withTags = false): object {
  const { attachments, containers, mounted: _mounted, arn, tags, version, ...rest } = structuredClone(task);
  const { createdAtMs, startedAtMs, stoppingAtMs, stoppedAtMs, ...plain } = rest;
  return {
    ...plain,
    taskArn: arn,
    version,
    createdAt: toDate(createdAtMs),
    ...(startedAtMs !== undefined && { startedAt: toDate(startedAtMs) }),
    ...(stoppingAtMs !== undefined && { stoppingAt: toDate(stoppingAtMs) }),
    ...(stoppedAtMs !== undefined && { stoppedAt: toDate(stoppedAtMs) }),
    attachments: attachments.map(({ id, status, ...eni }) => ({
      id,
      status,
      type: 'ElasticNetworkInterface',
      details: [
        { name: 'subnetId', value: eni.subnetId },
        { name: 'networkInterfaceId', value: eni.networkInterfaceId },
        { name: 'macAddress', value: eni.macAddress },
        { name: 'privateIPv4Address', value: eni.privateIpv4Address },
      ],
    })),
    containers: containers.map(({ arn: containerArn, ...container }) => ({ ...container, containerArn, taskArn: arn })),
    ...(withTags && { tags }),
  };
}
