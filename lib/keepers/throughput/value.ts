import { DAY_HOURS } from './clock.ts';
import type { Future } from './futures.ts';
import { type Hour, hourOnCredits, hoursOf, type PaidHours, paidHour } from './hours.ts';
import { type Ladder, valueAt } from './ladder.ts';
import { ELASTIC, type World } from './world.ts';

/** A change is worth at least this: it needs a call, an alert and some trust. */
const CHANGE_USD = 0.05;
/** A setting that leaves this many minutes of an hour short is raised within its lock. */
const SHORT_MINUTES = 12;

export interface Search {
  readonly future: Future;
  readonly world: World;
  readonly ladder: Ladder;
  /** Amounts in MiB/s, rising; ELASTIC may be the last. */
  readonly settings: readonly number[];
}

/** The least that a future costs from each hour on, by setting and balance, for whoever knows it. */
export interface Value {
  readonly search: Search;
  /** [setting] */
  readonly hours: readonly PaidHours[];
  /** [hour][rung] on the base, free to switch. */
  readonly base: readonly Float64Array[];
  /** [setting][hour][rung], lock open. */
  readonly open: readonly (readonly Float64Array[])[];
  /** [setting][hour][rung], just gone to. */
  readonly enter: readonly (readonly Float64Array[])[];
}

/** Dynamic programming over the hours of one future, backwards. */
export function planFor(search: Search): Value {
  const { future, ladder, settings, world } = search;
  const hours = future.volumeMib.length;
  const table = (): Float64Array[] => Array.from({ length: hours + 1 }, () => new Float64Array(ladder.rungs.length));
  const value: Value = {
    search,
    hours: settings.map((mibps, setting) => hoursOf({ mibps, over: future.over[setting], future }, world)),
    base: table(),
    open: settings.map(table),
    enter: settings.map(table),
  };
  for (let hour = hours - 1; hour >= 0; hour--) {
    for (let setting = settings.length - 1; setting >= 0; setting--) enterAt(value, hour, setting);
    const entry = cheapestEntry(value, hour);
    baseAt(value, hour, entry);
    for (let setting = 0; setting < settings.length; setting++) openAt(value, { hour, setting }, entry);
  }
  return value;
}

/** Rungs with credits share one ride through the lock: only what is left of the credits differs. */
function enterAt(value: Value, hour: number, setting: number): void {
  const { ladder } = value.search;
  const into = value.enter[setting]?.[hour] as Float64Array;
  for (let rung = 0; rung < ladder.zero; rung++)
    into[rung] =
      CHANGE_USD + lockedCost(value, { hour, setting, hours: DAY_HOURS, balanceMib: ladder.rungs[rung] as number });
  const ride = rideOf(value, { hour, setting, hours: DAY_HOURS, balanceMib: 0 });
  const open = value.open[setting]?.[ride.hour] as Float64Array;
  for (let rung = ladder.zero; rung < into.length; rung++) {
    const creditMib = Math.min(ride.most, Math.max(ride.least, (ladder.rungs[rung] as number) + ride.moved));
    const follows = valueAt(open, ladder, ride.balanceMib < 0 ? ride.balanceMib : creditMib);
    into[rung] = CHANGE_USD + Math.min(ride.raised, ride.cost + follows);
  }
}

interface Stay {
  readonly hour: number;
  readonly setting: number;
  readonly hours: number;
  readonly balanceMib: number;
}

interface Ride extends Hour {
  /** Hour at which the whole hours of the lock end. */
  hour: number;
  /** What the credits of a fuller start become: moved, and kept between these. */
  moved: number;
  least: number;
  most: number;
  /** Cost of going higher where the amount first falls short. */
  raised: number;
}

/** Lives the whole hours of a lock. */
function rideOf(value: Value, stay: Stay): Ride {
  const { future, world } = value.search;
  const { fullMib } = world.allowance;
  const hours = value.hours[stay.setting] as PaidHours;
  const end = Math.min(future.volumeMib.length, stay.hour + Math.floor(stay.hours));
  const ride: Ride = {
    balanceMib: stay.balanceMib,
    cost: 0,
    hour: end,
    moved: 0,
    least: 0,
    most: fullMib,
    raised: Number.POSITIVE_INFINITY,
  };
  for (let hour = stay.hour; hour < end; hour++) {
    const { balanceMib: before, cost } = ride;
    paidHour(ride, hours, hour);
    const net = hours.creditMib[hour] as number;
    ride.moved += net;
    ride.least = Math.min(fullMib, Math.max(0, ride.least + net));
    ride.most = Math.min(fullMib, Math.max(0, ride.most + net));
    if (ride.raised < Number.POSITIVE_INFINITY || hour === stay.hour) continue;
    if ((hours.over[hour] as number) >= SHORT_MINUTES || ride.balanceMib < 0)
      ride.raised = cost + raiseCost(value, { hour, setting: stay.setting, balanceMib: before });
  }
  return ride;
}

