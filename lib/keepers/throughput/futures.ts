import { type Analog, analogsOf } from './analogs.ts';
import type { Demand } from './censored.ts';
import { HOUR_MINUTES } from './clock.ts';

/** One way the coming hours may go, from the first minute that is not known yet. */
export interface Future {
  readonly name: string;
  readonly weight: number;
  /** MiB/s of each minute of the first hour. */
  readonly near: Float64Array;
  /** MiB of each hour. */
  readonly volumeMib: Float64Array;
  /** Minutes of each hour that ask for more than the burst rate. */
  readonly overBurst: Float64Array;
  /** The same for each amount that is weighed. */
  readonly over: readonly Float64Array[];
}

export interface Scope {
  readonly hours: number;
  readonly burstMibps: number;
  readonly amounts: readonly number[];
}

const LEVEL_MINUTES = 15;
/** A level that differs by more than this factor from what an earlier day had is not that day again. */
const UNUSUAL = 1.6;
/** MiB/s below which differences do not matter. */
const NEGLIGIBLE = 0.7;
/** How long a present level holds, in parts of what it has lasted already: quartiles of 1/(1+x). */
const SPELLS = [1, 1 / 3, 3];
/** A scale seen now fades into the usual one. */
const FADE_MINUTES = 180;
/** An earlier day that differs more than this from the last hours does not explain them. */
const EXPLAINS = 0.4;
/** Futures that weigh less than this part of the heaviest are not worth their time. */
const NEGLIGIBLE_WEIGHT = 0.04;
const MOST_FUTURES = 5;

interface Present {
  readonly level: number;
  readonly spellMinutes: number;
}

/** How one future is made: an earlier day again, after `keep` minutes as now. */
export interface Recipe {
  readonly analog: Analog;
  readonly keep: number;
  readonly weight: number;
  readonly present: Present;
}

/** Earlier days again, aligned with and scaled to the present; where they do not explain it, the present goes on for a while. */
export function recipesOf(demand: Demand): Recipe[] {
  const analogs = analogsOf(demand);
  const present = presentOf(demand);
  const usual = (analog: Analog): boolean => analog.mismatch < EXPLAINS && isUsual(present, analog);
  const spell = (analog: Analog, part: number, share: number): Recipe => ({
    analog,
    present,
    keep: Math.round(present.spellMinutes * part),
    weight: analog.weight * share,
  });
  if (!analogs.some(usual)) {
    const best = analogs.toSorted((a, b) => b.weight - a.weight).slice(0, 2);
    return best.flatMap((analog) => SPELLS.map((part) => spell(analog, part, 1 / SPELLS.length)));
  }
  const recipes = analogs.map((analog, index) =>
    isUsual(present, analog) ? spell(analog, 0, 1) : spell(analog, SPELLS[index % SPELLS.length] ?? 1, 0.5),
  );
  const heaviest = Math.max(...recipes.map(({ weight }) => weight));
  return recipes
    .filter(({ weight }) => weight >= heaviest * NEGLIGIBLE_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_FUTURES);
}

function presentOf(demand: Demand): Present {
  const { mibps, count } = demand;
  const span = Math.min(LEVEL_MINUTES, count);
  const level = sum(mibps, count - span, count) / Math.max(1, span);
  let minutes = span;
  while (minutes + 10 <= count) {
    const mean = sum(mibps, count - minutes - 10, count - minutes) / 10;
    if (mean < level / 2 - NEGLIGIBLE || mean > level * 2 + NEGLIGIBLE) break;
    minutes += 10;
  }
  return { level, spellMinutes: minutes };
}

function isUsual(present: Present, analog: Analog): boolean {
  return present.level <= analog.level * UNUSUAL + NEGLIGIBLE && analog.level <= present.level * UNUSUAL + NEGLIGIBLE;
}

export function futureOf(demand: Demand, recipe: Recipe, scope: Scope): Future {
  const { hours, burstMibps, amounts } = scope;
  const { analog, keep } = recipe;
  const near = new Float64Array(HOUR_MINUTES);
  const hour = new Float64Array(HOUR_MINUTES);
  const volumeMib = new Float64Array(hours);
  const overBurst = new Float64Array(hours);
  const over = amounts.map(() => new Float64Array(hours));
  for (let index = 0; index < hours; index++) {
    fill(hour, index * HOUR_MINUTES, { demand, recipe });
    if (index === 0) near.set(hour);
    volumeMib[index] = sum(hour, 0, HOUR_MINUTES) * 60;
    let highest = 0;
    for (let inside = 0; inside < HOUR_MINUTES; inside++) highest = Math.max(highest, hour[inside] as number);
    if (highest > burstMibps) overBurst[index] = minutesOver(hour, burstMibps);
    for (let at = 0; at < amounts.length && highest > (amounts[at] as number); at++)
      (over[at] as Float64Array)[index] = minutesOver(hour, amounts[at] as number);
  }
  const name = `${analog.days} d ago${keep > 0 ? ` after ${keep} min as now` : ''}`;
  return { name, weight: recipe.weight, near, volumeMib, overBurst, over };
}

function fill(hour: Float64Array, from: number, source: { demand: Demand; recipe: Recipe }): void {
  const { mibps, count } = source.demand;
  const { analog, keep, present } = source.recipe;
  const { period, offset, growth, level } = analog;
  const tile = Math.max(1, Math.min(60, present.spellMinutes));
  const scale = keep > 0 || level < NEGLIGIBLE ? growth : (present.level / level) * growth;
  for (let inside = 0; inside < HOUR_MINUTES; inside++) {
    const minute = from + inside;
    if (minute < keep) {
      hour[inside] = mibps[count - tile + (minute % tile)] || 0;
      continue;
    }
    const at = count - period + (minute % period);
    const shifted = minute < period && at + offset < count ? at + offset : at;
    const fade = minute < FADE_MINUTES ? scale + ((growth - scale) * minute) / FADE_MINUTES : growth;
    hour[inside] = (mibps[shifted] || 0) * fade;
  }
}

/** Minutes that count as throttled at a rate, as far as one minute does not spill into the next. */
function minutesOver(hour: Float64Array, mibps: number): number {
  const least = Math.max(mibps + 0.05, mibps / 0.99);
  let minutes = 0;
  for (let inside = 0; inside < hour.length; inside++) if ((hour[inside] as number) > least) minutes++;
  return minutes;
}

function sum(series: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = Math.max(0, from); index < to; index++) total += series[index] || 0;
  return total;
}
