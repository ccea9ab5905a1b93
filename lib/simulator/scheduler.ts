import type { Account } from './account.ts';
import type { NetworkConfiguration, SimDeployment, SimService, SimTaskDefinition } from './ecs-state.ts';
import type { SimTask } from './ecs-task-state.ts';
import { SimulatedError } from './errors.ts';
import { launchTask } from './launch.ts';
import { clusterOf, findTaskDefinition } from './services/ecs-names.ts';
import { type LifeOptions, stopTask } from './task-life.ts';

/** After so many failed tasks the circuit breaker opens; ECS's own threshold is never below three. */
const BREAKER_THRESHOLD = 3;
const SCHEDULER_DELAY_MS = 5_000;

export interface ScheduleOptions extends LifeOptions {
  /** Starts in this subnet; otherwise in the first of the configuration. */
  readonly subnet?: string;
}

/** Makes a deployment the primary one. Its tasks start when the scheduler comes round. */
export function addDeployment(account: Account, service: SimService): SimDeployment {
  for (const older of service.deployments) if (older.status === 'PRIMARY') older.status = 'ACTIVE';
  const nowMs = account.clock.nowMs();
  const id = `ecs-svc/${String(BigInt(`0x${account.newId('d').slice(2)}`))
    .padStart(19, '0')
    .slice(0, 19)}`;
  const deployment: SimDeployment = {
    id,
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    taskDefinition: service.taskDefinition,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    failedTasks: 0,
    launchType: service.launchType,
    ...(service.platformVersion && { platformVersion: service.platformVersion }),
    ...(service.networkConfiguration && { networkConfiguration: service.networkConfiguration }),
  };
  service.deployments.unshift(deployment);
  return deployment;
}

/** What ECS does by itself a little after a service was made or changed. */
export function scheduleSoon(account: Account, service: SimService): void {
  account.clock.at(account.clock.nowMs() + SCHEDULER_DELAY_MS, () => void reconcile(account, service));
}

/** Tasks of the primary deployment that run or are on their way. */
export function aliveTasks(account: Account, service: SimService): readonly SimTask[] {
  const primary = primaryOf(service);
  return tasksOf(account, service).filter((task) => task.startedBy === primary?.id && task.desiredStatus === 'RUNNING');
}

export function primaryOf(service: SimService): SimDeployment | undefined {
  return service.deployments.find(({ status }) => status === 'PRIMARY');
}

export function tasksOf(account: Account, service: SimService): readonly SimTask[] {
  return Object.values(account.state.ecs.tasks).filter(
    (task) => task.group === `service:${service.name}` && task.clusterArn === service.clusterArn,
  );
}

/** Starts what is missing to the desired count. Returns the new tasks; a refusal becomes an event of the service. */
export function reconcile(account: Account, service: SimService, options: ScheduleOptions = {}): readonly SimTask[] {
  const deployment = primaryOf(service);
  if (deployment === undefined || service.status !== 'ACTIVE') return [];
  const missing = service.desiredCount - aliveTasks(account, service).length;
  return Array.from({ length: Math.max(missing, 0) }).flatMap(() => startOne(account, service, options));
}

/** Starts one task of the primary deployment, whatever the count. */
export function startOne(account: Account, service: SimService, options: ScheduleOptions): readonly SimTask[] {
  const deployment = primaryOf(service);
  const definition = findTaskDefinition(account, deployment?.taskDefinition ?? '');
  if (deployment === undefined || definition === undefined) return [];
  try {
    const task = place(account, service, { deployment, definition, options });
    if ('reason' in task) {
      addEvent(
        account,
        service,
        `was unable to place a task because no container instance met all of its requirements. The closest matching container-instance ${task.arn} encountered error "${task.reason}".`,
      );
      return [];
    }
    addEvent(account, service, `has started 1 tasks: (task ${task.arn.split('/').at(-1)}).`);
    return [task];
  } catch (error) {
    if (!(error instanceof SimulatedError)) throw error;
    addEvent(
      account,
      service,
      `was unable to place a task. Reason: ${error.message} (Service: AmazonECS; Status Code: ${error.httpStatus}; Error Code: ${error.code};`,
    );
    return [];
  }
}

interface Placement {
  readonly deployment: SimDeployment;
  readonly definition: SimTaskDefinition;
  readonly options: ScheduleOptions;
}

function place(account: Account, service: SimService, { deployment, definition, options }: Placement) {
  const network = inSubnet(deployment.networkConfiguration, options.subnet);
  return launchTask(account, {
    cluster: clusterOf(account, service.clusterArn),
    definition,
    launchType: deployment.launchType,
    ...(deployment.platformVersion && { platformVersion: deployment.platformVersion }),
    ...(network && { network }),
    group: `service:${service.name}`,
    startedBy: deployment.id,
    options,
    settled: (task) => settle(account, service, task),
  });
}

function inSubnet(configuration: NetworkConfiguration | undefined, subnet: string | undefined) {
  const awsvpc = configuration?.awsvpcConfiguration;
  return awsvpc && subnet !== undefined ? { ...awsvpc, subnets: [subnet] } : awsvpc;
}

export function addEvent(account: Account, service: SimService, what: string): void {
  const message = `(service ${service.name}) ${what}`;
  service.events.unshift({ id: account.newUuid(), createdAtMs: account.clock.nowMs(), message });
}

/** Books a task that runs or has stopped: the deployment ends well, or its circuit breaker may open. */
function settle(account: Account, service: SimService, task: SimTask): void {
  const deployment = service.deployments.find(({ id }) => id === task.startedBy);
  if (deployment === undefined) return;
  deployment.updatedAtMs = account.clock.nowMs();
  if (task.lastStatus === 'RUNNING') complete(account, service, deployment);
  else if (task.stopCode !== 'ServiceSchedulerInitiated' && task.stopCode !== 'UserInitiated') {
    deployment.failedTasks += 1;
    if (deployment.rolloutState === 'IN_PROGRESS' && deployment.failedTasks >= BREAKER_THRESHOLD)
      breakCircuit(account, service, deployment);
  }
}

function complete(account: Account, service: SimService, deployment: SimDeployment): void {
  if (deployment.status !== 'PRIMARY' || deployment.rolloutState === 'COMPLETED') return;
  deployment.rolloutState = 'COMPLETED';
  deployment.rolloutStateReason = `ECS deployment ${deployment.id} completed.`;
  for (const task of tasksOf(account, service)) {
    if (task.startedBy === deployment.id || task.desiredStatus === 'STOPPED') continue;
    stopTask(
      { account, task },
      { code: 'ServiceSchedulerInitiated', reason: `Scaling activity initiated by (deployment ${deployment.id})` },
    );
  }
  service.deployments = [deployment];
  addEvent(account, service, 'has reached a steady state.');
}

/** Goes back to the last revision that worked, if the service asked for that. */
function breakCircuit(account: Account, service: SimService, deployment: SimDeployment): void {
  addEvent(account, service, 'is unable to consistently start tasks successfully.');
  if (!service.circuitBreaker.enable) return;
  deployment.rolloutState = 'FAILED';
  deployment.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  const good = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
  if (!service.circuitBreaker.rollback || good === undefined) return;
  service.taskDefinition = good.taskDefinition;
  if (good.networkConfiguration) service.networkConfiguration = good.networkConfiguration;
  addDeployment(account, service);
  addEvent(account, service, `rolling back to deployment ${good.id}.`);
  scheduleSoon(account, service);
}
