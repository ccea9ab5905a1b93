import { allowanceOf } from './allowance.ts';
import { RESERVE_MINUTES } from './bounds.ts';
import type { Setting, ThroughputMemory } from './memory.ts';
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
    return sum + spent + boundUsd(memory, { sizeGib, ...terms }, RESERVE_MINUTES);
  }, 0);
  return { leftUsd: Math.max(0, terms.monthlyUsd - gone), usdPerMibpsMonth: terms.usdPerMibpsMonth };
}

interface BoundTerms {
  readonly sizeGib: number;
  readonly usdPerMibpsMonth: number;
  readonly nowMs: number;
}

/**
 * What the running lock will still cost from where the spending is counted, and what is on its way already. Where the lock is
 * open it is paid for some minutes more: until the next look.
 */
export function boundUsd(memory: ThroughputMemory, terms: BoundTerms, leastMinutes = 0): number {
  const { ours, pending, spend } = memory;
  const fromMs = spend.atMs ?? terms.nowMs;
  const minutesTo = (ms: number | null): number => Math.max(leastMinutes, ((ms ?? 0) - fromMs) / MINUTE_MS);
  const running = ours === null ? 0 : minutesUsd(memory, ours, { ...terms, minutes: minutesTo(lockEnd(memory)) });
  const coming = pending === null ? 0 : minutesUsd(memory, pending, { ...terms, minutes: DAY_MINUTES });
  return Math.max(running, coming);
}

function lockEnd({ ours, lockedUntilMs, heldUntilMs }: ThroughputMemory): number | null {
  return ours?.mode === 'elastic' ? heldUntilMs : lockedUntilMs;
}

function minutesUsd(
  { elasticDayUsd = 0 }: ThroughputMemory,
  { mode, mibps }: Setting,
  { minutes, sizeGib, usdPerMibpsMonth }: BoundTerms & { readonly minutes: number },
): number {
  if (mode === 'elastic') return (elasticDayUsd * minutes) / DAY_MINUTES;
  return mode === 'provisioned' ? usdFor(mibps - allowanceOf(sizeGib).baselineMibps, minutes, usdPerMibpsMonth) : 0;
}

/** A day of an amount above the baseline: the shortest time that AWS lets anybody buy. */
export function dayUsd(mibps: number, sizeGib: number, usdPerMibpsMonth: number): number {
  return usdFor(mibps - allowanceOf(sizeGib).baselineMibps, DAY_MINUTES, usdPerMibpsMonth);
}

function usdFor(aboveMibps: number, minutes: number, usdPerMibpsMonth: number): number {
  return (Math.max(0, aboveMibps) * minutes * usdPerMibpsMonth) / MONTH_MINUTES;
}
