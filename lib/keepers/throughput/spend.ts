import { usdPerMibpsMinute } from './bounds.ts';
import { MINUTE_MS } from './clock.ts';
import type { History } from './history.ts';
import type { Metered, Setting, Spend } from './memory.ts';
import type { ThroughputSettings } from './terms.ts';

const LONGEST_STEP_MINUTES = 24 * 60;
/** Points that come later than this after Elastic was left are not waited for. */
const LATEST_MS = 60 * MINUTE_MS;

interface Spending {
  readonly nowMs: number;
  /** What we pay for; Bursting mode where it is nothing. */
  readonly setting: Setting;
  readonly sinceMs: number;
  readonly baselineMibps: number;
  readonly history: History;
}

/** Adds what the setting cost since the last look; a new month starts at nothing. */
export function spendUpTo(spend: Spend, at: Spending, settings: ThroughputSettings): Spend {
  const { nowMs, setting, baselineMibps } = at;
  const month = new Date(nowMs).toISOString().slice(0, 7);
  const carried = month === spend.month ? spend.usd : 0;
  const minutes = spend.atMs === null ? 0 : Math.min(LONGEST_STEP_MINUTES, Math.max(0, (nowMs - spend.atMs) / 60_000));
  const above = setting.mode === 'provisioned' ? Math.max(0, setting.mibps - baselineMibps) : 0;
  const { mib, elastic } = meteredUpTo(spend, at);
  const elasticUsd = (mib / 1024) * settings.prices.elasticUsdPerMeteredGib;
  const usd = carried + minutes * above * usdPerMibpsMinute(settings) + elasticUsd;
  return { month, usd, atMs: nowMs, ...(elastic === undefined ? {} : { elastic }) };
}

/** Elastic is paid by the byte: what is known of it by now, the newest minute left out, whose sum is not complete. */
function meteredUpTo(spend: Spend, at: Spending): { readonly mib: number; readonly elastic?: Metered } {
  const { nowMs, setting, history } = at;
  const isOn = setting.mode === 'elastic';
  const open = spend.elastic ?? (isOn ? { countedMs: at.sinceMs } : undefined);
  if (open === undefined) return { mib: 0 };
  const endMs = isOn ? Number.POSITIVE_INFINITY : (open.endMs ?? nowMs);
  const from = Math.max(history.firstMinute, Math.floor(open.countedMs / MINUTE_MS));
  const to = Math.min(history.firstMinute + history.count - 1, Math.ceil(endMs / MINUTE_MS));
  let mib = 0;
  for (let minute = from; minute < to; minute++) mib += (history.servedMibps[minute - history.firstMinute] || 0) * 60;
  const countedMs = Math.max(open.countedMs, to * MINUTE_MS);
  if (isOn) return { mib, elastic: { countedMs } };
  const isDone = countedMs >= endMs || nowMs - endMs > LATEST_MS;
  return isDone ? { mib } : { mib, elastic: { countedMs, endMs } };
}
