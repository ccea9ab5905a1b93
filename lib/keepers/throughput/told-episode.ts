import { lasting } from '../../report/alert/time.ts';
import { allowanceOf, MIB, permittedOnCredits } from './allowance.ts';
import type { ThroughputMemory } from './memory.ts';
import { type Episode, MINUTE_MS } from './schedule-row.ts';
import type { MinutePoint } from './terms.ts';

const MONTH_MINUTES = 43_200;

export interface Living {
  readonly points: readonly MinutePoint[];
  readonly sizeGib: number;
  readonly usdPerMibpsMonth: number;
}

/** Follows a stay on throughput that we bought: what it costs, and in which minutes it was needed. */
export function episodeAfter(
  before: Episode | undefined,
  memory: ThroughputMemory,
  living: Living,
): Episode | undefined {
  const { ours } = memory;
  const isPaid = ours !== null && ours.mode === 'provisioned' && ours.mibps > allowanceOf(living.sizeGib).baselineMibps;
  if (!isPaid) return undefined;
  return counted(before ?? begun(ours.sinceMs, living), ours.mibps, living);
}

function begun(sinceMs: number, { points }: Living): Episode {
  const credits = points.filter(({ at, creditBytes }) => at <= sinceMs && creditBytes !== null);
  const shadowCreditMib = (credits.at(-1)?.creditBytes ?? 0) / MIB;
  return { sinceMs, usd: 0, avoidedMinutes: 0, shadowCreditMib, countedMs: sinceMs };
}

/** The shadow lives on credits alone and gets the same demand; work that would have waited is not carried on. */
function counted(episode: Episode, mibps: number, { points, sizeGib, usdPerMibpsMonth }: Living): Episode {
  const allowance = allowanceOf(sizeGib);
  const minuteUsd = (Math.max(0, mibps - allowance.baselineMibps) * usdPerMibpsMonth) / MONTH_MINUTES;
  let { usd, avoidedMinutes, shadowCreditMib, countedMs } = episode;
  for (const { at, meteredBytes } of points) {
    if (at <= countedMs || meteredBytes === null) continue;
    usd += ((at - countedMs) / MINUTE_MS) * minuteUsd;
    countedMs = at;
    const wanted = meteredBytes / (60 * MIB);
    const permitted = permittedOnCredits(allowance, shadowCreditMib);
    if (wanted > permitted + Math.max(0.05, 0.01 * permitted)) avoidedMinutes += 1;
    const left = shadowCreditMib + 60 * (allowance.baselineMibps - Math.min(wanted, permitted));
    shadowCreditMib = Math.min(allowance.fullMib, Math.max(0, left));
  }
  return { ...episode, usd, avoidedMinutes, shadowCreditMib, countedMs };
}

/** What a stay came to, for the alert that ends it. */
export function episodeEvidence(episode: Episode | undefined, nowMs: number): Readonly<Record<string, string>> {
  if (episode === undefined) return {};
  return {
    lasted: lasting(nowMs - episode.sinceMs),
    cost: `$${episode.usd.toFixed(2)}, estimated from the price list`,
    throttledMinutesAvoided: String(episode.avoidedMinutes),
  };
}
