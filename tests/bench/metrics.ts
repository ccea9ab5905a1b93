import type { Account } from '../../lib/simulator/account.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';
import type { SimPoint } from '../../lib/simulator/state.ts';

const MIB = 1024 ** 2;
const MINUTES = 180;

/** Credits as at the start, and a little use. */
const VALUES: Readonly<Record<string, number>> = {
  BurstCreditBalance: 2.1 * 1024 ** 4,
  PermittedThroughput: 100 * MIB,
  MeteredIOBytes: 60 * MIB,
};

/** Three hours of metrics, of file systems that all have the same. They share them: what is measured is the keeper. */
export function addMetrics(account: Account, fileSystemIds: readonly string[]): void {
  const nowMs = account.clock.nowMs();
  const minutes = Array.from({ length: MINUTES }, (_, index) => nowMs - (MINUTES - index) * 60_000);
  for (const [metric, value] of Object.entries(VALUES)) {
    const points = minutes.map((atMs): SimPoint => ({ atMs, sum: value, min: value, max: value, samples: 1 }));
    const [first] = points;
    for (const id of fileSystemIds)
      if (first) addPoint(account, { namespace: 'AWS/EFS', metric, dimensions: { FileSystemId: id } }, first);
    for (const [key, series] of Object.entries(account.state.cloudwatch.series))
      if (series.metric === metric) account.state.cloudwatch.series[key] = { ...series, points };
  }
}
