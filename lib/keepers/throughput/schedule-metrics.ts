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
const BASIC: readonly (readonly [Metric, EfsMetricQuery['statistic']])[] = [
  ['BurstCreditBalance', 'Average'],
  ['PermittedThroughput', 'Average'],
  ['MeteredIOBytes', 'Sum'],
];

interface Wanted {
  readonly fileSystemId: string;
  /** `PercentIOLimit` is asked for once an hour: a metric asked for is a metric paid for. */
  readonly withIoLimit: boolean;
}

type Found = ReadonlyMap<string, Series>;

/** The last hours of all that are due, in one batch. */
export function recentSeries(wanted: readonly Wanted[], nowMs: number, world: World): Promise<Fact<Found>> {
  const toMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const window = { fromMs: toMs - RECENT_MS, toMs, periodSeconds: 60 };
  const queries = wanted.flatMap(({ fileSystemId, withIoLimit }) => [
    ...BASIC.map(([metric, statistic]) => ({ fileSystemId, metric, statistic, ...window })),
    ...(withIoLimit ? [{ fileSystemId, metric: 'PercentIOLimit', statistic: 'Average', ...window } as const] : []),
  ]);
  return ask(queries, { wanted, periodMinutes: 1, world });
}

/** Two weeks before that, of the few whose credits are in question. */
export function olderSeries(wanted: readonly Wanted[], nowMs: number, world: World): Promise<Fact<Found>> {
  const stepMs = OLDER_PERIOD_MINUTES * MINUTE_MS;
  const toMs = Math.ceil((Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - RECENT_MS) / stepMs) * stepMs;
  const window = { fromMs: toMs - KEPT_MS + RECENT_MS, toMs, periodSeconds: OLDER_PERIOD_MINUTES * 60 };
  const queries = wanted.flatMap(({ fileSystemId }) =>
    BASIC.map(([metric, statistic]) => ({ fileSystemId, metric, statistic, ...window })),
  );
  return ask(queries, { wanted, periodMinutes: OLDER_PERIOD_MINUTES, world });
}

interface Asking {
  readonly wanted: readonly Wanted[];
  readonly periodMinutes: number;
  readonly world: World;
}

async function ask(queries: readonly EfsMetricQuery[], { wanted, periodMinutes, world }: Asking): Promise<Fact<Found>> {
  if (queries.length === 0) return present(new Map());
  const found = await world.metrics.efs(queries);
  if (found.state !== 'present') return found;
  const of = (id: string, metric: Metric): MetricSeries | undefined => found.value.get(`${id}/${metric}`);
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
