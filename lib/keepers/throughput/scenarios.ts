import type { Demand } from './censored.ts';

/** One way the coming minutes may go. */
export interface Scenario {
  readonly name: string;
  readonly weight: number;
  /** MiB/s, from the first minute that is not known yet. */
  readonly mibps: Float64Array;
  /** Sum of the minutes before each index, MiB. */
  readonly volumeMib: Float64Array;
}

const DAY = 1440;
const SHIFT_DAYS = [1, 2, 3, 7];
const LEVEL_MINUTES = 30;
const TOLERANCE_MINUTES = 20;
const MOST_GROWTH = 1.5;
/** What a level that was not seen at this hour lasts, in parts of what it has lasted: quartiles of 1/(1+x). */
const SPELLS = [1 / 3, 1, 3];

interface Base {
  readonly days: number;
  readonly period: number;
  readonly ratio: number;
  readonly weight: number;
}

/** The last day, days or week again, scaled to the recent level; a level not seen at this hour lasts as long again as it has lasted. */
export function scenariosOf(demand: Demand, horizon: number): Scenario[] {
  const bases = basesOf(demand);
  const spell = unusualSpell(demand, bases);
  if (spell === null) return bases.map((base) => build(demand, base, { horizon, keep: 0, share: 1 }));
  const best = [...bases].sort((a, b) => b.weight - a.weight).slice(0, 2);
  return best.flatMap((base) =>
    SPELLS.map((part) =>
      build(demand, base, { horizon, keep: Math.round(spell * part), spell, share: 1 / SPELLS.length }),
    ),
  );
}

function basesOf(demand: Demand): Base[] {
  const bases = SHIFT_DAYS.filter((days) => demand.count >= days * DAY).map((days) => baseOf(demand, days));
  if (bases.length > 0) return bases;
  return [{ days: 0, period: Math.max(1, demand.count), ratio: 1, weight: 1 }];
}

function baseOf(demand: Demand, days: number): Base {
  const period = days * DAY;
  const window = Math.min(7 * DAY, demand.count - period);
  let missed = 0;
  let volume = 0;
  for (let back = 60; back <= window; back += 60) {
    const now = sum(demand.mibps, demand.count - back, demand.count - back + 60);
    const then = sum(demand.mibps, demand.count - back - period, demand.count - back - period + 60);
    missed += Math.abs(now - then);
    volume += now + then;
  }
  const error = volume > 0 ? missed / volume : 0.5;
  return { days, period, ratio: growthOf(demand, period), weight: 1 / (0.05 + error) ** 2 };
}

/** How the last day compares with the same day a period ago: the median of the hours, so that one batch does not count as growth. */
function growthOf(demand: Demand, period: number): number {
  const ratios: number[] = [];
  for (let back = 60; back <= DAY && demand.count - back - period >= 0; back += 60) {
    const now = sum(demand.mibps, demand.count - back, demand.count - back + 60);
    const then = sum(demand.mibps, demand.count - back - period, demand.count - back - period + 60);
    if (then > 60) ratios.push(now / then);
  }
  if (period === DAY || ratios.length < 12) return 1;
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1;
  return Math.min(MOST_GROWTH, Math.max(1 / MOST_GROWTH, median));
}

/** How many minutes the present level has lasted, when no base has seen it at this hour give or take 20 minutes; else null. */
function unusualSpell(demand: Demand, bases: readonly Base[]): number | null {
  const { mibps, count } = demand;
  if (count < LEVEL_MINUTES) return null;
  const level = sum(mibps, count - LEVEL_MINUTES, count) / LEVEL_MINUTES;
  for (const { period, ratio } of bases) {
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let offset = -TOLERANCE_MINUTES; offset <= TOLERANCE_MINUTES; offset += 5) {
      const end = count - period + offset;
      if (end < LEVEL_MINUTES || end > count) continue;
      const then = (sum(mibps, end - LEVEL_MINUTES, end) / LEVEL_MINUTES) * ratio;
      low = Math.min(low, then);
      high = Math.max(high, then);
    }
    if (level >= low * 0.6 - 0.5 && level <= high * 1.5 + 0.5) return null;
  }
  return lastedMinutes(mibps, count, level);
}

function lastedMinutes(mibps: Float64Array, count: number, level: number): number {
  let minutes = LEVEL_MINUTES;
  while (minutes + 10 <= count) {
    const mean = sum(mibps, count - minutes - 10, count - minutes) / 10;
    if (mean < level / 2 - 0.5 || mean > level * 2 + 0.5) break;
    minutes += 10;
  }
  return minutes;
}

interface Form {
  readonly horizon: number;
  readonly keep: number;
  readonly spell?: number;
  readonly share: number;
}

function build(demand: Demand, base: Base, form: Form): Scenario {
  const { mibps, count } = demand;
  const { horizon, keep, spell = 1 } = form;
  const ahead = new Float64Array(horizon);
  const volumeMib = new Float64Array(horizon + 1);
  const fallback = count > 0 ? sum(mibps, 0, count) / count : 0;
  for (let minute = 0; minute < horizon; minute++) {
    const source = minute < keep ? count - spell + (minute % spell) : count - base.period + (minute % base.period);
    const value = mibps[source] ?? fallback;
    ahead[minute] = (Number.isNaN(value) ? fallback : value) * (minute < keep ? 1 : base.ratio);
    volumeMib[minute + 1] = (volumeMib[minute] as number) + (ahead[minute] as number) * 60;
  }
  const name = `${base.days} d${keep > 0 ? ` after ${keep} min as now` : ''}`;
  return { name, weight: base.weight * form.share, mibps: ahead, volumeMib };
}

function sum(series: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = Math.max(0, from); index < to; index++) total += series[index] || 0;
  return total;
}
