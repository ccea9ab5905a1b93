import { DAY_HOURS } from './clock.ts';
import type { Future } from './futures.ts';
import { type Hour, hourOnCredits, type PaidHours } from './hours.ts';
import { type Ladder, valueAt } from './ladder.ts';
import { ELASTIC, type World } from './world.ts';

/** A change is worth at least this: it needs a call, an alert and some trust. */
export const CHANGE_USD = 0.05;

export interface Search {
  readonly future: Future;
  readonly world: World;
  readonly ladder: Ladder;
  /** Amounts in MiB/s, rising; ELASTIC may be the last. */
  readonly settings: readonly number[];
}

/** The least that a future costs from each hour on, by setting and balance, for whoever knows it; flat, [hour][rung]. */
export interface Value {
  readonly search: Search;
  readonly rungs: number;
  /** [setting] */
  readonly hours: readonly PaidHours[];
  /** On the base, free to switch. */
  readonly base: Float64Array;
  /** By setting, lock open. */
  readonly open: readonly Float64Array[];
  /** By setting, just gone to. */
  readonly enter: readonly Float64Array[];
}

export interface Where {
  readonly hour: number;
  readonly setting: number;
}

/** Going back: to parking, from where a switch is always free; or to Bursting mode, which holds the next switch for a day. */
export function returnCost(value: Value, from: Where & { readonly balanceMib: number }): number {
  const { world, future, ladder, settings } = value.search;
  const { hour, balanceMib } = from;
  if (world.parks && settings[from.setting] !== ELASTIC)
    return CHANGE_USD + valueAt(value.base, hour * value.rungs, { ladder, balanceMib });
  const at: Hour = { balanceMib, cost: CHANGE_USD };
  const end = Math.min(future.volumeMib.length, hour + DAY_HOURS);
  for (let passed = hour; passed < end; passed++) hourOnCredits(at, future, { hour: passed, world });
  return at.cost + valueAt(value.base, end * value.rungs, { ladder, balanceMib: at.balanceMib });
}
