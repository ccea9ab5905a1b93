import type { Setting, Spend, ThroughputMemory } from './memory.ts';
import type { ThroughputSettings } from './terms.ts';

const MINUTES_PER_MONTH = 43_200;
const LOCK_MINUTES = 1440;
const LONGEST_STEP_MINUTES = 24 * 60;
/** UpdateFileSystem takes 1 to 3414 MiB/s. */
const API_MOST_MIBPS = 3414;

export function usdPerMibpsMinute(settings: ThroughputSettings): number {
  return settings.prices.provisionedUsdPerMibpsMonth / MINUTES_PER_MONTH;
}

/** Adds what the setting cost since the last look; a new month starts at nothing. */
export function spendUpTo(
  spend: Spend,
  now: { ms: number; setting: Setting; baselineMibps: number },
  settings: ThroughputSettings,
): Spend {
  const month = new Date(now.ms).toISOString().slice(0, 7);
  const carried = month === spend.month ? spend.usd : 0;
  const minutes = spend.atMs === null ? 0 : Math.min(LONGEST_STEP_MINUTES, Math.max(0, (now.ms - spend.atMs) / 60_000));
  const above = now.setting.mode === 'provisioned' ? Math.max(0, now.setting.mibps - now.baselineMibps) : 0;
  return { month, usd: carried + minutes * above * usdPerMibpsMinute(settings), atMs: now.ms };
}

/** The most that may be bought now: the owner's bounds, what AWS would not grant, and a day's lock within the month's budget. */
export function mostMibps(memory: ThroughputMemory, baselineMibps: number, settings: ThroughputSettings): number {
  const leftUsd = Math.max(0, settings.maxMonthlyUsd - memory.spend.usd);
  const affordable = baselineMibps + leftUsd / (LOCK_MINUTES * usdPerMibpsMinute(settings));
  const refused = memory.refusedMibps;
  const granted =
    refused === null || refused.untilMs <= (memory.spend.atMs ?? 0) ? API_MOST_MIBPS : refused.mibps * 0.75;
  return Math.floor(Math.min(API_MOST_MIBPS, settings.maxMibps, granted, affordable));
}
