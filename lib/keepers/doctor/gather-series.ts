import type { MountFacts } from '../../diagnosis/mount-facts.ts';
import { type Fact, present } from '../../domain/fact.ts';
import type { EfsMetricQuery, MetricSeries } from '../../verbs.ts';
import type { World } from '../../world.ts';

export const WINDOW_MS = 24 * 3_600_000;
/** 96 points a line. */
export const PERIOD_SECONDS = 900;

const METRICS = [
  { metric: 'BurstCreditBalance', statistic: 'Minimum' },
  { metric: 'PermittedThroughput', statistic: 'Minimum' },
  { metric: 'MeteredIOBytes', statistic: 'Sum' },
] as const satisfies readonly Pick<EfsMetricQuery, 'metric' | 'statistic'>[];

/** What the plots are drawn from, for every file system of a workload in one call. */
export async function gatherSeries(mount: MountFacts, world: World): Promise<Fact<ReadonlyMap<string, MetricSeries>>> {
  const ids = mount.volumes.flatMap(({ fileSystem, efs }) =>
    fileSystem.state === 'present' ? [efs.fileSystemId] : [],
  );
  if (ids.length === 0) return present(new Map());
  const toMs = world.nowMs();
  const window = { fromMs: toMs - WINDOW_MS, toMs, periodSeconds: PERIOD_SECONDS };
  const queries = [...new Set(ids)].flatMap((fileSystemId) =>
    METRICS.map((metric) => ({ fileSystemId, ...metric, ...window })),
  );
  return await world.metrics.efs(queries);
}