/** Staying for the hours of a lock, or going higher within it where that is short, and what follows. */
export function lockedCost(value: Value, stay: Stay): number {
  const ride = rideOf(value, stay);
  const left = stay.hours - Math.floor(stay.hours);
  return Math.min(
    ride.raised,
    ride.cost + afterLock(value, { ...stay, hour: ride.hour, hours: left, balanceMib: ride.balanceMib }),
  );
}

/** Staying for some hours although the lock is open, then going back. */
export function stayThenReturn(value: Value, stay: Stay): number {
  const ride = rideOf(value, stay);
  return ride.cost + returnCost(value, { hour: ride.hour, setting: stay.setting, balanceMib: ride.balanceMib });
}

/** What follows a lock that ends within an hour: between going on at the hour before and at the hour after. */
function afterLock(value: Value, stay: Stay): number {
  const { hour, setting, hours, balanceMib } = stay;
  const { ladder, future } = value.search;
  const open = value.open[setting] as readonly Float64Array[];
  const soon = valueAt(open[hour] as Float64Array, ladder, balanceMib);
  if (hours <= 0 || hour >= future.volumeMib.length) return soon;
  const at: Hour = { balanceMib, cost: 0 };
  paidHour(at, value.hours[setting] as PaidHours, hour);
  const late = at.cost + valueAt(open[hour + 1] as Float64Array, ladder, at.balanceMib);
  return soon * (1 - hours) + late * hours;
}

function raiseCost(value: Value, from: { hour: number; setting: number; balanceMib: number }): number {
  const { settings, ladder, world } = value.search;
  let least = Number.POSITIVE_INFINITY;
  for (let higher = from.setting + 1; higher < settings.length; higher++) {
    if (settings[higher] === ELASTIC) continue;
    least = Math.min(least, valueAt(value.enter[higher]?.[from.hour] as Float64Array, ladder, from.balanceMib));
  }
  return least + world.reactionMinutes * world.throttledMinuteUsd;
}

function cheapestEntry(value: Value, hour: number): Float64Array {
  const least = new Float64Array(value.search.ladder.rungs.length).fill(Number.POSITIVE_INFINITY);
  for (const enter of value.enter) {
    const costs = enter[hour] as Float64Array;
    for (let rung = 0; rung < least.length; rung++)
      least[rung] = Math.min(least[rung] as number, costs[rung] as number);
  }
  return least;
}

function baseAt(value: Value, hour: number, entry: Float64Array): void {
  const { ladder, future, world } = value.search;
  const into = value.base[hour] as Float64Array;
  const next = value.base[hour + 1] as Float64Array;
  const at: Hour = { balanceMib: 0, cost: 0 };
  for (let rung = 0; rung < into.length; rung++) {
    at.balanceMib = ladder.rungs[rung] as number;
    at.cost = 0;
    hourOnCredits(at, future, { hour, world });
    into[rung] = Math.min(entry[rung] as number, at.cost + valueAt(next, ladder, at.balanceMib));
  }
}

function openAt(value: Value, where: { hour: number; setting: number }, entry: Float64Array): void {
  const { hour, setting } = where;
  const { ladder } = value.search;
  const into = value.open[setting]?.[hour] as Float64Array;
  const next = value.open[setting]?.[hour + 1] as Float64Array;
  const hours = value.hours[setting] as PaidHours;
  const direct = value.search.world.parks && value.search.settings[setting] !== ELASTIC;
  const at: Hour = { balanceMib: 0, cost: 0 };
  for (let rung = 0; rung < into.length; rung++) {
    const balanceMib = ladder.rungs[rung] as number;
    at.balanceMib = balanceMib;
    at.cost = 0;
    paidHour(at, hours, hour);
    let least = at.cost + valueAt(next, ladder, at.balanceMib);
    const back = direct
      ? CHANGE_USD + (value.base[hour]?.[rung] as number)
      : returnCost(value, { hour, setting, balanceMib });
    if (back < least) least = back;
    into[rung] = Math.min(least, entry[rung] as number);
  }
}

/** Going back: to parking, from where a switch is always free; or to Bursting mode, which holds the next switch for a day. */
export function returnCost(value: Value, from: { hour: number; setting: number; balanceMib: number }): number {
  const { world, future, ladder, settings } = value.search;
  const { hour, balanceMib } = from;
  if (world.parks && settings[from.setting] !== ELASTIC)
    return CHANGE_USD + valueAt(value.base[hour] as Float64Array, ladder, balanceMib);
  const at: Hour = { balanceMib, cost: CHANGE_USD };
  const end = Math.min(future.volumeMib.length, hour + DAY_HOURS);
  for (let passed = hour; passed < end; passed++) hourOnCredits(at, future, { hour: passed, world });
  return at.cost + valueAt(value.base[end] as Float64Array, ladder, at.balanceMib);
}
