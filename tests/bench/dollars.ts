import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CallRecord, createAccount } from '../../lib/simulator/account.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import type { Part, Row } from './row.ts';
import { installed, ROOT, traceOf } from './slow-account.ts';

/**
 * US dollars in us-east-1, without the free tier: pages "AWS Lambda pricing" (arm64), "Amazon DynamoDB pricing for
 * on-demand capacity", "Amazon CloudWatch pricing", "Amazon SNS pricing". What is not here costs nothing a call:
 * the APIs of ECS, EFS, EC2, IAM and CloudTrail, standard parameters, and events of AWS services on the default bus.
 */
const USD = {
  lambdaRequest: 0.2 / 1e6,
  lambdaGibSecond: 0.000_013_333_4,
  ledgerWrite: 0.625 / 1e6,
  ledgerRead: 0.125 / 1e6,
  metricOfGetMetricData: 0.01 / 1_000,
  logGib: 0.5,
  metricMonth: 0.3,
  metricOfAlarmMonth: 0.1,
} as const;

const HOURS_A_MONTH = 730;
const MINUTES = 60;
const COUNTED = [10, 100] as const;
const TOLD = [10, 100, 1_000] as const;
/** Beyond an answer of AWS a call costs its function this much time; so many go at once where they are many. */
const CALL_SECONDS = 0.06;
const AT_ONCE = 25;
/** Sent in every hour: runs and event age of the sweep, runs of the throughput keeper, what drift and provision leave alone. */
const METRICS_ALWAYS = 5;
const GIB = 1;
const LOG_BYTES_A_RUN = 700;

export const dollars: Part = {
  name: 'dollars',
  run: async () => {
    const parts = (await months()).flatMap(({ families, sweep, watch, fixed: always }) => {
      const name = `${families.toLocaleString('en')} families, each with a file system of its own`;
      return [
        usd(`a month, all together: ${name}`, always + sweep + watch),
        usd(`a month, of that the sweep every hour: ${name}`, sweep),
        usd(`a month, of that watching throughput: ${name}`, watch),
      ];
    });
    return [usd('a month, whatever the account holds: alarms and metrics', fixed()), ...parts];
  },
};

export interface Month {
  readonly families: number;
  readonly sweep: number;
  readonly watch: number;
  readonly fixed: number;
}

/** US dollars a month, worked out from the calls that are counted. */
export async function months(): Promise<readonly Month[]> {
  const [few, more] = await Promise.all(COUNTED.map((families) => monthOf(families)));
  if (!few || !more) return [];
  return TOLD.map((families) => ({
    families,
    sweep: at(families, [few.sweep, more.sweep]),
    watch: at(families, [few.watch, more.watch]),
    fixed: fixed(),
  }));
}

function usd(what: string, figure: number): Row {
  return { what: `US dollars ${what}`, figure, unit: 'USD' };
}

/** Both grow in a line with the families (the sweep's rows show it), so a thousand need not be built. */
function at(families: number, [few, more]: readonly [number, number]): number {
  return few + ((more - few) * (families - COUNTED[0])) / (COUNTED[1] - COUNTED[0]);
}

function fixed(): number {
  // An alarm on an expression is paid for each metric in it.
  const watched = readFileSync(join(ROOT, 'serverless.yml'), 'utf8').match(/MetricStat:|^ {8}MetricName:/gm) ?? [];
  return watched.length * USD.metricOfAlarmMonth + METRICS_ALWAYS * USD.metricMonth;
}

/** Each family with a file system of its own: the dearest way to have them. */
async function monthOf(families: number): Promise<{ readonly sweep: number; readonly watch: number }> {
  const account = createAccount();
  for (let number = 0; number < families; number += 1) buildEstate(account, { name: `shop${number}` });
  const { deliver, invoke } = installed(account, { patterns: {} });
  const schedule = { source: 'aws.events', 'detail-type': 'Throughput Schedule' };
  // The first run of each learns; what is paid for every month is what comes after.
  await invoke('sweep', {});
  await deliver('throughput', schedule);
  const beforeSweep = account.callCount();
  await invoke('sweep', {});
  const sweep = costOf(traceOf(account, 'sweep', beforeSweep).calls, 1);
  const beforeWatch = account.callCount();
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await account.clock.advance(60_000);
    await deliver('throughput', schedule);
  }
  const watch = costOf(traceOf(account, 'throughput', beforeWatch).calls, MINUTES);
  return { sweep: sweep * HOURS_A_MONTH, watch: watch * HOURS_A_MONTH };
}

function costOf(calls: readonly CallRecord[], runs: number): number {
  const of = (operations: RegExp) => calls.filter(({ operation }) => operations.test(operation)).length;
  const metrics = calls.flatMap(
    ({ input }) => (input as { MetricDataQueries?: readonly unknown[] }).MetricDataQueries ?? [],
  );
  const seconds = Math.max(runs * 2, calls.length / AT_ONCE, 1) * CALL_SECONDS;
  return (
    runs * USD.lambdaRequest +
    seconds * GIB * USD.lambdaGibSecond +
    of(/^(PutItem|DeleteItem)$/) * USD.ledgerWrite +
    of(/^(GetItem|Query)$/) * USD.ledgerRead +
    metrics.length * USD.metricOfGetMetricData +
    ((runs * LOG_BYTES_A_RUN) / 1024 ** 3) * USD.logGib
  );
}
