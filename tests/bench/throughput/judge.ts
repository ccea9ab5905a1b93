import {
  alarmWithTimer,
  always,
  alwaysProvisioned,
  never,
  percentThresholds,
  researchStudioLambda,
} from '../../../lib/cli/what-if/baselines.ts';
import { optimum } from '../../../lib/cli/what-if/optimum.ts';
import { policyController } from '../../../lib/cli/what-if/policy-controller.ts';
import { replay } from '../../../lib/cli/what-if/replay.ts';
import { type Controller, type LoadSeries, type Replayed, TERMS, type Terms } from '../../../lib/cli/what-if/terms.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';

export const ROWS = [
  'never',
  'always p99',
  'always Elastic',
  'best threshold',
  'alarm and timer',
  'RES lambda',
  'mountkeeper',
  'optimum',
] as const;

export type RowName = (typeof ROWS)[number];

/** What one policy came to in one month. */
export interface Figures {
  readonly usd: number;
  readonly throttledMinutes: number;
  readonly changes: number;
  readonly refusals: number;
  readonly j: number;
}

export interface Judged {
  readonly rows: Readonly<Record<RowName, Figures>>;
  /** J of each threshold with each amount, to be compared over all loads. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Bounds would be an owner's; the bench asks what the policy does when money is weighed by its price alone. */
const SETTINGS = { ...DEFAULT_SETTINGS, maxMibps: 3414, maxMonthlyUsd: Number.MAX_SAFE_INTEGER };

const LEVELS = [
  { low: 20, high: 80 },
  { low: 5, high: 50 },
];
/** Amounts taken from hindsight: parts of the month's minutes that they serve. */
const AMOUNTS = { p90: 0.9, p99: 0.99, max: 1 };

export function judge(series: LoadSeries, terms: Terms = TERMS): Judged {
  const run = (controller: Controller) => replay(series, controller, terms);
  const amountAt = amountsOf(series);
  const thresholds = LEVELS.flatMap((levels) =>
    Object.entries(AMOUNTS).map(([name, part]) => ({
      name: `${levels.low}/${levels.high} % ${name}`,
      came: run(percentThresholds({ ...levels, mibps: amountAt(part) })),
    })),
  );
  const timers = Object.values(AMOUNTS).map((part) => run(alarmWithTimer(amountAt(part))));
  const others = {
    never: run(never()),
    'always p99': run(alwaysProvisioned(amountAt(0.99), 'always p99')),
    'always Elastic': run(always({ mode: 'elastic' }, 'always Elastic')),
    'best threshold': cheapest(thresholds.map(({ came }) => came)),
    'alarm and timer': cheapest(timers),
    'RES lambda': run(researchStudioLambda()),
    mountkeeper: policyIn(series, terms),
  };
  const known = [...Object.values(others), ...timers].map(({ switches }) => switches);
  const rows = { ...others, optimum: run(optimum(series, terms, known)) };
  return {
    rows: Object.fromEntries(ROWS.map((name) => [name, figuresOf(rows[name])])) as Judged['rows'],
    thresholds: Object.fromEntries(thresholds.map(({ name, came }) => [name, came.j])),
  };
}

/** The policy alone, under other terms. */
export function judgePolicy(series: LoadSeries, terms: Terms): Figures {
  return figuresOf(policyIn(series, terms));
}

/** J of each threshold with each amount, under other terms. */
export function judgeThresholds(series: LoadSeries, terms: Terms): Judged['thresholds'] {
  const amountAt = amountsOf(series);
  return Object.fromEntries(
    LEVELS.flatMap((levels) =>
      Object.entries(AMOUNTS).map(([name, part]) => {
        const controller = percentThresholds({ ...levels, mibps: amountAt(part) });
        return [`${levels.low}/${levels.high} % ${name}`, replay(series, controller, terms).j] as const;
      }),
    ),
  );
}

function policyIn(series: LoadSeries, terms: Terms): Replayed {
  return replay(series, policyController(SETTINGS), terms);
}

function amountsOf(series: LoadSeries): (part: number) => number {
  const demand = series.readMibps.map((read, minute) => read / 3 + (series.writeMibps[minute] ?? 0)).toSorted();
  return (part) => Math.ceil(demand[Math.min(demand.length - 1, Math.floor(part * demand.length))] ?? 1);
}

function cheapest(all: readonly Replayed[]): Replayed {
  return all.reduce((best, one) => (one.j < best.j ? one : best));
}

function figuresOf({ usd, monitorUsd, throttledMinutes, switches, refusals, j }: Replayed): Figures {
  return { usd: usd + monitorUsd, throttledMinutes, changes: switches.length, refusals, j };
}
