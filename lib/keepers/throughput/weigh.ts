import { candidateAmounts } from './candidates.ts';
import { futureOf } from './futures.ts';
import { ladderOf } from './ladder.ts';
import { backCosts, enterCost, keepCosts, type Prospect } from './options.ts';
import type { Situation } from './situation.ts';
import { planFor } from './value.ts';
import { ELASTIC } from './world.ts';

/** Expected dollars of each thing that may be done now, throttled minutes at their price, over all futures. */
export interface Weighed {
  readonly keep: number;
  /** Infinite where it is not allowed now. */
  readonly back: number;
  readonly enter: readonly { readonly mibps: number; readonly cost: number }[];
}

/** Compares what may be done now, each with the best that can follow it in each future. */
export function weigh(at: Situation): Weighed {
  const current = at.paidMibps;
  const amounts = candidateAmounts(at.demand, at.recipes, {
    above: at.world.allowance.baselineMibps,
    most: Math.min(at.most, Math.max(at.granted, current === null || current === ELASTIC ? 0 : current)),
    backlogMib: at.demand.backlogMib,
    parks: at.world.parks,
  });
  const settings = [...new Set([...amounts, ...(current === null ? [] : [current])])].sort((a, b) => a - b);
  if (at.elastic && current !== ELASTIC) settings.push(ELASTIC);
  const prospects = at.recipes.map((recipe) => prospectOf(at, recipe, settings));
  const expected = (costs: (prospect: Prospect) => readonly number[]): number => leastExpected(prospects, costs);
  const mayEnter = (mibps: number): boolean =>
    mibps !== current && (current === null ? at.held <= 0 : mibps > current || at.locked <= 0);
  return {
    keep: expected(keepCosts),
    back: current !== null && at.locked <= 0 ? expected(backCosts) : Number.POSITIVE_INFINITY,
    enter: settings
      .map((mibps, setting) => ({ mibps, setting }))
      .filter(({ mibps }) => mayEnter(mibps))
      .map(({ mibps, setting }) => ({ mibps, cost: expected((prospect) => [enterCost(prospect, setting)]) })),
  };
}

/** The least of several ways, each expected over all futures. */
function leastExpected(prospects: readonly Prospect[], costs: (prospect: Prospect) => readonly number[]): number {
  const totals: number[] = [];
  let weights = 0;
  for (const prospect of prospects) {
    const { weight } = prospect.value.search.future;
    weights += weight;
    costs(prospect).forEach((cost, way) => {
      totals[way] = (totals[way] ?? 0) + weight * cost;
    });
  }
  return Math.min(...totals) / weights;
}

function prospectOf(at: Situation, recipe: Situation['recipes'][number], settings: readonly number[]): Prospect {
  const { world } = at;
  const scope = { hours: at.hours, burstMibps: world.allowance.burstMibps, amounts: settings };
  const future = futureOf(at.demand, recipe, scope);
  const dayMib = future.volumeMib.slice(0, 24).reduce((sum, mib) => sum + mib, 0);
  const ladder = ladderOf(world.allowance.fullMib, Math.max(dayMib, at.demand.backlogMib * 1.5, 3600));
  const search = { future, world, ladder, settings };
  const setting = at.paidMibps === null ? null : settings.indexOf(at.paidMibps);
  const start = {
    setting,
    locked: Math.max(0, at.locked) + at.agoMinutes,
    held: Math.max(0, at.held) + at.agoMinutes,
    lag: Math.min(59, at.agoMinutes + 1),
    creditMib: at.creditMib,
    backlogMib: at.demand.backlogMib,
  };
  return { value: planFor(search), start };
}
