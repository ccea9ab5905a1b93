import type { UpdateFileSystemRequest } from '@aws-sdk/client-efs';
import type { SimFileSystem, ThroughputSetting } from '../efs-state.ts';
import { simError } from '../errors.ts';

const MOST_MIBPS = 3414;

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

/**
 * The stricter of AWS's wordings of the 24-hour rule ("Managing throughput", EFS user guide): after any change of mode or
 * amount neither another mode nor a smaller amount. An increase is never refused.
 */
export function checkThroughputChange(
  fileSystem: SimFileSystem,
  wanted: ThroughputSetting,
  nowMs: number,
): 'none' | 'allowed' {
  const present = fileSystem.throughput;
  const otherMode = wanted.mode !== present.mode;
  const growth = (wanted.provisionedMibps ?? 0) - (present.provisionedMibps ?? 0);
  if (!otherMode && growth === 0) return 'none';
  if (wanted.mode === 'elastic' && fileSystem.performanceMode === 'maxIO') {
    throw simError(
      'BadRequest',
      400,
      'Elastic throughput is not supported for file systems with Max I/O performance mode.',
    );
  }
  const lockedUntilMs = fileSystem.throughputLockedUntilMs ?? 0;
  if (nowMs < lockedUntilMs && (otherMode || growth < 0)) {
    const message = `The throughput mode or provisioned throughput of file system ${fileSystem.id} was changed within the last 24 hours. Wait until ${secondOf(lockedUntilMs)} UTC and try again.`;
    throw simError('TooManyRequests', 429, message);
  }
  return 'allowed';
}
