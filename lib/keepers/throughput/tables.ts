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
  /** Just gone back to Bursting mode: held there for a day. Filled where a setting is left that way. */
  readonly leave: Float64Array;
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
  const { ladder } = value.search;
  const at = from.hour * value.rungs;
  if (isDirect(value.search, from.setting))
    return CHANGE_USD + valueAt(value.base, at, { ladder, balanceMib: from.balanceMib });
  return valueAt(value.leave, at, { ladder, balanceMib: from.balanceMib });
}

/** Whether going back from a setting is parking. */
export function isDirect({ world, settings }: Search, setting: number): boolean {
  return world.parks && settings[setting] !== ELASTIC;
}

/** A day on credits that nothing may end, from one hour on. */
export function leaveAt(value: Value, hour: number): void {
  const { world, future, ladder } = value.search;
  const end = Math.min(future.volumeMib.length, hour + DAY_HOURS);
  const at: Hour = { balanceMib: 0, cost: 0 };
  for (let rung = 0; rung < value.rungs; rung++) {
    at.balanceMib = ladder.rungs[rung] as number;
    at.cost = CHANGE_USD;
    for (let passed = hour; passed < end; passed++) hourOnCredits(at, future, { hour: passed, world });
    value.leave[hour * value.rungs + rung] =
      at.cost + valueAt(value.base, end * value.rungs, { ladder, balanceMib: at.balanceMib });
  }
}
