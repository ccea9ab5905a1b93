import { type Allowance, allowanceOf, permittedOnCredits } from './allowance.ts';
import { mostMibps, usdPerMibpsMinute } from './bounds.ts';
import { type Demand, demandOf } from './censored.ts';
import { type DryTimes, dryTimes } from './forecast.ts';
import type { History } from './history.ts';
import { accrualOf } from './learn.ts';
import { refusedUntilMs } from './lock.ts';
import type { Setting } from './memory.ts';
import type { Observed } from './observe.ts';
import { canPark, restingPlace } from './parking.ts';
import type { Start, World } from './rollout.ts';
import { type Scenario, scenariosOf } from './scenarios.ts';
import type { ThroughputInput } from './terms.ts';

const DAY = 1440;
const MINUTE_MS = 60_000;
const APPLY_MINUTES = 1;
/** Until a finding of dryness is acted on: the cadence near the end, and the change itself. */
const NEAR_MINUTES = 3;

/** All that the deciders look at, for one file system at one moment. */
export interface Situation {
  readonly now: number;
  readonly allowance: Allowance;
  readonly demand: Demand;
  readonly scenarios: readonly Scenario[];
  readonly world: World;
  readonly start: Start;
  readonly setting: Setting;
  readonly rest: Setting;
  readonly dry: DryTimes;
  /** Minutes between the last minute that is known and now. */
  readonly agoMinutes: number;
  readonly most: number;
}

export function situationOf(input: ThroughputInput, observed: Observed, history: History): Situation {
  const { memory, setting, role } = observed;
  const { now, settings } = input;
  const allowance = allowanceOf(input.fileSystem.sizeStandardGib);
  // The newest minute of a sum is not complete.
  const known = Math.max(1, history.count - 1);
  const demand = demandOf(history, known);
  const scenarios = scenariosOf(demand, horizonOf(known));
  const agoMinutes = Math.max(0, Math.floor(now / MINUTE_MS) - (history.firstMinute + known));
  const creditMib = creditAfter(history, demand, allowance);
  const rest = restingPlace(memory, allowance);
  const minutesUntil = (to: Setting, from = setting): number =>
    Math.max(0, ((refusedUntilMs(memory, { from, to, nowMs: now }) ?? now) - now) / MINUTE_MS) + agoMinutes;
  return {
    now,
    allowance,
    demand,
    scenarios,
    setting,
    rest,
    agoMinutes,
    dry: dryTimes(scenarios, creditMib, allowance),
    most: mostMibps(memory, allowance.baselineMibps, settings),
    world: {
      allowance,
      accrual: accrualOf(memory.accrual),
      usdPerMibpsMinute: usdPerMibpsMinute(settings),
      throttledMinuteUsd: settings.throttledMinuteUsd,
      reactionMinutes: memory.delayMinutes + NEAR_MINUTES,
      lockMinutes: DAY,
      parks: canPark(memory, allowance),
    },
    start: {
      mibps: role === 'paid' ? setting.mibps : 0,
      locked: minutesUntil(rest),
      held: role === 'base' ? minutesUntil({ mode: 'provisioned', mibps: Number.MAX_VALUE }) : 0,
      creditMib,
      backlogMib: demand.backlogMib,
      lag: agoMinutes + APPLY_MINUTES,
    },
  };
}

/** A week where a day has been seen, less where nearly nothing is known. */
function horizonOf(known: number): number {
  if (known >= 7 * DAY) return 7 * DAY;
  return known >= DAY ? 4 * DAY : 2 * DAY;
}

/** The balance after the last known minute; carried on from the last one told where points are missing. */
function creditAfter(history: History, demand: Demand, allowance: Allowance): number {
  let at = demand.count - 1;
  while (at > 0 && Number.isNaN(history.creditMib[at] as number)) at--;
  const told = history.creditMib[at] as number;
  let creditMib = Number.isNaN(told) ? 0 : told;
  for (let minute = at + 1; minute < demand.count; minute++) {
    const served = Math.min(demand.mibps[minute] || 0, permittedOnCredits(allowance, creditMib));
    creditMib = Math.max(0, creditMib + 60 * (allowance.baselineMibps - served));
  }
  return creditMib;
}
