import { DAY_HOURS } from './clock.ts';
import { hourOnCredits, hoursOf, type PaidHours, paidHour } from './hours.ts';
import { valueAt } from './ladder.ts';
import { lockRide } from './lock-ride.ts';
import { CHANGE_USD, isDirect, leaveAt, type Search, type Value, type Where } from './tables.ts';

/** Dynamic programming over the hours of one future, backwards. */
export function planFor(search: Search): Value {
  const { future, ladder, settings, world } = search;
  const hours = future.volumeMib.length;
  const table = (): Float64Array => new Float64Array((hours + 1) * ladder.rungs.length);
  const value: Value = {
    search,
    rungs: ladder.rungs.length,
    hours: settings.map((mibps, setting) => hoursOf({ mibps, over: future.over[setting], future }, world)),
    base: table(),
    leave: table(),
    open: settings.map(table),
    enter: settings.map(table),
  };
  const entry = new Float64Array(ladder.rungs.length);
  const leaves = settings.some((_, setting) => !isDirect(search, setting));
  value.leave.fill(CHANGE_USD, hours * value.rungs);
  for (let hour = hours - 1; hour >= 0; hour--) {
    entry.fill(Number.POSITIVE_INFINITY);
    for (let setting = settings.length - 1; setting >= 0; setting--) enterAt(value, { hour, setting }, entry);
    baseAt(value, hour, entry);
    if (leaves) leaveAt(value, hour);
    for (let setting = 0; setting < settings.length; setting++) openAt(value, { hour, setting }, entry);
  }
  return value;
}

/** All balances share one ride through the lock: only what is left of the credits, or the time to work off a backlog, differs. */
function enterAt(value: Value, where: Where, entry: Float64Array): void {
  const { ladder } = value.search;
  const into = value.enter[where.setting] as Float64Array;
  const from = where.hour * value.rungs;
  const ride = lockRide(value, { ...where, hours: DAY_HOURS, balanceMib: 0 });
  const open = value.open[where.setting] as Float64Array;
  const after = { ladder, balanceMib: ride.balanceMib };
  for (let rung = 0; rung < value.rungs; rung++) {
    const start = ladder.rungs[rung] as number;
    const creditMib = Math.min(ride.most, Math.max(ride.least, start + ride.moved));
    if (ride.balanceMib >= 0) after.balanceMib = creditMib;
    const follows = valueAt(open, ride.hour * value.rungs, after);
    const clearing = start < 0 ? clearingCost(value, where, start) : 0;
    const cost = CHANGE_USD + clearing + Math.min(ride.raised, ride.cost + follows);
    into[from + rung] = cost;
    if (cost < (entry[rung] as number)) entry[rung] = cost;
  }
}

/** Throttled minutes until work that waits is worked off, at most a lock's worth. */
function clearingCost(value: Value, where: Where, startMib: number): number {
  const { roomMib, throttledMinuteUsd } = value.hours[where.setting] as PaidHours;
  const end = Math.min(roomMib.length, where.hour + DAY_HOURS);
  let waiting = -startMib;
  let hours = 0;
  for (let hour = where.hour; hour < end && waiting > 0; hour++) {
    const room = roomMib[hour] as number;
    hours += room > waiting ? waiting / room : 1;
    waiting -= room;
  }
  return hours * 60 * throttledMinuteUsd;
}

function baseAt(value: Value, hour: number, entry: Float64Array): void {
  const { ladder, future, world } = value.search;
  const from = hour * value.rungs;
  const at = { balanceMib: 0, cost: 0, ladder };
  for (let rung = 0; rung < value.rungs; rung++) {
    at.balanceMib = ladder.rungs[rung] as number;
    at.cost = 0;
    hourOnCredits(at, future, { hour, world });
    value.base[from + rung] = Math.min(entry[rung] as number, at.cost + valueAt(value.base, from + value.rungs, at));
  }
}

function openAt(value: Value, where: Where, entry: Float64Array): void {
  const { ladder } = value.search;
  const { hour, setting } = where;
  const open = value.open[setting] as Float64Array;
  const hours = value.hours[setting] as PaidHours;
  const back = isDirect(value.search, setting) ? value.base : value.leave;
  const backUsd = back === value.base ? CHANGE_USD : 0;
  const from = hour * value.rungs;
  const at = { balanceMib: 0, cost: 0, ladder };
  for (let rung = 0; rung < value.rungs; rung++) {
    const balanceMib = ladder.rungs[rung] as number;
    at.balanceMib = balanceMib;
    at.cost = 0;
    paidHour(at, hours, hour);
    const stay = at.cost + valueAt(open, from + value.rungs, at);
    open[from + rung] = Math.min(stay, backUsd + (back[from + rung] as number), entry[rung] as number);
  }
}
