import { permittedOnCredits } from './allowance.ts';
import type { Future } from './futures.ts';
import { ELASTIC, type World } from './world.ts';

/** Where a future begins and what has been paid since. */
export interface Moment {
  minute: number;
  creditMib: number;
  backlogMib: number;
  cost: number;
  throttledMinutes: number;
}

/** 0 stands for the base: bursting or parked. */
export const BASE = 0;

export interface Stretch {
  readonly setting: number;
  readonly until: number;
  /** Ends early once this many minutes were throttled. */
  readonly untilThrottled?: number;
}

/** Lives minutes of the first hour in one setting, in place. */
export function liveNear(at: Moment, stretch: Stretch, terms: { future: Future; world: World }): void {
  const { setting, until, untilThrottled = Number.POSITIVE_INFINITY } = stretch;
  const { world, future } = terms;
  const { baselineMibps, fullMib } = world.allowance;
  const paid = setting !== ELASTIC && setting > baselineMibps;
  const gain = paid && world.accrual === 'max' ? setting : baselineMibps;
  while (at.minute < until && at.throttledMinutes < untilThrottled) {
    const offered = (future.near[at.minute] ?? 0) + at.backlogMib / 60;
    const permitted = setting === ELASTIC || paid ? setting : permittedOnCredits(world.allowance, at.creditMib);
    const served = Math.min(offered, permitted);
    at.backlogMib = (offered - served) * 60;
    const throttled = offered - served > Math.max(0.05, offered * 0.01);
    if (throttled) at.throttledMinutes += 1;
    at.cost += throttled ? world.throttledMinuteUsd : 0;
    if (paid) at.cost += (setting - baselineMibps) * world.usdPerMibpsMinute;
    if (setting === ELASTIC) at.cost += served * 60 * world.elasticUsdPerMib;
    else if (!paid || world.accrual !== 'frozen')
      at.creditMib = Math.min(fullMib, Math.max(0, at.creditMib + 60 * (gain - served)));
    at.minute += 1;
  }
}

/** Credits and waiting work as one number, as the planner counts. */
export function balanceOf(at: Moment): number {
  return at.backlogMib > 0 ? at.creditMib - at.backlogMib : at.creditMib;
}
