import { type Allowance, allowanceOf, permittedOnCredits } from './allowance.ts';
import { grantedMibps, leftUsd, mostMibps, overBounds, usdPerMibpsMinute } from './bounds.ts';
import { type Demand, demandOf } from './censored.ts';
import { DAY_HOURS, DAY_MINUTES, MINUTE_MS } from './clock.ts';
import { type ElasticForecast, elasticForecast } from './elastic.ts';
import { type DryTimes, dryTimes } from './forecast.ts';
import { futureOf, type Recipe, recipesOf } from './futures.ts';
import type { History } from './history.ts';
import { accrualOf } from './learn.ts';
import { refusedUntilMs } from './lock.ts';
import type { Setting } from './memory.ts';
import type { Observed } from './observe.ts';
import { canPark, restingPlace } from './parking.ts';
import type { ThroughputInput } from './terms.ts';
import { ELASTIC, type World } from './world.ts';

/** Until a finding of dryness is acted on: the cadence near the end, and the change itself. */
const NEAR_MINUTES = 3;
const PEGGED_OF_FIVE = 3;

/** All that the deciders look at, for one file system at one moment. */
export interface Situation {
  readonly now: number;
  readonly world: World;
  readonly demand: Demand;
  readonly recipes: readonly Recipe[];
  /** How far ahead to look. */
  readonly hours: number;
  readonly setting: Setting;
  /** The amount that we pay for now, or ELASTIC; null on the base. */
  readonly paidMibps: number | null;
  /** Where to go back to. */
  readonly rest: Setting;
  /** Minutes until a decrease or return is allowed, and until a switch from the base is. */
  readonly locked: number;
  readonly held: number;
  readonly creditMib: number;
  /** Minutes between the last minute that is known and now. */
  readonly agoMinutes: number;
  /** The most that may be gone to now, and the most that AWS may grant. */
  readonly most: number;
  readonly granted: number;
  /** Why what is paid for now has to end once the lock is open; null while the bounds allow it. */
  readonly over: string | null;
  readonly leftUsd: number;
  /** Whether Elastic may be gone to now. */
  readonly elastic: boolean;
  /** The dearest of the futures; null where Elastic is not in question. */
  readonly elasticForecast: ElasticForecast | null;
  /** Null while Provisioned throughput does not depend on credits. */
  readonly dry: DryTimes | null;
  /** In most of the last minutes all that was permitted was served. */
  readonly pegged: boolean;
  readonly weighDue: boolean;
}

export function situationOf(input: ThroughputInput, observed: Observed, history: History): Situation {
  const { memory, setting, role } = observed;
  const { now, fileSystem } = input;
  const allowance = allowanceOf(fileSystem.sizeStandardGib);
  // The newest minute of a sum is not complete.
  const known = Math.max(1, history.count - 1);
  const demand = demandOf(history, known);
  const pegged = demand.peggedOfLastFive >= PEGGED_OF_FIVE;
  const recipes = recipesOf(demand);
  const creditMib = creditAfter(history, demand, allowance);
  const rest = restingPlace(memory, allowance);
  const hours = hoursAhead(known);
  const minutesUntil = (to: Setting): number =>
    ((refusedUntilMs(memory, { from: setting, to, nowMs: now }) ?? now) - now) / MINUTE_MS;
  const bare = { hours, burstMibps: allowance.burstMibps, amounts: [] };
  const world = worldOf(input, observed, allowance);
  const elastic = mayElastic(input) || role === 'elastic' ? elasticForecast(demand, recipes, world) : null;
  return {
    now,
    world,
    demand,
    recipes,
    hours,
    setting,
    paidMibps: role === 'paid' ? setting.mibps : role === 'elastic' ? ELASTIC : null,
    rest,
    locked: minutesUntil(rest),
    held: role === 'base' ? minutesUntil({ mode: 'provisioned', mibps: Number.MAX_VALUE }) : 0,
    creditMib,
    agoMinutes: Math.max(0, Math.floor(now / MINUTE_MS) - (history.firstMinute + known)),
    ...boundsNow(observed, input, elastic),
    dry:
      role === 'paid' || role === 'elastic'
        ? null
        : dryTimes(
            recipes.map((recipe) => futureOf(demand, recipe, bare)),
            creditMib,
            allowance,
          ),
    pegged,
    weighDue: memory.weighed === null || memory.weighed.dueMs <= now || (pegged && !memory.weighed.pegged),
  };
}

function boundsNow(observed: Observed, input: ThroughputInput, forecast: ElasticForecast | null) {
  const { settings, fileSystem } = input;
  const { memory } = observed;
  const left = leftUsd(memory, settings);
  const { baselineMibps } = allowanceOf(fileSystem.sizeStandardGib);
  return {
    most: mostMibps(memory, baselineMibps, settings),
    granted: grantedMibps(memory),
    over: overOf(observed, input, forecast?.hourUsd),
    leftUsd: left,
    elastic: mayElastic(input) && forecast !== null && forecast.dayUsd <= left,
    elasticForecast: forecast,
  } satisfies Partial<Situation>;
}

function mayElastic({ settings, fileSystem }: ThroughputInput): boolean {
  return settings.allowElastic && fileSystem.performanceMode !== 'maxIO';
}

/** Why the bounds do not allow what we pay for now; null where they do, or where we pay for nothing. */
export function overOf({ memory, setting, role }: Observed, input: ThroughputInput, elasticHourUsd = 0): string | null {
  if (role !== 'paid' && role !== 'elastic') return null;
  const { baselineMibps } = allowanceOf(input.fileSystem.sizeStandardGib);
  const aboveMibps = Math.max(0, setting.mibps - baselineMibps);
  const hourUsd = role === 'elastic' ? elasticHourUsd : 0;
  return overBounds(memory, { mibps: setting.mibps, aboveMibps, elasticHourUsd: hourUsd }, input.settings);
}

function worldOf(input: ThroughputInput, observed: Observed, allowance: Allowance): World {
  const { settings } = input;
  return {
    allowance,
    accrual: accrualOf(observed.memory.accrual),
    usdPerMibpsMinute: usdPerMibpsMinute(settings),
    elasticUsdPerMib: settings.prices.elasticUsdPerMeteredGib / 1024,
    throttledMinuteUsd: settings.throttledMinuteUsd,
    reactionMinutes: observed.memory.delayMinutes + NEAR_MINUTES + observed.memory.lateMinutes,
    parks: canPark(observed.memory, allowance),
  };
}

/** A week where most of one has been seen, less where nearly nothing is known. */
function hoursAhead(known: number): number {
  if (known >= 5 * DAY_MINUTES) return 4 * DAY_HOURS;
  return known >= DAY_MINUTES ? 3 * DAY_HOURS : 2 * DAY_HOURS;
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
