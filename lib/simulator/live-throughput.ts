import type { Account } from './account.ts';
import type { SimFileSystem } from './efs-state.ts';
import { addPoint } from './services/cloudwatch.ts';
import type { SimPoint } from './state.ts';
import { type Load, liveMinute, type Minute, PHYSICS, type Physics, type Work } from './throughput/minute.ts';
import { BYTES_PER_MIB, FULL_BUCKET_MIB, type Setting } from './throughput/rates.ts';

const MINUTE_MS = 60_000;
const BYTES_PER_GIB = 1024 * BYTES_PER_MIB;

export interface LiveOptions {
  /** What the clients of the file system ask for in the minute that starts then. */
  readonly load: (atMs: number) => Load;
  /** Burst credits at the start; a full bucket by default. */
  readonly creditMib?: number;
  readonly physics?: Physics;
}

/** What has come of the file system since it was brought to life. */
export interface LiveThroughput {
  work(): Work;
  throttledMinutes(): number;
  usd(): number;
  stop(): void;
}

function settingOf({ throughput }: SimFileSystem): Setting {
  return { mode: throughput.mode, mibps: throughput.provisionedMibps ?? 0 };
}

function level(atMs: number, value: number): SimPoint {
  return { atMs, sum: value, min: value, max: value, samples: 1 };
}

function report(account: Account, fileSystemId: string, { atMs, minute }: { atMs: number; minute: Minute }): void {
  const metrics = {
    BurstCreditBalance: minute.creditMib * BYTES_PER_MIB,
    PermittedThroughput: minute.permittedMibps * BYTES_PER_MIB,
    MeteredIOBytes: minute.servedMibps * 60 * BYTES_PER_MIB,
  };
  for (const [metric, value] of Object.entries(metrics)) {
    const name = { namespace: 'AWS/EFS', metric, dimensions: { FileSystemId: fileSystemId } };
    addPoint(account, name, level(atMs, value));
  }
}

/**
 * Lets a file system of the account serve a load from now on: minute by minute credits burn and grow under the setting that
 * is in force, and CloudWatch gets its points. It ends with the file system.
 */
export function liveThroughput(account: Account, fileSystemId: string, options: LiveOptions): LiveThroughput {
  let work: Work = { creditMib: options.creditMib ?? FULL_BUCKET_MIB, backlogReadMib: 0, backlogWriteMib: 0 };
  let throttled = 0;
  let usd = 0;
  let stopped = false;
  function serve(atMs: number): void {
    const fileSystem = account.state.efs.fileSystems[fileSystemId];
    if (stopped || fileSystem === undefined) return;
    const sizeGib = fileSystem.sizeBytes.standard / BYTES_PER_GIB;
    const moment = { setting: settingOf(fileSystem), sizeGib, load: options.load(atMs) };
    const minute = liveMinute(work, moment, options.physics ?? PHYSICS);
    work = minute;
    throttled += minute.throttled ? 1 : 0;
    usd += minute.usd;
    report(account, fileSystemId, { atMs, minute });
    account.clock.at(atMs + 2 * MINUTE_MS, () => serve(atMs + MINUTE_MS));
  }
  const startMs = account.clock.nowMs();
  account.clock.at(startMs + MINUTE_MS, () => serve(startMs));
  return {
    work: () => work,
    throttledMinutes: () => throttled,
    usd: () => usd,
    stop: () => {
      stopped = true;
    },
  };
}
