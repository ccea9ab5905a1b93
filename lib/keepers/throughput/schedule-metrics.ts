import { type Fact, present } from '../../domain/fact.ts';
import type { EfsMetricQuery, MetricSeries } from '../../verbs.ts';
import type { World } from '../../world.ts';
import type { Series } from './schedule-points.ts';
import { MINUTE_MS } from './schedule-row.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** Three hours of minutes: 500 series of them fit in one answer of CloudWatch (100,800 points). */
export const RECENT_MS = 3 * HOUR_MS;
/** Of what is older, five minutes are one point: a fifth of the data, and the policy's own bins. */
const OLDER_PERIOD_MINUTES = 5;
/** CloudWatch keeps minutes for 15 days. */
const KEPT_MS = 15 * 24 * HOUR_MS;

type Metric = EfsMetricQuery['metric'];
export type Wish = readonly [Metric, EfsMetricQuery['statistic']];

export const BALANCE: Wish = ['BurstCreditBalance', 'Average'];
/** Asked for once an hour at most: a metric asked for is a metric paid for. */
export const IO_LIMIT: Wish = ['PercentIOLimit', 'Average'];
export const USE: readonly Wish[] = [
  ['PermittedThroughput', 'Average'],
  ['MeteredIOBytes', 'Sum'],
];

export interface Wanted {
  readonly fileSystemId: string;
  readonly metrics: readonly Wish[];
}

type Found = ReadonlyMap<string, Series>;

/** The last hours of some metrics. */
export function recentSeries(wanted: readonly Wanted[], nowMs: number, world: World): Promise<Fact<Found>> {
  const toMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const window = { fromMs: toMs - RECENT_MS, toMs, periodSeconds: 60 };
  return ask(wanted, { window, world });
}

/** Two weeks before that, of the few whose credits are in question. */
export function olderSeries(wanted: readonly Wanted[], nowMs: number, world: World): Promise<Fact<Found>> {
  const stepMs = OLDER_PERIOD_MINUTES * MINUTE_MS;
  const toMs = Math.ceil((Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - RECENT_MS) / stepMs) * stepMs;
  const window = { fromMs: toMs - KEPT_MS + RECENT_MS, toMs, periodSeconds: OLDER_PERIOD_MINUTES * 60 };
  return ask(wanted, { window, world });
}

interface Asking {
  readonly window: Pick<EfsMetricQuery, 'fromMs' | 'toMs' | 'periodSeconds'>;
  readonly world: World;
}

async function ask(wanted: readonly Wanted[], { window, world }: Asking): Promise<Fact<Found>> {
  const queries = wanted.flatMap(({ fileSystemId, metrics }) =>
    metrics.map(([metric, statistic]) => ({ fileSystemId, metric, statistic, ...window })),
  );
  if (queries.length === 0) return present(new Map());
  const found = await world.metrics.efs(queries);
  if (found.state !== 'present') return found;
  const of = (id: string, metric: Metric): MetricSeries | undefined => found.value.get(`${id}/${metric}`);
  const periodMinutes = window.periodSeconds / 60;
  return present(
    new Map(wanted.map(({ fileSystemId }) => [fileSystemId, seriesFrom(fileSystemId, periodMinutes, of)])),
  );
}

function seriesFrom(
  id: string,
  periodMinutes: number,
  of: (id: string, metric: Metric) => MetricSeries | undefined,
): Series {
  const [credit, permitted, metered, ioLimit] = [
    of(id, 'BurstCreditBalance'),
    of(id, 'PermittedThroughput'),
    of(id, 'MeteredIOBytes'),
    of(id, 'PercentIOLimit'),
  ];
  return {
    periodMinutes,
    ...(credit && { credit }),
    ...(permitted && { permitted }),
    ...(metered && { metered }),
    ...(ioLimit && { ioLimit }),
  };
}
