import type { Demand } from './censored.ts';
import { DAY_MINUTES } from './clock.ts';
import type { Recipe } from './futures.ts';

const QUANTILES = [0.75, 0.9, 0.96, 0.99, 0.998];
/** Where there is no free parking, a small amount is the next best thing. */
const LOW_QUANTILES = [0.3, 0.5];
const HEADROOM = 1.04;
const SAMPLE_MINUTES = 4;
const AHEAD_MINUTES = 1.5 * DAY_MINUTES;
/** Hours in which work that waits might be cleared. */
const CLEARING_HOURS = [2, 8];
const SPACING = 1.05;
const MOST = 7;

interface Limits {
  readonly above: number;
  readonly most: number;
  readonly backlogMib: number;
  readonly parks: boolean;
}

/** Amounts worth weighing, whole MiB/s, rising: what the coming day may ask for at its quantiles, and what clears the work that waits. */
export function candidateAmounts(demand: Demand, recipes: readonly Recipe[], limits: Limits): number[] {
  const sample = sampled(demand, recipes);
  const quantile = (part: number): number => sample[Math.floor(part * (sample.length - 1))] ?? 0;
  const mean = sample.reduce((sum, mibps) => sum + mibps, 0) / Math.max(1, sample.length);
  const levels = [
    ...(limits.parks ? QUANTILES : [...LOW_QUANTILES, ...QUANTILES]).map((part) => quantile(part) * HEADROOM),
    quantile(0.99) * 1.15,
    mean * HEADROOM,
    ...CLEARING_HOURS.map((hours) => mean * HEADROOM + limits.backlogMib / (hours * 3600)),
  ];
  const amounts: number[] = [];
  for (const level of levels.sort((a, b) => a - b)) {
    const mibps = Math.min(limits.most, Math.max(1, Math.ceil(level)));
    if (mibps > limits.above && mibps >= (amounts.at(-1) ?? 0) * SPACING + 0.5) amounts.push(mibps);
  }
  return thinned(amounts);
}

function thinned(amounts: readonly number[]): number[] {
  if (amounts.length <= MOST) return [...amounts];
  const step = (amounts.length - 1) / (MOST - 1);
  return Array.from({ length: MOST }, (_, index) => amounts[Math.round(index * step)] as number);
}

function sampled(demand: Demand, recipes: readonly Recipe[]): Float64Array {
  const perRecipe = AHEAD_MINUTES / SAMPLE_MINUTES;
  const sample = new Float64Array(perRecipe * recipes.length);
  let filled = 0;
  for (const { analog, keep, present } of recipes)
    for (let index = 0; index < perRecipe; index++) {
      const minute = index * SAMPLE_MINUTES;
      const source =
        minute < keep
          ? demand.count - 1 - (minute % Math.min(60, present.spellMinutes))
          : demand.count - analog.period + (minute % analog.period);
      sample[filled++] = (demand.mibps[source] || 0) * (minute < keep ? 1 : analog.growth);
    }
  return sample.sort();
}
