import type { LoadSeries } from '../../../lib/cli/what-if/terms.ts';
import { FULL_BUCKET_MIB, maximumCreditMib } from '../../../lib/simulator/throughput/rates.ts';
import { type Random, seeded } from './random.ts';

export const DAYS = 30;
export const MINUTES = DAYS * 1440;
/** A Monday. */
export const START_MS = Date.parse('2026-06-01T00:00:00Z');

export interface Shape {
  readonly name: string;
  /** Steady and below the baseline: no policy may touch it. */
  readonly quiet?: boolean;
  readonly make: (seed: number) => LoadSeries;
}

interface Draft {
  /** Metered MiB/s. */
  readonly demand: Float64Array;
  readonly sizeGib: Float64Array;
  readonly creditMib: number;
  /** Share of the metered bytes that are reads. */
  readonly reads: number;
}

function shape(name: string, draft: (random: Random) => Draft, quiet = false): Shape {
  const salt = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const make = (seed: number): LoadSeries => {
    const { demand, sizeGib, creditMib, reads } = draft(seeded(salt + seed * 7919));
    return {
      startMs: START_MS,
      readMibps: demand.map((mibps) => mibps * reads * 3),
      writeMibps: demand.map((mibps) => mibps * (1 - reads)),
      sizeGib,
      creditMib: Math.min(creditMib, maximumCreditMib(sizeGib[0] ?? 0)),
    };
  };
  return quiet ? { name, quiet, make } : { name, make };
}

const steadySize = (gib: number): Float64Array => new Float64Array(MINUTES).fill(gib);
const hourOf = (minute: number): number => (minute % 1440) / 60;
const dayOf = (minute: number): number => Math.floor(minute / 1440);
const isWeekday = (minute: number): boolean => dayOf(minute) % 7 < 5;

/** Minute noise around a level: log-normal, with a slow part that lasts about an hour. */
function noisy(random: Random, level: (minute: number) => number, spread = 0.2): Float64Array {
  const demand = new Float64Array(MINUTES);
  let slow = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    slow = slow * 0.985 + random.normal() * 0.17 * spread;
    demand[minute] = Math.max(
      0,
      level(minute) * Math.exp(slow + random.normal() * spread * 0.7 - spread * spread * 0.35),
    );
  }
  return demand;
}

function add(demand: Float64Array, span: { from: number; minutes: number; mibps: number }): void {
  const end = Math.min(MINUTES, Math.floor(span.from + span.minutes));
  for (let minute = Math.max(0, Math.floor(span.from)); minute < end; minute++)
    demand[minute] = (demand[minute] ?? 0) + span.mibps;
}

/** A bell over the day, 0 at night and 1 at its top. */
function daytime(minute: number, top = 14): number {
  return Math.max(0, Math.cos(((hourOf(minute) - top) / 24) * 2 * Math.PI));
}

const low = shape(
  'steady low',
  (random) => {
    const level = random.between(1, 2.2);
    return {
      demand: noisy(random, () => level, 0.3),
      sizeGib: steadySize(100),
      creditMib: FULL_BUCKET_MIB * random.between(0.4, 1),
      reads: 0.7,
    };
  },
  true,
);

const above = shape('above baseline', (random) => {
  const level = random.between(9, 15);
  return {
    demand: noisy(random, (minute) => level * (0.85 + 0.3 * daytime(minute))),
    sizeGib: steadySize(60),
    creditMib: FULL_BUCKET_MIB,
    reads: 0.5,
  };
});

const nightly = shape('nightly batch', (random) => {
  const demand = noisy(random, () => 1.2, 0.4);
  for (let day = 0; day < DAYS; day++) {
    const from = day * 1440 + 60 + random.normal() * 12;
    add(demand, { from, minutes: random.between(90, 150), mibps: random.between(60, 80) });
  }
  return { demand, sizeGib: steadySize(120), creditMib: FULL_BUCKET_MIB * 0.4, reads: 0.6 };
});

