import type { UpdateFileSystemRequest } from '@aws-sdk/client-efs';
import type { SimFileSystem, ThroughputSetting } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { clockAfter, type LockClock, type LockRule, lockedUntilMs } from '../throughput/lock.ts';
import type { Setting } from '../throughput/rates.ts';

const MOST_MIBPS = 3414;
const NEVER_CHANGED: LockClock = { lastRestrictedMs: null, lastProvisionedMs: null };

type Asked = Pick<UpdateFileSystemRequest, 'ThroughputMode' | 'ProvisionedThroughputInMibps'>;

/** The setting that a request asks for; absent members mean "no change". */
export function throughputOf(asked: Asked, present: ThroughputSetting): ThroughputSetting {
  const mode = asked.ThroughputMode ?? present.mode;
  const amount = asked.ProvisionedThroughputInMibps;
  if (!['bursting', 'provisioned', 'elastic'].includes(mode)) {
    throw simError('BadRequest', 400, `'${mode}' is not a throughput mode.`);
  }
  if (mode !== 'provisioned') {
    if (amount === undefined) return { mode };
    throw simError('BadRequest', 400, 'ProvisionedThroughputInMibps is only valid when ThroughputMode is provisioned.');
  }
  const provisionedMibps = amount ?? present.provisionedMibps;
  if (provisionedMibps === undefined || provisionedMibps < 1) {
    throw simError('BadRequest', 400, 'ProvisionedThroughputInMibps must be at least 1.0 in provisioned mode.');
  }
  if (provisionedMibps > MOST_MIBPS) {
    throw simError('ThroughputLimitExceeded', 400, 'The throughput limit of 1024 MiB/s has been reached.');
  }
  return { mode, provisionedMibps };
}

function secondOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function settingOf({ mode, provisionedMibps }: ThroughputSetting): Setting {
  return { mode, mibps: provisionedMibps ?? 0 };
}

/** The lock after an allowed change; undefined where nothing would change. Throws TooManyRequests inside the 24 hours. */
export function throughputChange(
  fileSystem: SimFileSystem,
  wanted: ThroughputSetting,
  { rule, nowMs }: { readonly rule: LockRule; readonly nowMs: number },
): LockClock | undefined {
  const change = { from: settingOf(fileSystem.throughput), to: settingOf(wanted), nowMs };
  if (change.from.mode === change.to.mode && change.from.mibps === change.to.mibps) return undefined;
  if (wanted.mode === 'elastic' && fileSystem.performanceMode === 'maxIO') {
    throw simError('BadRequest', 400, 'Elastic throughput is not supported with the Max I/O performance mode.');
  }
  const lockClock = fileSystem.lockClock ?? NEVER_CHANGED;
  const untilMs = lockedUntilMs(rule, lockClock, change);
  if (untilMs !== null) {
    const message = `The throughput of file system ${fileSystem.id} was changed within the last 24 hours. Wait until ${secondOf(untilMs)} UTC and try again.`;
    throw simError('TooManyRequests', 429, message);
  }
  return clockAfter(lockClock, change);
}
