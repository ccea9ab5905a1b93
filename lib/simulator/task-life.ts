import type { Account } from './account.ts';
import { appTrouble, leaveMarkers, writeAppLog } from './app.ts';
import { publishConnections } from './client-connection.ts';
import type { AwsvpcConfiguration, SimTaskDefinition } from './ecs-state.ts';
import type { SimTask, StopCode } from './ecs-task-state.ts';
import { failureReason } from './stop-reason.ts';
import { copyUpReason, dockerVolumeName, OTHER_REASONS, type OtherReason } from './stop-wording.ts';
import { publishTaskState } from './task-event.ts';
import { mountVolumes, type TaskMounts } from './task-mounts.ts';
import { attachInterface, detachInterfaces } from './task-network.ts';

/** What a test may say about how the task's life goes. */
export interface LifeOptions {
  /** Stops for this reason instead of mounting: a failure that has nothing to do with EFS, or an S3 Files volume. */
  readonly failWith?: OtherReason;
  /** Fargate's newer wrapper prints a traceback after the mount helper's words. */
  readonly traceback?: boolean;
  /** How a blocked network shows. */
  readonly blockedAs?: 'time-out' | 'system-call' | 'reset';
  /** AWS does not document which of the two it is when Docker's copy-up fails. */
  readonly copyUpStopCode?: 'TaskFailedToStart' | 'EssentialContainerExited';
  /** Does the application write into what is mounted writable? */
  readonly appWrites?: boolean;
  /** Mounts of a file system without burst credits time out. */
  readonly creditsTimeOut?: boolean;
}

export interface Life {
  readonly account: Account;
  readonly task: SimTask;
  readonly definition: SimTaskDefinition;
  readonly network?: AwsvpcConfiguration;
  readonly options: LifeOptions;
  /** Called once, when the task runs and its application works, or when it has stopped. */
  readonly settled?: (task: SimTask) => void;
}

const ATTACH_MS = 6_000;
const PULL_MS = 6_000;
const QUICK_FAILURE_MS = 4_000;
/** Two attempts of 15 s, and a third that ends with the kernel's own limit. */
const TIME_OUT_MS = 150_000;
const START_MS = 3_000;
/** From RUNNING to the first write of the application. */
export const APP_MS = 10_000;
const DEPROVISION_MS = 20_000;

/** Starts the task's way through PROVISIONING and PENDING to RUNNING or STOPPED; the account's clock drives it. */
export function beginLife(life: Life): void {
  publishTaskState(life.account, life.task);
  after(life, ATTACH_MS, () => {
    if (life.network) life.task.attachments = [attachInterface(life.account, life.network)];
    moveTo(life, 'PENDING');
    after(life, PULL_MS, () => mount(life));
  });
}

/** Stops it: at once on its way, and for good when the interface is gone. */
export function stopTask(
  life: Pick<Life, 'account' | 'task' | 'settled'>,
  stop: { code: StopCode; reason: string },
): void {
  const { account, task } = life;
  if (task.desiredStatus === 'STOPPED') return;
  task.desiredStatus = 'STOPPED';
  task.stopCode = stop.code;
  task.stoppedReason = stop.reason;
  task.stoppingAtMs = account.clock.nowMs();
  moveTo(life, task.attachments.length > 0 ? 'DEPROVISIONING' : 'STOPPING');
  account.clock.at(account.clock.nowMs() + DEPROVISION_MS, () => {
    detachInterfaces(account, task);
    for (const container of task.containers) container.lastStatus = 'STOPPED';
    task.stoppedAtMs = account.clock.nowMs();
    moveTo(life, 'STOPPED');
    life.settled?.(task);
  });
}

function moveTo({ account, task }: Pick<Life, 'account' | 'task'>, lastStatus: string): void {
  task.lastStatus = lastStatus;
  task.version += 1;
  publishTaskState(account, task);
}

/** The next step, unless somebody stops the task before. */
function after({ account, task }: Life, delayMs: number, step: () => void): void {
  account.clock.at(account.clock.nowMs() + delayMs, () => {
    if (task.desiredStatus !== 'STOPPED') step();
  });
}

function mount(life: Life): void {
  const { account, task, definition, options } = life;
  if (options.failWith) {
    const reason = OTHER_REASONS[options.failWith];
    after(life, QUICK_FAILURE_MS, () => stopTask(life, { code: 'TaskFailedToStart', reason }));
    return;
  }
  const result = mountVolumes(account, { task, definition, creditsTimeOut: options.creditsTimeOut ?? false });
  if (result.outcome === 'mounted') after(life, START_MS, () => run(life, result));
  if (result.outcome === 'failed') failToStart(life, result);
  if (result.outcome === 'copy-up') failToCopyUp(life, result);
}

function failToStart(life: Life, failure: Extract<TaskMounts, { outcome: 'failed' }>): void {
  const slow = failure.fault.kind === 'timed-out';
  const reason = failureReason(life, failure);
  after(life, slow ? TIME_OUT_MS : QUICK_FAILURE_MS, () => stopTask(life, { code: 'TaskFailedToStart', reason }));
}

function failToCopyUp(life: Life, { volume, container }: Extract<TaskMounts, { outcome: 'copy-up' }>): void {
  const { family, revision } = life.definition;
  const taskId = life.task.arn.split('/').at(-1) ?? '';
  const stuck = life.task.containers.find(({ name }) => name === container);
  if (stuck) stuck.reason = copyUpReason(dockerVolumeName({ family, revision, volume: volume.name, taskId }));
  const code = life.options.copyUpStopCode ?? 'TaskFailedToStart';
  const reason = code === 'TaskFailedToStart' ? 'Task failed to start' : 'Essential container in task exited';
  after(life, QUICK_FAILURE_MS, () => stopTask(life, { code, reason }));
}

function run(life: Life, { mounts }: Extract<TaskMounts, { outcome: 'mounted' }>): void {
  const { account, task } = life;
  task.mounted = [...mounts];
  task.startedAtMs = account.clock.nowMs();
  for (const container of task.containers) container.lastStatus = 'RUNNING';
  publishConnections(account, task);
  moveTo(life, 'RUNNING');
  after(life, APP_MS, () => work(life));
}

/** The application begins to work; one that cannot write where it has to gives up. */
function work(life: Life): void {
  const { account, task, definition, options } = life;
  const trouble = options.appWrites === false ? undefined : appTrouble(task);
  if (trouble === undefined) {
    leaveMarkers(account, task, definition.family);
    life.settled?.(task);
    return;
  }
  writeAppLog(account, task, { definition, trouble });
  const broken = task.containers.find(({ name }) => name === trouble.container);
  if (broken) broken.exitCode = 1;
  stopTask(life, { code: 'EssentialContainerExited', reason: 'Essential container in task exited' });
}
