import { allowanceOf } from './allowance.ts';
import type { ThroughputMemory } from './memory.ts';
import { MINUTE_MS, type WatchRow } from './schedule-row.ts';

const MONTH_MINUTES = 43_200;
const DAY_MINUTES = 1440;

export interface Purse {
  /** What the installation may still spend this month, after what is bound by locks. */
  readonly leftUsd: number;
  readonly usdPerMibpsMonth: number;
}

interface Counted {
  readonly row: WatchRow;
  /** Standard size, where it is known: what is included with storage is not paid for. */
  readonly sizeGib: number;
}

/** The installation's month: what was spent, and what running locks will still cost. */
export function purseOf(
  rows: readonly Counted[],
  terms: { readonly monthlyUsd: number; readonly usdPerMibpsMonth: number; readonly nowMs: number },
): Purse {
  const month = new Date(terms.nowMs).toISOString().slice(0, 7);
  const gone = rows.reduce((sum, { row, sizeGib }) => {
    const { memory } = row;
    if (memory === undefined) return sum;
    const spent = memory.spend.month === month ? memory.spend.usd : 0;
    return sum + spent + boundUsd(memory, sizeGib, terms);
  }, 0);
  return { leftUsd: Math.max(0, terms.monthlyUsd - gone), usdPerMibpsMonth: terms.usdPerMibpsMonth };
}

function boundUsd(
  { ours, lockedUntilMs }: ThroughputMemory,
  sizeGib: number,
  { nowMs, usdPerMibpsMonth }: { readonly nowMs: number; readonly usdPerMibpsMonth: number },
): number {
  if (ours === null || ours.mode !== 'provisioned' || lockedUntilMs === null) return 0;
  const minutes = Math.max(0, (lockedUntilMs - nowMs) / MINUTE_MS);
  return usdFor(ours.mibps - allowanceOf(sizeGib).baselineMibps, minutes, usdPerMibpsMonth);
}

/** A day of an amount above the baseline: the shortest time that AWS lets anybody buy. */
export function dayUsd(mibps: number, sizeGib: number, usdPerMibpsMonth: number): number {
  return usdFor(mibps - allowanceOf(sizeGib).baselineMibps, DAY_MINUTES, usdPerMibpsMonth);
}

function usdFor(aboveMibps: number, minutes: number, usdPerMibpsMonth: number): number {
  return (Math.max(0, aboveMibps) * minutes * usdPerMibpsMonth) / MONTH_MINUTES;
}
