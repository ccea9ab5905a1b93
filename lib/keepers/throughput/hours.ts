import type { Future } from './futures.ts';
import { ELASTIC, type World } from './world.ts';

const HOUR_SECONDS = 3600;

/** A balance and what it cost to get there; a scratch value that the planner reuses. */
export interface Hour {
  balanceMib: number;
  cost: number;
}

/** One hour on credits, from a balance. Work that waits is throttled work. */
export function hourOnCredits(at: Hour, future: Future, where: { hour: number; world: World }): void {
  const { allowance, throttledMinuteUsd } = where.world;
  const volume = future.volumeMib[where.hour] as number;
  const start = at.balanceMib;
  const dryNet = Math.max(1, allowance.baselineMibps) * HOUR_SECONDS - volume;
  const net = start >= 0 ? allowance.baselineMibps * HOUR_SECONDS - volume : dryNet;
  let end = start + net;
  let throttled = future.overBurst[where.hour] as number;
  if (start >= 0 && end < 0) {
    const dryPart = end / (end - start);
    end = Math.min(0, dryNet * dryPart);
    if (end < 0) throttled += 60 * dryPart;
  } else if (start < 0) {
    throttled += end < 0 ? 60 : 60 * (start / (start - end));
  }
  at.balanceMib = Math.min(allowance.fullMib, end);
  at.cost += Math.min(60, throttled) * throttledMinuteUsd;
}

/** What each hour of a future brings in a setting that is paid for. */
export interface PaidHours {
  /** Dollars for the setting, and minutes that ask for more than it gives. */
  readonly usd: Float64Array;
  readonly over: Float64Array;
  /** MiB that could be served beyond what is asked for; negative where it falls short. */
  readonly roomMib: Float64Array;
  /** Change of the credits while nothing waits, and what a working off of the backlog does to them for a whole hour. */
  readonly creditMib: Float64Array;
  readonly busyMib: number;
  readonly fullMib: number;
  readonly throttledMinuteUsd: number;
}

export function hoursOf(
  paid: { mibps: number; over: Float64Array | undefined; future: Future },
  world: World,
): PaidHours {
  const { mibps, future } = paid;
  const { volumeMib } = future;
  const { baselineMibps, fullMib } = world.allowance;
  const elastic = mibps === ELASTIC;
  const priceUsd = Math.max(0, mibps - baselineMibps) * world.usdPerMibpsMinute * 60;
  const gain = world.accrual === 'max' ? mibps : baselineMibps;
  const still = elastic || world.accrual === 'frozen';
  const most = mibps * HOUR_SECONDS;
  return {
    usd: volumeMib.map((volume) => (elastic ? volume * world.elasticUsdPerMib : priceUsd)),
    over: elastic ? new Float64Array(volumeMib.length) : (paid.over ?? new Float64Array(volumeMib.length)),
    roomMib: volumeMib.map((volume) => (elastic ? Number.MAX_VALUE : most - volume)),
    creditMib: volumeMib.map((volume) => (still ? 0 : gain * HOUR_SECONDS - Math.min(most, volume))),
    busyMib: still ? 0 : (gain - mibps) * HOUR_SECONDS,
    fullMib,
    throttledMinuteUsd: world.throttledMinuteUsd,
  };
}

/** One hour in a setting that is paid for, in place. */
export function paidHour(at: Hour, hours: PaidHours, hour: number): void {
  const room = hours.roomMib[hour] as number;
  const over = hours.over[hour] as number;
  const net = hours.creditMib[hour] as number;
  at.cost += hours.usd[hour] as number;
  if (at.balanceMib >= 0 && room >= 0) {
    at.balanceMib = Math.min(hours.fullMib, Math.max(0, at.balanceMib + net));
    at.cost += over * hours.throttledMinuteUsd;
    return;
  }
  const waiting = Math.max(0, -at.balanceMib);
  const left = waiting - room;
  const busy = left > 0 ? 1 : waiting / room;
  const credit = Math.max(0, Math.max(0, at.balanceMib) + hours.busyMib * busy);
  at.balanceMib = left > 0 ? -left : Math.min(hours.fullMib, Math.max(0, credit + net * (1 - busy)));
  at.cost += Math.min(60, 60 * busy + over * (1 - busy)) * hours.throttledMinuteUsd;
}
