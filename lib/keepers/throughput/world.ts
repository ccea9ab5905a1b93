import type { Allowance } from './allowance.ts';

/** How credits move while Provisioned above the baseline; AWS does not say. */
export type Accrual = 'storage' | 'max' | 'frozen';

/** What holds in every future of one file system. */
export interface World {
  readonly allowance: Allowance;
  readonly accrual: Accrual;
  readonly usdPerMibpsMinute: number;
  readonly elasticUsdPerMib: number;
  readonly throttledMinuteUsd: number;
  /** Minutes from running dry until a switch is in force: metric delay, cadence, apply. */
  readonly reactionMinutes: number;
  /** Parking keeps the mode; a return to Bursting mode holds the next switch for a day. */
  readonly parks: boolean;
}

/** Elastic, among amounts in MiB/s. */
export const ELASTIC = Number.POSITIVE_INFINITY;

export function paidUsdPerDay(mibps: number, world: World): number {
  return Math.max(0, mibps - world.allowance.baselineMibps) * world.usdPerMibpsMinute * 1440;
}
