import type { LockRule } from '../../simulator/throughput/lock.ts';
import { PHYSICS, type Physics } from '../../simulator/throughput/minute.ts';
import type { Mode, Setting } from '../../simulator/throughput/rates.ts';

/** What a file system was asked for, minute by minute: raw MiB/s, and the true Standard size. */
export interface LoadSeries {
  readonly startMs: number;
  readonly readMibps: Float64Array;
  readonly writeMibps: Float64Array;
  readonly sizeGib: Float64Array;
  readonly creditMib: number;
}

export interface ModeChange {
  readonly mode: Mode;
  readonly mibps?: number;
}

export interface SeenPoint {
  readonly at: number;
  readonly creditBytes: number;
  readonly permittedBytesPerSecond: number;
  readonly meteredBytes: number;
}

export interface SeenRefusal {
  readonly at: number;
  readonly error: string;
  readonly message: string;
}

/** What a controller sees when it looks. */
export interface Look {
  readonly nowMs: number;
  readonly fileSystem: {
    readonly id: string;
    readonly mode: Mode;
    readonly mibps?: number;
    readonly sizeStandardGib: number;
    readonly lifeCycleState: string;
  };
  readonly points: readonly SeenPoint[];
  readonly refusal?: SeenRefusal;
}

export interface Reply {
  readonly action: ModeChange | null;
  readonly nextPollMinutes: number;
}

/** Looks at a file system and answers what to do; keeps its own memory. */
export interface Controller {
  readonly name: string;
  /** Metrics requested a poll: 0 for those that live on free alarms. */
  readonly metrics: number;
  readonly look: (look: Look) => Reply;
}

export interface Terms {
  readonly rule: LockRule;
  readonly physics: Physics;
  readonly delayMinutes: number;
  readonly throttledMinuteUsd: number;
  readonly start?: Setting;
}

export const TERMS: Terms = { rule: 'union', physics: PHYSICS, delayMinutes: 3, throttledMinuteUsd: 0.05 };

export interface Switch extends ModeChange {
  readonly minute: number;
}

export interface Trace {
  readonly demandMibps: Float64Array;
  readonly servedMibps: Float64Array;
  readonly permittedMibps: Float64Array;
  readonly creditMib: Float64Array;
  readonly throttled: Uint8Array;
}

export interface Replayed {
  readonly usd: number;
  readonly monitorUsd: number;
  readonly throttledMinutes: number;
  readonly delayedMib: number;
  readonly switches: readonly Switch[];
  readonly refusals: number;
  readonly polls: number;
  /** usd + monitorUsd + the price of the throttled minutes. */
  readonly j: number;
  readonly trace: Trace;
}
