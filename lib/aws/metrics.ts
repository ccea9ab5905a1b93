import type { MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { type Fact, present, unknown } from '../domain/fact.ts';
import type { EfsMetricQuery, MetricReads, MetricSeries } from '../verbs.ts';
import type { Border } from './border.ts';
import type { CloudWatchApi } from './cloudwatch-client.ts';
import { factOf } from './once.ts';
import { collect } from './pages.ts';

/** CloudWatch API reference, GetMetricData: 500 queries in a call. */
const QUERIES = 500;

type Series = ReadonlyMap<string, MetricSeries>;
type Points = Map<string, { readonly atMs: number[]; readonly values: number[] }>;

/** Not kept for the run, unlike other reads: nobody asks for the same points twice, and there are many of them. */
export function createMetricReads({ clients }: Border): MetricReads {
  return { efs: (queries) => factOf(async () => read(await clients.metrics(), queries)) };
}

async function read(api: CloudWatchApi, queries: readonly EfsMetricQuery[]): Promise<Fact<Series>> {
  const series: Points = new Map(queries.map((query) => [nameOf(query), { atMs: [], values: [] }]));
  for (const part of parts(queries)) {
    const pages = api.dataPages({
      ...windowOf(part),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: part.map(toQuery),
    });
    const results = await collect(pages, (page) => page.MetricDataResults);
    const failed = results.find((one) => one.StatusCode === 'InternalError' || one.StatusCode === 'Forbidden');
    if (failed) return unknown(`CloudWatch answered ${failed.StatusCode} for ${failed.Label ?? failed.Id}`);
    for (const result of results) add(series, { result, part });
  }
  return present(series);
}

/** One call has one window of time, so queries with different windows go in different calls. */
function parts(queries: readonly EfsMetricQuery[]): EfsMetricQuery[][] {
  const windows = Map.groupBy(queries, (query) => `${query.fromMs} ${query.toMs}`);
  return [...windows.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / QUERIES) }, (_, index) =>
      same.slice(index * QUERIES, (index + 1) * QUERIES),
    ),
  );
}

function windowOf(part: readonly EfsMetricQuery[]): { readonly StartTime: Date; readonly EndTime: Date } {
  return { StartTime: new Date(part[0]?.fromMs ?? 0), EndTime: new Date(part[0]?.toMs ?? 0) };
}

function toQuery(query: EfsMetricQuery, index: number): MetricDataQuery {
  return {
    Id: `m${index}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/EFS',
        MetricName: query.metric,
        Dimensions: [{ Name: 'FileSystemId', Value: query.fileSystemId }],
      },
      Period: query.periodSeconds,
      Stat: query.statistic,
    },
  };
}

function add(series: Points, { result, part }: { result: MetricDataResult; part: readonly EfsMetricQuery[] }): void {
  const query = part[Number(result.Id?.slice(1))];
  const points = query && series.get(nameOf(query));
  points?.atMs.push(...(result.Timestamps ?? []).map((time) => time.getTime()));
  points?.values.push(...(result.Values ?? []));
}

function nameOf(query: EfsMetricQuery): string {
  return `${query.fileSystemId}/${query.metric}`;
}