const weekday = shape('weekday', (random) => {
  const top = random.between(36, 46);
  const level = (minute: number) => (isWeekday(minute) ? 1 + top * daytime(minute, 13) : 1 + 0.04 * top);
  return { demand: noisy(random, level), sizeGib: steadySize(150), creditMib: FULL_BUCKET_MIB, reads: 0.8 };
});

const ci = shape('CI spikes', (random) => {
  const demand = noisy(random, () => 0.5, 0.4);
  let minute = 0;
  while (minute < MINUTES) {
    const busy = isWeekday(minute) && hourOf(minute) > 8 && hourOf(minute) < 19;
    if (random.next() < (busy ? 1 : 0.07))
      add(demand, { from: minute, minutes: random.between(4, 16), mibps: random.between(15, 40) });
    minute += random.wait(50);
  }
  return { demand, sizeGib: steadySize(58), creditMib: FULL_BUCKET_MIB * 0.5, reads: 0.85 };
});

const growth = shape('growth', (random) => {
  const daily = random.between(1.2, 2.2);
  const level = (minute: number) => (2 + (minute / MINUTES) * 16) * (0.6 + 0.8 * daytime(minute));
  return {
    demand: noisy(random, level),
    sizeGib: Float64Array.from({ length: MINUTES }, (_, minute) => 70 + (daily * minute) / 1440),
    creditMib: FULL_BUCKET_MIB * 0.6,
    reads: 0.6,
  };
});

const migration = shape('migration', (random) => {
  const from = Math.floor(random.between(4, 12) * 1440);
  const hours = random.between(30, 60);
  const demand = noisy(random, () => 1.5, 0.3);
  add(demand, { from, minutes: hours * 60, mibps: random.between(45, 70) });
  let size = 40;
  const sizeGib = new Float64Array(MINUTES);
  for (let minute = 0; minute < MINUTES; minute++) {
    if (minute >= from && minute < from + hours * 60) size += 0.06;
    sizeGib[minute] = size;
  }
  return { demand, sizeGib, creditMib: FULL_BUCKET_MIB, reads: 0.1 };
});

const incident = shape('incident', (random) => {
  const demand = noisy(random, (minute) => 1.5 + 1.5 * daytime(minute), 0.3);
  const from = random.between(6, 20) * 1440;
  add(demand, { from, minutes: random.between(16, 34) * 60, mibps: random.between(50, 75) });
  return { demand, sizeGib: steadySize(90), creditMib: FULL_BUCKET_MIB, reads: 0.95 };
});

const drain = shape('slow drain', (random) => {
  const level = random.between(7, 9);
  return {
    demand: noisy(random, (minute) => level * (0.5 + 1.1 * daytime(minute)), 0.4),
    sizeGib: steadySize(110),
    creditMib: FULL_BUCKET_MIB * random.between(0.7, 1),
    reads: 0.5,
  };
});

const weekly = shape('weekly batch', (random) => {
  const demand = noisy(random, () => 3, 0.3);
  for (let week = 0; week < 5; week++) {
    const from = (week * 7 + 5) * 1440 + 120 + random.normal() * 20;
    add(demand, { from, minutes: random.between(13, 17) * 60, mibps: random.between(70, 85) });
  }
  return { demand, sizeGib: steadySize(200), creditMib: FULL_BUCKET_MIB * 0.9, reads: 0.7 };
});

const small = shape('small and busy', (random) => {
  const top = random.between(4, 8);
  const level = (minute: number) => (isWeekday(minute) ? 0.3 + top * daytime(minute, 12) : 0.3);
  return { demand: noisy(random, level, 0.3), sizeGib: steadySize(10), creditMib: FULL_BUCKET_MIB * 0.7, reads: 0.7 };
});

const large = shape('large', (random) => {
  const top = random.between(80, 105);
  return {
    demand: noisy(random, (minute) => (isWeekday(minute) ? 45 + top * daytime(minute) : 40)),
    sizeGib: steadySize(1500),
    creditMib: FULL_BUCKET_MIB * 1.2,
    reads: 0.8,
  };
});

export const SHAPES: readonly Shape[] = [
  low,
  above,
  nightly,
  weekday,
  ci,
  growth,
  migration,
  incident,
  drain,
  weekly,
  small,
  large,
];
