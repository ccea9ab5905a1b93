import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
  MetricDatum,
  PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import type { SimPoint, SimSeries } from '../state.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;
/** How long points of a period are kept ("Metrics retention", CloudWatch user guide). */
const RETENTION = [
  { below: 300, days: 15 },
  { below: 3_600, days: 63 },
  { below: Number.POSITIVE_INFINITY, days: 455 },
] as const;

type Statistic = (points: readonly SimPoint[]) => number;
const sum: Statistic = (points) => points.reduce((total, point) => total + point.sum, 0);
const count: Statistic = (points) => points.reduce((total, point) => total + point.samples, 0);
const STATISTICS: Readonly<Record<string, Statistic>> = {
  Sum: sum,
  SampleCount: count,
  Average: (points) => sum(points) / count(points),
  Minimum: (points) => Math.min(...points.map((point) => point.min)),
  Maximum: (points) => Math.max(...points.map((point) => point.max)),
};

type SeriesName = Pick<SimSeries, 'namespace' | 'metric' | 'dimensions'>;

function invalid(message: string): never {
  throw simError('ValidationError', 400, message);
}

function keyOf({ namespace, metric, dimensions }: SeriesName): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, metric, sorted]);
}

/** Appends what was measured in one minute; points must come in order of time. */
export function addPoint(account: Account, name: SeriesName, point: SimPoint): void {
  const { series } = account.state.cloudwatch;
  const key = keyOf(name);
  const present = series[key] ?? { ...name, points: [] };
  series[key] = present;
  present.points.push(point);
}

function seriesOf(account: Account, query: MetricDataQuery): SimSeries | undefined {
  const metric = query.MetricStat?.Metric;
  if (metric === undefined) return invalid('simulated account: metric math is not written');
  const dimensions = Object.fromEntries((metric.Dimensions ?? []).map((one) => [one.Name ?? '', one.Value ?? '']));
  const name = { namespace: metric.Namespace ?? '', metric: metric.MetricName ?? '', dimensions };
  return account.state.cloudwatch.series[keyOf(name)];
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Inside the asked span, old enough to have arrived, and young enough to be kept. */
function visible(account: Account, span: Span, periodSeconds: number): Span {
  const nowMs = account.clock.nowMs();
  const days = RETENTION.find((row) => periodSeconds < row.below)?.days ?? 0;
  return {
    fromMs: Math.max(span.fromMs, nowMs - days * DAY_MS),
    toMs: Math.min(span.toMs, nowMs - account.state.cloudwatch.metricDelayMs),
  };
}

function evaluate(account: Account, query: MetricDataQuery, span: Span): MetricDataResult {
  const period = query.MetricStat?.Period ?? 0;
  if (period < 60 || period % 60 !== 0) invalid('Period must be a multiple of 60 seconds');
  const statistic =
    STATISTICS[query.MetricStat?.Stat ?? ''] ?? invalid(`Statistic ${query.MetricStat?.Stat} is not valid`);
  const { fromMs, toMs } = visible(account, span, period);
  const buckets = new Map<number, SimPoint[]>();
  for (const point of seriesOf(account, query)?.points ?? []) {
    if (point.atMs < fromMs || point.atMs >= toMs) continue;
    const start = Math.floor(point.atMs / (period * 1000)) * period * 1000;
    const bucket = buckets.get(start);
    if (bucket === undefined) buckets.set(start, [point]);
    else bucket.push(point);
  }
  const newestFirst = [...buckets].sort(([one], [other]) => other - one);
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
    Timestamps: newestFirst.map(([atMs]) => new Date(atMs)),
    Values: newestFirst.map(([, points]) => statistic(points)),
    StatusCode: 'Complete',
  };
}

function reversed(result: MetricDataResult): MetricDataResult {
  return { ...result, Timestamps: result.Timestamps?.reverse(), Values: result.Values?.reverse() };
}

/** A page holds whole metrics until the limit of datapoints is reached; at least one. */
function getMetricData(account: Account, input: GetMetricDataInput): GetMetricDataOutput {
  const queries = input.MetricDataQueries ?? [];
  if (queries.length === 0 || queries.length > MOST_QUERIES)
    invalid(`1 to ${MOST_QUERIES} queries are allowed in a call`);
  if (new Set(queries.map((query) => query.Id)).size < queries.length) invalid('Query ids must be unique');
  if (queries.some((query) => !/^[a-z]\w*$/.test(query.Id ?? ''))) invalid('Query ids begin with a lower-case letter');
  const span = { fromMs: input.StartTime?.getTime() ?? 0, toMs: input.EndTime?.getTime() ?? 0 };
  if (span.fromMs >= span.toMs) invalid('StartTime must be before EndTime');
  const limit = Math.min(input.MaxDatapoints ?? MOST_DATAPOINTS, MOST_DATAPOINTS);
  const results: MetricDataResult[] = [];
  let points = 0;
  let index = Number(input.NextToken ?? '0');
  for (; index < queries.length && points < limit; index += 1) {
    const query = queries[index];
    if (query === undefined) break;
    const result = evaluate(account, query, span);
    points += result.Values?.length ?? 0;
    if (points > limit && results.length > 0) break;
    if (query.ReturnData !== false) results.push(input.ScanBy === 'TimestampAscending' ? reversed(result) : result);
  }
  return { MetricDataResults: results, Messages: [], NextToken: index < queries.length ? String(index) : undefined };
}

function pointOf(account: Account, datum: MetricDatum): SimPoint {
  const atMs = datum.Timestamp?.getTime() ?? account.clock.nowMs();
  const value = datum.Value ?? invalid('A metric datum needs a value');
  return { atMs: Math.floor(atMs / MINUTE_MS) * MINUTE_MS, sum: value, min: value, max: value, samples: 1 };
}

function putMetricData(account: Account, input: PutMetricDataInput): void {
  const namespace = input.Namespace ?? '';
  if (namespace === '' || namespace.startsWith('AWS/'))
    throw simError('InvalidParameterValue', 400, `The value ${namespace} for parameter Namespace is invalid.`);
  for (const datum of input.MetricData ?? []) {
    const dimensions = Object.fromEntries((datum.Dimensions ?? []).map((one) => [one.Name ?? '', one.Value ?? '']));
    addPoint(account, { namespace, metric: datum.MetricName ?? '', dimensions }, pointOf(account, datum));
  }
}

export const cloudwatchHandlers: Handlers = {
  'CloudWatch.GetMetricData': getMetricData,
  'CloudWatch.PutMetricData': putMetricData,
};
