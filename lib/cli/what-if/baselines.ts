import { BYTES_PER_MIB, maximumCreditMib } from '../../simulator/throughput/rates.ts';
import type { Controller, Look, ModeChange, Reply } from './terms.ts';

const DAY_MS = 86_400_000;
const RETRY_MINUTES = 5;

/** Leaves the file system alone. */
export function never(): Controller {
  return { name: 'never', metrics: 0, look: () => ({ action: null, nextPollMinutes: 100_000 }) };
}

/** Switches once, at the start. */
export function always(change: ModeChange, name: string): Controller {
  const look = (seen: Look): Reply => ({
    action: seen.fileSystem.mode === change.mode && seen.fileSystem.mibps === change.mibps ? null : change,
    nextPollMinutes: 100_000,
  });
  return { name, metrics: 0, look };
}

/** The smallest amount AWS accepts is 1 MiB/s. */
export function alwaysProvisioned(mibps: number, name: string): Controller {
  return always({ mode: 'provisioned', mibps: Math.max(1, mibps) }, name);
}

export interface Levels {
  readonly lowBytes: (sizeGib: number) => number;
  readonly highBytes: (sizeGib: number) => number;
  readonly mibps: number;
}

/** Up when the balance is at or below one level, back when it is at or above the other; asks again when refused. */
export function thresholds(levels: Levels, name: string): Controller {
  let creditBytes = Number.POSITIVE_INFINITY;
  const look = (seen: Look): Reply => {
    creditBytes = seen.points.at(-1)?.creditBytes ?? creditBytes;
    const { mode, sizeStandardGib, lifeCycleState } = seen.fileSystem;
    if (lifeCycleState !== 'available') return wait();
    if (mode === 'bursting' && creditBytes <= levels.lowBytes(sizeStandardGib)) return up(levels.mibps);
    if (mode === 'provisioned' && creditBytes >= levels.highBytes(sizeStandardGib)) return back();
    return wait();
  };
  return { name, metrics: 0, look };
}

/** Levels in percent of a full bucket. */
export function percentThresholds(percent: { low: number; high: number; mibps: number }): Controller {
  const share = (part: number) => (sizeGib: number) => (maximumCreditMib(sizeGib) * BYTES_PER_MIB * part) / 100;
  const levels = { lowBytes: share(percent.low), highBytes: share(percent.high), mibps: Math.max(1, percent.mibps) };
  return thresholds(levels, `thresholds ${percent.low}/${percent.high} %`);
}

/**
 * What AWS Research and Engineering Studio ships: ten minutes at 10 MB left switch to 5 MiB/s, ten at 2 TB back; each alarm
 * fires once per transition, and a refused call is lost.
 */
export function researchStudioLambda(): Controller {
  let lowMinutes = 0;
  let highMinutes = 0;
  const look = (seen: Look): Reply => {
    let action: ModeChange | null = null;
    for (const { creditBytes } of seen.points) {
      lowMinutes = creditBytes <= 10_000_000 ? lowMinutes + 1 : 0;
      highMinutes = creditBytes >= 2_000_000_000_000 ? highMinutes + 1 : 0;
      if (lowMinutes === 10 && seen.fileSystem.mode === 'bursting') action = { mode: 'provisioned', mibps: 5 };
      if (highMinutes === 10 && seen.fileSystem.mode === 'provisioned') action = { mode: 'bursting' };
    }
    return { action, nextPollMinutes: 1 };
  };
  return { name: 'RES lambda', metrics: 0, look };
}

/** An alarm at a tenth of the bucket, a fixed amount, and a timer back after a day. */
export function alarmWithTimer(mibps: number): Controller {
  let sinceMs: number | null = null;
  let creditBytes = Number.POSITIVE_INFINITY;
  const look = (seen: Look): Reply => {
    creditBytes = seen.points.at(-1)?.creditBytes ?? creditBytes;
    const { mode, sizeStandardGib, lifeCycleState } = seen.fileSystem;
    if (lifeCycleState !== 'available') return wait();
    if (mode === 'provisioned') return sinceMs !== null && seen.nowMs > sinceMs + DAY_MS ? back() : wait();
    if (creditBytes > 0.1 * maximumCreditMib(sizeStandardGib) * BYTES_PER_MIB) return wait();
    if (seen.refusal !== undefined) return wait();
    sinceMs = seen.nowMs;
    return up(Math.max(1, mibps));
  };
  return { name: 'alarm + 24 h timer', metrics: 0, look };
}

const wait = (): Reply => ({ action: null, nextPollMinutes: 1 });
const up = (mibps: number): Reply => ({ action: { mode: 'provisioned', mibps }, nextPollMinutes: RETRY_MINUTES });
const back = (): Reply => ({ action: { mode: 'bursting' }, nextPollMinutes: RETRY_MINUTES });
