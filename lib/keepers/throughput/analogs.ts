import type { Demand } from './censored.ts';
import { BIN_MINUTES, DAY_MINUTES } from './clock.ts';

/** An earlier day, as a guess at what comes next. */
export interface Analog {
  readonly days: number;
  /** Minutes after which it repeats. */
  readonly period: number;
  /** Minutes by which the earlier day ran ahead of this one. */
  readonly offset: number;
  /** MiB/s of the earlier day at the present moment. */
  readonly level: number;
  readonly growth: number;
  /** 0: the last hours went the same; 1: nothing in common. */
  readonly mismatch: number;
  readonly weight: number;
}

const EARLIER_DAYS = [1, 2, 3, 4, 5, 6, 7, 14];
const WEEKLY = 2;
const ALIGN_MINUTES = 40;
const RECENT_MINUTES = 120;
const LEVEL_MINUTES = 15;
/** Per bin, MiB/s: differences of this size say nothing. */
const QUIET = 1;
const MOST_GROWTH = 1.5;

/** The earlier days that are known, weighed by how well they foretold the last week and how well they fit the last hours. */
export function analogsOf(demand: Demand): Analog[] {
  const known = EARLIER_DAYS.filter((days) => demand.count >= days * DAY_MINUTES);
  const hourly = hourlyOf(demand);
  if (known.length > 0) return known.map((days) => analogOf(demand, hourly, days));
  const period = Math.max(1, demand.count);
  return [{ days: 0, period, offset: 0, level: levelAt(demand, demand.count), growth: 1, mismatch: 1, weight: 1 }];
}

function analogOf(demand: Demand, hourly: Float64Array, days: number): Analog {
  const period = days * DAY_MINUTES;
  const { offset, mismatch } = align(demand, period);
  const growth = growthOf(hourly, days * 24);
  const skill = 1 / (0.15 + missOf(hourly, days * 24)) ** 2;
  const weight = skill * Math.exp(-((mismatch / 0.3) ** 2)) * (days % 7 === 0 ? WEEKLY : 1) + 1e-6;
  return {
    days,
    period,
    offset,
    level: levelAt(demand, demand.count - period + offset) * growth,
    growth,
    mismatch,
    weight,
  };
}

function levelAt(demand: Demand, end: number): number {
  const span = Math.max(1, Math.min(LEVEL_MINUTES, end));
  return sum(demand.mibps, end - span, end) / span;
}

/** Moves the earlier day by up to 40 minutes so that its last two hours look most like these. */
function align(demand: Demand, period: number): { offset: number; mismatch: number } {
  let best = { offset: 0, mismatch: 1, score: Number.POSITIVE_INFINITY };
  for (let offset = -ALIGN_MINUTES; offset <= ALIGN_MINUTES; offset += BIN_MINUTES) {
    if (demand.count - period + offset < RECENT_MINUTES || offset > period - 1) continue;
    const mismatch = mismatchAt(demand, period - offset);
    const score = mismatch + Math.abs(offset) * 0.002;
    if (score < best.score) best = { offset, mismatch, score };
  }
  return best;
}

function mismatchAt(demand: Demand, shift: number): number {
  const { mibps, count } = demand;
  let missed = 0;
  let volume = 0;
  for (let back = BIN_MINUTES; back <= RECENT_MINUTES; back += BIN_MINUTES) {
    const now = sum(mibps, count - back, count - back + BIN_MINUTES) / BIN_MINUTES;
    const then = sum(mibps, count - back - shift, count - back - shift + BIN_MINUTES) / BIN_MINUTES;
    missed += Math.max(0, Math.abs(now - then) - QUIET / 2);
    volume += now + then + QUIET;
  }
  return missed / volume;
}

/** MiB/s-minutes of each hour, the latest first. */
function hourlyOf(demand: Demand): Float64Array {
  const hours = new Float64Array(Math.floor(demand.count / 60));
  for (let back = 0; back < hours.length; back++)
    hours[back] = sum(demand.mibps, demand.count - (back + 1) * 60, demand.count - back * 60);
  return hours;
}

/** How far off this analog was in the hours of the last week, 0 to 1. */
function missOf(hourly: Float64Array, periodHours: number): number {
  const window = Math.min(7 * 24, hourly.length - periodHours);
  let missed = 0;
  let volume = 0;
  for (let back = 0; back < window; back++) {
    const now = hourly[back] as number;
    const then = hourly[back + periodHours] as number;
    missed += Math.abs(now - then);
    volume += now + then;
  }
  return volume > 0 ? missed / volume : 0.5;
}

/** How the last day compares with the same day a period ago: the median of its hours, so that one batch is no growth. */
function growthOf(hourly: Float64Array, periodHours: number): number {
  const ratios: number[] = [];
  for (let back = 0; back < 24 && back + periodHours < hourly.length; back++) {
    const then = hourly[back + periodHours] as number;
    if (then > 60) ratios.push((hourly[back] as number) / then);
  }
  if (periodHours === 24 || ratios.length < 12) return 1;
  const median = ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1;
  return Math.min(MOST_GROWTH, Math.max(1 / MOST_GROWTH, median));
}

function sum(series: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = Math.max(0, from); index < to; index++) total += series[index] || 0;
  return total;
}
