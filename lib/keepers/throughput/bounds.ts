import type { ThroughputMemory } from './memory.ts';
import type { ThroughputSettings } from './terms.ts';

const MINUTES_PER_MONTH = 43_200;
/** A day's lock, the margin after it, and the time until the change that ends it is in force. */
const LOCK_MINUTES = 1440 + 15;
/** Without a lock it is paid for until a look finds the money gone and the change is in force. */
export const RESERVE_MINUTES = 30;
/** UpdateFileSystem takes 1 to 3414 MiB/s. */
const API_MOST_MIBPS = 3414;

export function usdPerMibpsMinute(settings: ThroughputSettings): number {
  return settings.prices.provisionedUsdPerMibpsMonth / MINUTES_PER_MONTH;
}

/** What is left of this calendar month's budget. */
export function leftUsd(memory: ThroughputMemory, settings: ThroughputSettings): number {
  return Math.max(0, settings.maxMonthlyUsd - memory.spend.usd);
}

/** The most that may be gone to now: the owner's bound, and an amount whose whole lock this month's budget pays. */
export function mostMibps(memory: ThroughputMemory, baselineMibps: number, settings: ThroughputSettings): number {
  const lockUsd = LOCK_MINUTES * usdPerMibpsMinute(settings);
  const affordable = lockUsd > 0 ? baselineMibps + leftUsd(memory, settings) / lockUsd : API_MOST_MIBPS;
  return Math.floor(Math.min(API_MOST_MIBPS, settings.maxMibps, affordable));
}

/** What AWS did not grant lately is not asked for again. */
export function grantedMibps({ refusedMibps, spend }: ThroughputMemory): number {
  const isOver = refusedMibps === null || refusedMibps.untilMs <= (spend.atMs ?? 0);
  return isOver ? API_MOST_MIBPS : Math.floor(refusedMibps.mibps * 0.75);
}

/** What holds of the present setting: its amount above the included baseline and what an hour of Elastic may cost. */
interface Paid {
  readonly mibps: number;
  readonly aboveMibps: number;
  readonly elasticHourUsd: number;
}

/** Why what is paid for now has to end as soon as the lock is open; null while the bounds allow it. */
export function overBounds(memory: ThroughputMemory, paid: Paid, settings: ThroughputSettings): string | null {
  if (paid.mibps > settings.maxMibps) return `No more than ${settings.maxMibps} MiB/s are allowed`;
  const soonUsd = RESERVE_MINUTES * paid.aboveMibps * usdPerMibpsMinute(settings) + paid.elasticHourUsd;
  return leftUsd(memory, settings) <= soonUsd ? "This month's budget is used up" : null;
}
