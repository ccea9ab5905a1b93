// What may be done now, and what each of it costs in one future.
import { DAY_HOURS, HOUR_MINUTES } from './clock.ts';
import { hourOnCredits } from './hours.ts';
import { valueAt } from './ladder.ts';
import { lockedCost, stayThenReturn } from './lock-ride.ts';
import { BASE, balanceOf, liveNear, type Moment } from './near.ts';
import { returnCost, type Value } from './tables.ts';

/** Where every future begins, minutes counted from the first that is not known yet. */
export interface Start {
  /** Index of the setting that is paid for; null on the base. */
  readonly setting: number | null;
  /** Until a decrease or a return is allowed. */
  readonly locked: number;
  /** Until a switch from the base is allowed. */
  readonly held: number;
  /** Until what is asked for now is in force. */
  readonly lag: number;
  readonly creditMib: number;
  readonly backlogMib: number;
}

export interface Prospect {
  readonly value: Value;
  readonly start: Start;
}

const HOUR = 1;

function momentOf(prospect: Prospect): Moment {
  const { creditMib, backlogMib } = prospect.start;
  return { minute: 0, creditMib, backlogMib, cost: 0, throttledMinutes: 0 };
}

function settingOf(prospect: Prospect): number {
  const { setting } = prospect.start;
  return setting === null ? BASE : (prospect.value.search.settings[setting] as number);
}

/** Hours for which an open setting may be kept before going back. */
const STAYS = [1, 2, 4, 8, 12, 18];

/**
 * Leaving everything as it is for now, in a few ways; each is to be expected over all futures before the cheapest is chosen,
 * because which future it is will not be known by then.
 */
export function keepCosts(prospect: Prospect): readonly number[] {
  const { start, value } = prospect;
  const at = momentOf(prospect);
  if (start.setting === null) return onBase(prospect, at);
  liveNear(at, { setting: settingOf(prospect), until: HOUR_MINUTES }, value.search);
  const stay = { hour: HOUR, setting: start.setting, balanceMib: balanceOf(at) };
  const open = start.locked <= HOUR_MINUTES;
  const locked = Math.max(open ? DAY_HOURS * HOUR_MINUTES : 0, start.locked) - HOUR_MINUTES;
  const longest = at.cost + lockedCost(value, { ...stay, hours: locked / HOUR_MINUTES });
  if (!open) return [longest];
  return [longest, ...STAYS.map((hours) => at.cost + stayThenReturn(value, { ...stay, hours: hours - 1 }))];
}

/** Going to another amount (or Elastic) now. */
export function enterCost(prospect: Prospect, setting: number): number {
  const at = momentOf(prospect);
  liveNear(at, { setting: settingOf(prospect), until: prospect.start.lag }, prospect.value.search);
  return entered(prospect, at, setting);
}

/** Going back to the base now, in as many ways as there are amounts to go to when it runs dry. */
export function backCosts(prospect: Prospect): readonly number[] {
  const { start, value } = prospect;
  const { search } = value;
  const at = momentOf(prospect);
  liveNear(at, { setting: settingOf(prospect), until: start.lag }, search);
  if (search.world.parks) return onBase(prospect, at);
  liveNear(at, { setting: BASE, until: HOUR_MINUTES }, search);
  const from = { hour: HOUR, setting: start.setting ?? 0, balanceMib: balanceOf(at) };
  return [at.cost + returnCost(value, from)];
}

function entered(prospect: Prospect, at: Moment, setting: number): number {
  const { value } = prospect;
  const { search } = value;
  const hours = DAY_HOURS - (HOUR_MINUTES - at.minute) / HOUR_MINUTES;
  liveNear(at, { setting: search.settings[setting] as number, until: HOUR_MINUTES }, search);
  return at.cost + lockedCost(value, { hour: HOUR, setting, hours, balanceMib: balanceOf(at) });
}

/** The rest of the first hour on the base; when that runs dry, with or without a switch as soon as it is noticed. */
function onBase(prospect: Prospect, at: Moment): readonly number[] {
  const { start } = prospect;
  const { search } = prospect.value;
  liveNear(at, { setting: BASE, until: HOUR_MINUTES, untilThrottled: search.world.reactionMinutes }, search);
  const noticed = { ...at };
  liveNear(at, { setting: BASE, until: HOUR_MINUTES }, search);
  const held = Math.ceil((start.held - HOUR_MINUTES) / HOUR_MINUTES);
  const stayed = at.cost + afterHold(prospect, balanceOf(at), held);
  if (noticed.minute >= HOUR_MINUTES || start.held > noticed.minute)
    return [stayed, ...search.settings.map(() => stayed)];
  return [stayed, ...search.settings.map((_, setting) => Math.min(stayed, entered(prospect, { ...noticed }, setting)))];
}

function afterHold(prospect: Prospect, balanceMib: number, hours: number): number {
  const { value } = prospect;
  const { search } = value;
  const at = { balanceMib, cost: 0 };
  const end = Math.min(search.future.volumeMib.length, HOUR + Math.max(0, hours));
  for (let hour = HOUR; hour < end; hour++) hourOnCredits(at, search.future, { hour, world: search.world });
  return at.cost + valueAt(value.base, end * value.rungs, { ladder: search.ladder, balanceMib: at.balanceMib });
}
