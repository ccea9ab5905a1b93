import { type Hour, type PaidHours, paidHour } from './hours.ts';
import { valueAt } from './ladder.ts';
import { returnCost, type Value } from './tables.ts';
import { ELASTIC } from './world.ts';

/** A setting that leaves this many minutes of an hour short is raised within its lock. */
const SHORT_MINUTES = 12;

export interface Stay {
  readonly hour: number;
  readonly setting: number;
  readonly hours: number;
  readonly balanceMib: number;
}

export interface Ride extends Hour {
  /** Hour at which the whole hours of the stay end. */
  hour: number;
  /** What the credits of a fuller start become: moved by this, and kept between these. */
  moved: number;
  least: number;
  most: number;
  /** Cost of going higher where the amount first falls short. */
  raised: number;
}

/** Lives the whole hours of a stay. */
export function lockRide(value: Value, stay: Stay): Ride {
  const { fullMib } = value.search.world.allowance;
  const hours = value.hours[stay.setting] as PaidHours;
  const { creditMib, over } = hours;
  const end = Math.min(creditMib.length, stay.hour + Math.floor(stay.hours));
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
    const net = creditMib[hour] as number;
    ride.moved += net;
    ride.least = Math.min(fullMib, Math.max(0, ride.least + net));
    ride.most = Math.min(fullMib, Math.max(0, ride.most + net));
    const isShort = (over[hour] as number) >= SHORT_MINUTES || ride.balanceMib < 0;
    if (isShort && hour > stay.hour && ride.raised === Number.POSITIVE_INFINITY)
      ride.raised = cost + raiseCost(value, { hour, setting: stay.setting, balanceMib: before });
  }
  return ride;
}

function raiseCost(value: Value, from: { hour: number; setting: number; balanceMib: number }): number {
  const { settings, ladder, world } = value.search;
  let least = Number.POSITIVE_INFINITY;
  for (let higher = from.setting + 1; higher < settings.length; higher++) {
    if (settings[higher] === ELASTIC) continue;
    const enter = value.enter[higher] as Float64Array;
    least = Math.min(least, valueAt(enter, from.hour * value.rungs, { ladder, balanceMib: from.balanceMib }));
  }
  return least + world.reactionMinutes * world.throttledMinuteUsd;
}

/** Staying for the hours of a lock, or going higher within it where that is short, and what follows. */
export function lockedCost(value: Value, stay: Stay): number {
  const ride = lockRide(value, stay);
  const after = { ...stay, hour: ride.hour, hours: stay.hours - Math.floor(stay.hours), balanceMib: ride.balanceMib };
  return Math.min(ride.raised, ride.cost + afterLock(value, after));
}

/** Staying for some hours although the lock is open, then going back. */
export function stayThenReturn(value: Value, stay: Stay): number {
  const ride = lockRide(value, stay);
  return ride.cost + returnCost(value, { hour: ride.hour, setting: stay.setting, balanceMib: ride.balanceMib });
}

/** What follows a lock that ends within an hour: between going on at the hour before and at the hour after. */
function afterLock(value: Value, stay: Stay): number {
  const { hour, setting, hours, balanceMib } = stay;
  const { ladder, future } = value.search;
  const open = value.open[setting] as Float64Array;
  const soon = valueAt(open, hour * value.rungs, { ladder, balanceMib });
  if (hours <= 0 || hour >= future.volumeMib.length) return soon;
  const at: Hour = { balanceMib, cost: 0 };
  paidHour(at, value.hours[setting] as PaidHours, hour);
  const late = at.cost + valueAt(open, (hour + 1) * value.rungs, { ladder, balanceMib: at.balanceMib });
  return soon * (1 - hours) + late * hours;
}
