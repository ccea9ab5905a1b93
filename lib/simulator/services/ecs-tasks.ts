import type { RunTaskRequest, StopTaskRequest } from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { AwsvpcConfiguration } from '../ecs-state.ts';
import type { SimTask, TaskOverrides } from '../ecs-task-state.ts';
import { type LaunchOrder, launchTask } from '../launch.ts';
import { stopTask } from '../task-life.ts';
import { describeTask, describeTasks, findTask } from './ecs-describe-tasks.ts';
import { activeTaskDefinition, clusterOf, invalid, toEcsTags } from './ecs-names.ts';

export const taskHandlers: Handlers = {
  'ECS.RunTask': (account: Account, request: RunTaskRequest) => describeRun(startTasks(account, request)),
  'ECS.StopTask': stop,
  'ECS.DescribeTasks': describeTasks,
};

const MOST_TASKS = 10;

interface Started {
  readonly tasks: readonly SimTask[];
  readonly failures: readonly { readonly arn: string; readonly reason: string }[];
}

/** Starts what RunTask asks for; `more` is what only the simulation knows. */
export function startTasks(
  account: Account,
  request: RunTaskRequest,
  more: Pick<LaunchOrder, 'options'> = {},
): Started {
  const count = request.count ?? 1;
  if (count < 1 || count > MOST_TASKS) throw invalid(`Count must be between 1 and ${MOST_TASKS}`);
  const order = { ...orderFrom(account, request), ...more };
  const results = Array.from({ length: count }, () => launchTask(account, order));
  return {
    tasks: results.filter((result) => !('reason' in result)) as readonly SimTask[],
    failures: results.filter((result) => 'reason' in result),
  };
}

function orderFrom(account: Account, request: RunTaskRequest): LaunchOrder {
  const definition = activeTaskDefinition(account, request.taskDefinition ?? '');
  const network = request.networkConfiguration?.awsvpcConfiguration as AwsvpcConfiguration | undefined;
  return {
    cluster: clusterOf(account, request.cluster),
    definition,
    launchType: request.launchType ?? 'EC2',
    ...(request.platformVersion && { platformVersion: request.platformVersion }),
    ...(network && { network }),
    group: request.group ?? `family:${definition.family}`,
    ...(request.startedBy && { startedBy: request.startedBy }),
    ...(request.overrides && { overrides: structuredClone(request.overrides) as TaskOverrides }),
    tags: toEcsTags(request.tags),
  };
}

export function describeRun({ tasks, failures }: Started): object {
  return { tasks: tasks.map((task) => describeTask(task)), failures };
}

/** The reason is the caller's own text: it stands where AWS's own words stand otherwise. */
function stop(account: Account, { cluster, task: name = '', reason }: StopTaskRequest) {
  const task = findTask(account, cluster, name);
  if (task === undefined) throw invalid('The referenced task was not found.');
  stopTask({ account, task }, { code: 'UserInitiated', reason: reason ?? 'Task stopped by user' });
  return { task: describeTask(task) };
}
