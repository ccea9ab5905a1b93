import { meteredMibps } from '../../simulator/throughput/minute.ts';
import { burstMibps, earnedMibps, maximumCreditMib } from '../../simulator/throughput/rates.ts';
import { type LoadSeries, TERMS, type Terms } from './terms.ts';

/** A series as the search reads it: flat arrays of minutes. */
export interface Problem {
  readonly minutes: number;
  readonly demand: Float64Array;
  readonly earned: Float64Array;
  readonly burst: Float64Array;
  readonly most: Float64Array;
  /** Elastic dollars for one metered MiB of this minute's mix. */
  readonly elasticUsd: Float64Array;
  readonly creditMib: number;
  readonly terms: Terms;
  /** Of each full hour: demand summed over its minutes, the highest and lowest minute, Elastic dollars. */
  readonly hourly: Readonly<Record<'sum' | 'highest' | 'lowest' | 'elasticUsd', Float64Array>>;
}

export function problemOf(series: LoadSeries, terms: Terms = TERMS): Problem {
  const minutes = series.sizeGib.length;
  const fields = ['demand', 'earned', 'burst', 'most', 'elasticUsd'] as const;
  const flat = Object.fromEntries(fields.map((field) => [field, new Float64Array(minutes)])) as Record<
    (typeof fields)[number],
    Float64Array
  >;
  const { limits, prices } = terms.physics;
  let size = series.sizeGib[0] ?? 0;
  for (let minute = 0; minute < minutes; minute++) {
    if (minute % 60 === 0) size = series.sizeGib[minute] ?? size;
    const load = { readMibps: series.readMibps[minute] ?? 0, writeMibps: series.writeMibps[minute] ?? 0 };
    const demand = meteredMibps(load);
    const usd = load.readMibps * prices.elasticReadUsdPerGib + load.writeMibps * prices.elasticWriteUsdPerGib;
    flat.demand[minute] = demand;
    flat.earned[minute] = earnedMibps(size);
    flat.burst[minute] = burstMibps(size, limits);
    flat.most[minute] = maximumCreditMib(size);
    flat.elasticUsd[minute] = demand > 0 ? usd / demand / 1024 : 0;
  }
  return { minutes, ...flat, hourly: hourlyOf(flat), creditMib: series.creditMib, terms };
}

function hourlyOf(flat: Pick<Problem, 'demand' | 'elasticUsd'>): Problem['hourly'] {
  const hours = Math.floor(flat.demand.length / 60);
  const blank = (): Float64Array => new Float64Array(hours);
  const hourly = {
    sum: blank(),
    highest: blank(),
    lowest: blank().fill(Number.POSITIVE_INFINITY),
    elasticUsd: blank(),
  };
  for (let minute = 0; minute < hours * 60; minute++) {
    const hour = Math.floor(minute / 60);
    const demand = flat.demand[minute] ?? 0;
    hourly.sum[hour] = (hourly.sum[hour] ?? 0) + demand;
    hourly.highest[hour] = Math.max(hourly.highest[hour] ?? 0, demand);
    hourly.lowest[hour] = Math.min(hourly.lowest[hour] ?? 0, demand);
    hourly.elasticUsd[hour] = (hourly.elasticUsd[hour] ?? 0) + demand * 60 * (flat.elasticUsd[minute] ?? 0);
  }
  return hourly;
}

/** A setting as a number: MiB/s provisioned, or one of the two below. Parking is an amount at or below the baseline. */
export const BURSTING = 0;
export const ELASTIC = -1;

export interface Live {
  creditMib: number;
  backlogMib: number;
  /** Dollars and throttled minutes at their price. */
  cost: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly problem: Problem;
}

/** Lives `from` to `to` in one setting, in place: the same physics as the simulator, on metered work only. */
export function liveThrough(live: Live, setting: number, span: Span): void {
  const { problem } = span;
  let minute = span.from;
  while (minute < span.to) {
    if (minute % 60 === 0 && minute + 60 <= span.to && calmHour(live, setting, { problem, hour: minute / 60 })) {
      minute += 60;
      continue;
    }
    const until = Math.min(span.to, minute + 60 - (minute % 60));
    liveMinutes(live, setting, { from: minute, to: until, problem });
    minute = until;
  }
}

/** A full hour at once, where nothing waits and credits meet neither end; answers whether that was so. */
function calmHour(live: Live, setting: number, at: { problem: Problem; hour: number }): boolean {
  const { hourly, earned, burst, most, terms } = at.problem;
  const earn = earned[at.hour * 60] as number;
  const paid = setting > earn;
  const highest = hourly.highest[at.hour] as number;
  const usedMib = (hourly.sum[at.hour] as number) * 60;
  if (
    live.backlogMib > 0 ||
    highest >
      (paid ? setting : setting === ELASTIC ? terms.physics.limits.elasticMibps : (burst[at.hour * 60] as number))
  )
    return false;
  if (setting === ELASTIC) {
    live.cost += hourly.elasticUsd[at.hour] as number;
    return true;
  }
  const gain = paid && terms.physics.accrual === 'max' ? setting : earn;
  const still = paid && terms.physics.accrual === 'frozen';
  const stuck = paid && live.creditMib === 0 && (hourly.lowest[at.hour] as number) >= gain;
  const inside = live.creditMib >= usedMib && live.creditMib + gain * 3600 <= (most[at.hour * 60] as number);
  if (!still && !stuck && !inside) return false;
  if (!still && !stuck) live.creditMib += gain * 3600 - usedMib;
  if (paid) live.cost += ((setting - earn) * terms.physics.prices.provisionedUsdPerMibpsMonth) / 720;
  return true;
}

function liveMinutes(live: Live, setting: number, span: Span): void {
  const { problem } = span;
  const { demand, earned, burst, most, elasticUsd, terms } = problem;
  const perMibpsMinute = terms.physics.prices.provisionedUsdPerMibpsMonth / 43_200;
  const lambda = terms.throttledMinuteUsd;
  const { accrual } = terms.physics;
  let { creditMib, backlogMib, cost } = live;
  for (let minute = span.from; minute < span.to; minute++) {
    const earn = earned[minute] as number;
    const offered = (demand[minute] as number) + backlogMib / 60;
    const paid = setting > earn;
    const permitted = paid
      ? setting
      : setting === ELASTIC
        ? terms.physics.limits.elasticMibps
        : Math.max(1, Math.min(burst[minute] as number, earn + creditMib / 60));
    const served = offered < permitted ? offered : permitted;
    const waits = offered - served;
    backlogMib = waits * 60;
    if (waits > 0.05 && waits > offered * 0.01) cost += lambda;
    if (paid) cost += (setting - earn) * perMibpsMinute;
    if (setting === ELASTIC) cost += served * 60 * (elasticUsd[minute] as number);
    else if (!paid || accrual !== 'frozen') {
      const gain = paid && accrual === 'max' ? setting : earn;
      creditMib = Math.min(most[minute] as number, Math.max(0, creditMib + 60 * (gain - served)));
    }
  }
  live.creditMib = creditMib;
  live.backlogMib = backlogMib;
  live.cost = cost;
}
