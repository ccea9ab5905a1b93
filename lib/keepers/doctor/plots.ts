import type { VolumeFacts } from '../../diagnosis/mount-facts.ts';
import { type Fact, seen } from '../../domain/fact.ts';
import type { Plot } from '../../report/doctor/report.ts';
import type { MetricSeries } from '../../verbs.ts';
import { PERIOD_SECONDS } from './gather-series.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const FEWEST = 2;

/** The last day of a file system: what it has saved up, and what it may do against what it does. */
export function plotsOf({ efs }: VolumeFacts, fact: Fact<ReadonlyMap<string, MetricSeries>>): readonly Plot[] {
  const all = seen(fact);
  const series = (metric: string) => all?.get(`${efs.fileSystemId}/${metric}`);
  const credits = series('BurstCreditBalance');
  const permitted = series('PermittedThroughput');
  const metered = series('MeteredIOBytes');
  return [
    ...(isDrawn(credits) ? [creditPlot(credits)] : []),
    ...(isDrawn(permitted) ? [throughputPlot(permitted, metered)] : []),
  ];
}

function isDrawn(series: MetricSeries | undefined): series is MetricSeries {
  return series !== undefined && series.values.length >= FEWEST;
}

function creditPlot({ atMs, values }: MetricSeries): Plot {
  return {
    title: 'Burst credit balance',
    unit: 'GiB',
    atMs,
    lines: [{ name: 'credits', values: values.map((bytes) => bytes / GIB) }],
  };
}

/** EFS user guide, "Amazon CloudWatch metrics": PermittedThroughput is in bytes a second, MeteredIOBytes a sum of bytes. */
function throughputPlot(permitted: MetricSeries, metered: MetricSeries | undefined): Plot {
  const sums = new Map(metered?.atMs.map((atMs, index) => [atMs, metered.values[index] ?? 0]));
  const used = permitted.atMs.map((atMs) => (sums.get(atMs) ?? 0) / PERIOD_SECONDS / MIB);
  return {
    title: 'Throughput',
    unit: 'MiB/s',
    atMs: permitted.atMs,
    lines: [
      { name: 'permitted', values: permitted.values.map((bytes) => bytes / MIB) },
      { name: 'used', values: used },
    ],
  };
}
