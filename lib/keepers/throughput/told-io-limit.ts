import type { Finding } from '../../domain/finding.ts';
import type { MetricSeries } from '../../verbs.ts';

const NEAR_PERCENT = 95;
const MINUTES_IN_A_ROW = 10;

/** Operations at their limit for ten minutes on end; CloudWatch has the metric for General Purpose alone. */
export function ioLimitFindings(fileSystemId: string, series: MetricSeries | undefined): readonly Finding[] {
  let run = 0;
  let longest = 0;
  for (const percent of series?.values ?? []) {
    run = percent >= NEAR_PERCENT ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  if (longest < MINUTES_IN_A_ROW) return [];
  const evidence = { percentIoLimit: `${NEAR_PERCENT} or more for ${longest} minutes on end` };
  return [{ code: 'io-limit-reached', subject: fileSystemId, evidence }];
}
