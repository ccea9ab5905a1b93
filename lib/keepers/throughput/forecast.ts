import { type Allowance, permittedOnCredits } from './allowance.ts';
import { HOUR_MINUTES } from './clock.ts';
import type { Future } from './futures.ts';

export interface DryTimes {
  /** Minutes until the first and the last future run dry; infinite where one does not. */
  readonly earliest: number;
  readonly latest: number;
  /** Weight of the futures that run dry, 0 to 1. */
  readonly share: number;
}

/** When credits run out on the base, from what is left after the last known minute. */
export function dryTimes(futures: readonly Future[], creditMib: number, allowance: Allowance): DryTimes {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  let dry = 0;
  let all = 0;
  for (const future of futures) {
    const minutes = minutesToDry(future, creditMib, allowance);
    earliest = Math.min(earliest, minutes);
    latest = Math.max(latest, minutes);
    all += future.weight;
    if (Number.isFinite(minutes)) dry += future.weight;
  }
  return { earliest, latest, share: all > 0 ? dry / all : 0 };
}

/** Dry is when the credits no longer serve what is asked for. */
function minutesToDry(future: Future, creditMib: number, allowance: Allowance): number {
  const { baselineMibps, burstMibps, fullMib } = allowance;
  let credit = creditMib;
  for (let minute = 0; minute < HOUR_MINUTES; minute++) {
    const wanted = future.near[minute] as number;
    const permitted = permittedOnCredits(allowance, credit);
    if (wanted * 0.99 - 0.05 > permitted && permitted < burstMibps) return minute;
    credit = Math.min(fullMib, Math.max(0, credit + 60 * (baselineMibps - Math.min(wanted, permitted))));
  }
  const hourly = baselineMibps * 3600;
  for (let hour = 1; hour < future.volumeMib.length; hour++) {
    const volume = future.volumeMib[hour] as number;
    if (volume - hourly > credit && volume > 3600) return HOUR_MINUTES * (hour + credit / Math.max(1, volume - hourly));
    credit = Math.min(fullMib, Math.max(0, credit + hourly - volume));
  }
  return Number.POSITIVE_INFINITY;
}
