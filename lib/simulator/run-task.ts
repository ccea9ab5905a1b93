import type { RunTaskRequest } from '@aws-sdk/client-ecs';
import type { Account } from './account.ts';
import { resourceOf } from './call-resources.ts';
import type { LaunchType } from './ecs-state.ts';
import type { SimTask } from './ecs-task-state.ts';
import { SimulatedError } from './errors.ts';
import { reconcile, type ScheduleOptions, startOne } from './scheduler.ts';
import { describeRun, startTasks } from './services/ecs-tasks.ts';
import { APP_MS, type LifeOptions } from './task-life.ts';
import { logCall } from './trail.ts';

export interface RunTaskOrder extends LifeOptions {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly launchType: LaunchType;
  readonly platformVersion?: string;
  readonly subnet?: string;
  readonly securityGroups?: readonly string[];
  readonly startedBy?: string;
  readonly group?: string;
  readonly overrides?: NonNullable<RunTaskRequest['overrides']>;
  /** ARN of who runs it. */
  readonly caller?: string;
}

/** The task as it ended up, or why ECS did not even start one. */
export interface RunResult {
  readonly tasks: readonly SimTask[];
  readonly refused?: string;
}

const STEP_MS = 3_000;
const LONGEST_MS = 15 * 60_000;

/**
 * Runs one standalone task and lets the time go by until it runs for good or has stopped. The record of the RunTask
 * call is in the trail, as if an operator had made it; it does not count among the account's calls.
 */
export async function runTask(account: Account, order: RunTaskOrder): Promise<SimTask> {
  const { tasks, refused } = await tryRunTask(account, order);
  const [task] = tasks;
  if (task === undefined) throw new Error(`simulated account: the task was not started: ${refused}`);
  return task;
}

export async function tryRunTask(account: Account, order: RunTaskOrder): Promise<RunResult> {
  const request = requestFrom(order);
  const call = callFrom(account, request, order.caller);
  try {
    const started = startTasks(account, request, { options: order });
    logCall(account, call, { output: describeRun(started) });
    await waitFor(account, () => started.tasks.every((task) => isSettled(account, task)));
    const [failure] = started.failures;
    return { tasks: started.tasks, ...(failure && { refused: failure.reason }) };
  } catch (error) {
    if (!(error instanceof SimulatedError)) throw error;
    logCall(account, call, { error });
    return { tasks: [], refused: `${error.code}: ${error.message}` };
  }
}

function requestFrom(order: RunTaskOrder): RunTaskRequest {
  const { cluster, taskDefinition, launchType, platformVersion, subnet, securityGroups, startedBy, group, overrides } =
    order;
  return {
    cluster,
    taskDefinition,
    launchType,
    ...(platformVersion && { platformVersion }),
    ...(startedBy && { startedBy }),
    ...(group && { group }),
    ...(overrides && { overrides }),
    ...(subnet && {
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [subnet], ...(securityGroups && { securityGroups: [...securityGroups] }) },
      },
    }),
  };
}

function callFrom(account: Account, input: RunTaskRequest, caller?: string) {
  const call = { service: 'ECS', operation: 'RunTask', input };
  return {
    ...call,
    ...resourceOf(account, call),
    caller: caller ?? `arn:aws:iam::${account.accountId}:user/operator`,
    userAgent: 'aws-cli/2.x',
    atMs: account.clock.nowMs(),
  };
}

export interface RunServiceOptions extends ScheduleOptions {
  /** Starts a task in each subnet of the service, whatever its desired count. */
  readonly everySubnet?: boolean;
}

/** The scheduler's round: starts what is missing, and lets the time go by until those tasks run for good or stopped. */
export async function runService(
  account: Account,
  serviceArn: string,
  options: RunServiceOptions = {},
): Promise<RunResult> {
  const service = account.state.ecs.services[serviceArn];
  if (service === undefined) throw new Error(`simulated account: no service ${serviceArn}`);
  const eventsBefore = service.events.length;
  const subnets = service.networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const tasks = options.everySubnet
    ? subnets.flatMap((subnet) => startOne(account, service, { ...options, subnet }))
    : reconcile(account, service, options);
  const refusal = service.events
    .slice(0, service.events.length - eventsBefore)
    .find(({ message }) => message.includes('was unable to place a task'));
  await waitFor(account, () => tasks.every((task) => isSettled(account, task)));
  return { tasks, ...(refusal && { refused: refusal.message }) };
}

/** Stopped, or running so long that an application in trouble would have given up. */
function isSettled(account: Account, task: SimTask): boolean {
  if (task.lastStatus === 'STOPPED') return true;
  const ranMs = account.clock.nowMs() - (task.startedAtMs ?? account.clock.nowMs());
  return task.desiredStatus === 'RUNNING' && ranMs > APP_MS;
}

async function waitFor(account: Account, done: () => boolean): Promise<void> {
  const untilMs = account.clock.nowMs() + LONGEST_MS;
  while (!done()) {
    if (account.clock.nowMs() > untilMs) throw new Error('simulated account: a task neither runs nor stops');
    await account.clock.advance(STEP_MS);
  }
}
