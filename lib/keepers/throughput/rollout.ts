import { type Allowance, permittedOnCredits } from './allowance.ts';
import type { Scenario } from './scenarios.ts';

export type Accrual = 'storage' | 'max' | 'frozen';

/** What holds in every future of one file system. */
export interface World {
  readonly allowance: Allowance;
  readonly accrual: Accrual;
  readonly usdPerMibpsMinute: number;
  readonly throttledMinuteUsd: number;
  /** Minutes from running dry until a switch is in force: metric delay, cadence, apply. */
  readonly reactionMinutes: number;
  readonly lockMinutes: number;
  /** Parking keeps the mode; a return to Bursting mode holds the next switch for a day. */
  readonly parks: boolean;
}

/** Where a future begins. 0 MiB/s is the base: bursting or parked. */
export interface Start {
  readonly mibps: number;
  /** Minutes until a return or a decrease is allowed. */
  readonly locked: number;
  /** Minutes until a switch from the base to Provisioned is allowed. */
  readonly held: number;
  readonly creditMib: number;
  readonly backlogMib: number;
  /** Minutes until what is decided now is in force. */
  readonly lag: number;
}

export interface Plan {
  /** What to do now: keep the setting, or go to an amount (0: back to the base). */
  readonly first: 'keep' | number;
  /** What to go to when the credits run dry; null: throttle. */
  readonly raise: number | null;
  /** Whether to come back when the lock is open and the base would do for a while. */
  readonly returns: boolean;
}

export interface Cost {
  readonly usd: number;
  readonly throttledMinutes: number;
}

interface Cursor {
  minute: number;
  creditMib: number;
  backlogMib: number;
  usd: number;
  throttledMinutes: number;
  /** Minute from which a return is allowed, or a switch up. */
  unlocked: number;
  free: number;
}

interface Ride {
  readonly cursor: Cursor;
  readonly scenario: Scenario;
  readonly world: World;
}

/** Lives a plan through a scenario, minute by minute, with work waiting. */
export function rollout(plan: Plan, start: Start, at: { scenario: Scenario; world: World }): Cost {
  const { creditMib, backlogMib } = start;
  const cursor = {
    minute: 0,
    creditMib,
    backlogMib,
    usd: 0,
    throttledMinutes: 0,
    unlocked: start.locked,
    free: start.held,
  };
  const ride: Ride = { cursor, ...at };
  const end = at.scenario.mibps.length;
  let setting = start.mibps;
  if (plan.first !== 'keep') {
    liveOn(ride, setting, { until: Math.min(end, start.lag) });
    setting = change(ride, plan.first);
  }
  while (cursor.minute < end) {
    if (setting > 0) {
      const until = plan.returns ? Math.min(end, Math.max(cursor.minute + 15, cursor.unlocked)) : end;
      liveOn(ride, setting, { until });
      if (cursor.minute < end && baseWillDo(ride, setting)) setting = change(ride, 0);
      continue;
    }
    const dry = liveOn(ride, 0, { until: end, untilDry: plan.raise !== null });
    if (dry && plan.raise !== null) setting = change(ride, plan.raise);
  }
  const committed = setting > 0 ? Math.max(0, cursor.unlocked - end) * priceOf(setting, at.world) : 0;
  return { usd: cursor.usd + committed, throttledMinutes: cursor.throttledMinutes };
}

function change(ride: Ride, setting: number): number {
  const { cursor, world } = ride;
  if (setting > 0) cursor.unlocked = cursor.minute + world.lockMinutes;
  else cursor.free = world.parks ? cursor.minute : cursor.minute + world.lockMinutes;
  return setting;
}

function priceOf(setting: number, world: World): number {
  return Math.max(0, setting - world.allowance.baselineMibps) * world.usdPerMibpsMinute;
}

/** Whether the base would last long enough for the saving to pay for another switch. */
function baseWillDo(ride: Ride, setting: number): boolean {
  const { cursor, scenario, world } = ride;
  const { baselineMibps } = world.allowance;
  const transitionUsd = (world.reactionMinutes + 2) * world.throttledMinuteUsd;
  const least = world.parks ? Math.min(1440, Math.max(60, transitionUsd / priceOf(setting, world))) : world.lockMinutes;
  const { volumeMib } = scenario;
  const before = volumeMib[cursor.minute] as number;
  for (let ahead = 60; ahead < least + 60; ahead += 60) {
    const at = Math.min(volumeMib.length - 1, cursor.minute + Math.min(ahead, least));
    const used = (volumeMib[at] as number) - before - baselineMibps * 60 * (at - cursor.minute);
    if (cursor.creditMib - cursor.backlogMib - used < 0) return false;
  }
  return true;
}

/** Lives on in one setting; answers whether it ended because the credits ran dry. */
function liveOn(ride: Ride, setting: number, stop: { until: number; untilDry?: boolean }): boolean {
  const { cursor, scenario, world } = ride;
  const { allowance, accrual, reactionMinutes } = world;
  const { baselineMibps, fullMib } = allowance;
  const paid = setting > baselineMibps;
  const gain = paid && accrual === 'max' ? setting : baselineMibps;
  let { minute, creditMib, backlogMib, throttledMinutes } = cursor;
  const began = minute;
  let dryMinutes = 0;
  while (minute < stop.until && !(stop.untilDry === true && dryMinutes > reactionMinutes && minute >= cursor.free)) {
    const offered = (scenario.mibps[minute] as number) + backlogMib / 60;
    const permitted = paid ? setting : permittedOnCredits(allowance, creditMib);
    const served = offered < permitted ? offered : permitted;
    const waits = offered - served;
    backlogMib = waits * 60;
    if (waits > 0.05 && waits > offered * 0.01) {
      throttledMinutes++;
      dryMinutes++;
    }
    if (!paid || accrual !== 'frozen') creditMib = Math.min(fullMib, Math.max(0, creditMib + 60 * (gain - served)));
    minute++;
  }
  cursor.usd += (minute - began) * priceOf(setting, world);
  Object.assign(cursor, { minute, creditMib, backlogMib, throttledMinutes });
  return minute < stop.until;
}
