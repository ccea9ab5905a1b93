import { meteredMibps } from '../../simulator/throughput/minute.ts';
import { burstMibps, earnedMibps, maximumCreditMib } from '../../simulator/throughput/rates.ts';
import { type LoadSeries, TERMS, type Terms } from './replay.ts';

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
  return { minutes, ...flat, creditMib: series.creditMib, terms };
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

/** Lives `from` to `to` in one setting, in place: the same physics as the simulator, on metered work only. */
export function liveThrough(live: Live, setting: number, span: { from: number; to: number; problem: Problem }): void {
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
