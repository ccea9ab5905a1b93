import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';
import { install } from '../../lib/simulator/stack/installation.ts';
import type { SimPoint } from '../../lib/simulator/state.ts';
import { limit, nearBound, type Row, timed } from './row.ts';

const SIZES = [100, 1_000, 10_000] as const;
/** File systems are kept by the last two hexadecimal digits of their ids. */
const SHARDS = 256;
/** Every row of the ledger that there can be: a read and a write of each shard, the listing, the lease, what is due. */
const MOST_LEDGER_CALLS = 2 * SHARDS + 10;
const MINUTES = 180;
const MIB = 1024 ** 2;
const SAMPLE_MS = 1_000;
const SCHEDULE = { source: 'aws.events', 'detail-type': 'Throughput Schedule' };

/** One run of the keeper in which all file systems are due: calls, time, memory. */
export async function throughputKeeper(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const fileSystems of SIZES) rows.push(...(await watched(fileSystems)));
  return rows;
}

/** 100 a page of DescribeFileSystems, 500 metrics a call of GetMetricData, two of each file system, and the stop button. */
function callsAtLeast(fileSystems: number): number {
  return Math.ceil(fileSystems / 100) + Math.ceil((fileSystems * 2) / 500) + 1;
}

async function watched(fileSystems: number): Promise<readonly Row[]> {
  const account = createAccount();
  const installed = install(account, { functions: FUNCTIONS, patterns: {} });
  settle(account, fileSystems);
  const callsBefore = account.calls.length;
  const memory = watchMemory();
  const first = await timed(() => installed.deliver('throughput', SCHEDULE));
  const { liveMib, spentMs } = memory.stop();
  const calls = account.calls.slice(callsBefore);
  const ledger = calls.filter(({ service }) => service === 'DynamoDB').length;
  const what = `throughput of ${fileSystems.toLocaleString('en')} file systems, all due`;
  return [
    nearBound(1.1, {
      what: `AWS calls, ${what}`,
      figure: calls.length - ledger,
      unit: '',
      floor: callsAtLeast(fileSystems),
      against: 'full pages and batches',
    }),
    limit(MOST_LEDGER_CALLS, { what: `calls of the ledger, ${what}`, figure: ledger, unit: '' }),
    { what: `time, simulated account included, ${what}`, figure: (first.ms - spentMs) / 1000, unit: 's' },
    limit(200, { what: `memory held at most, ${what}`, figure: liveMib, unit: 'MiB' }),
  ];
}

/** File systems with the key, which differ in nothing but their ids. */
function settle(account: Account, fileSystems: number): void {
  const nowMs = account.clock.nowMs();
  for (let index = 0; index < fileSystems; index++) {
    const id = `fs-${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}${index.toString(16).padStart(9, '0')}`;
    account.state.efs.fileSystems[id] = {
      id,
      arn: `arn:aws:elasticfilesystem:${account.region}:${account.accountId}:file-system/${id}`,
      creationToken: id,
      createdAtMs: nowMs,
      performanceMode: 'generalPurpose',
      encrypted: true,
      lifeCycle: 'available',
      throughput: { mode: 'bursting' },
      sizeBytes: { standard: 100 * 1024 ** 3, infrequent: 0, archive: 0 },
      tags: [{ Key: 'mountkeeper:throughput', Value: 'auto' }],
    };
    for (const metric of Object.keys(VALUES)) addPoint(account, nameOf(metric, id), pointAt(nowMs, metric));
  }
  fill(account, nowMs);
}

/** The most that is in use at once on top of what is there now, counted after collecting what is not. */
function watchMemory(): { readonly stop: () => Readonly<Record<'liveMib' | 'spentMs', number>> } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage();
  let most = 0;
  let spentMs = 0;
  const sample = (): void => {
    const startMs = performance.now();
    collect();
    spentMs += performance.now() - startMs;
    most = Math.max(most, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    stop: () => {
      sample();
      clearInterval(timer);
      return {
        liveMib: Math.max(0, most - before.heapUsed) / MIB,
        spentMs,
      };
    },
  };
}

const VALUES: Readonly<Record<string, number>> = {
  BurstCreditBalance: 2.1 * 1024 ** 4,
  PermittedThroughput: 100 * MIB,
  MeteredIOBytes: 60 * MIB,
};

function nameOf(metric: string, id: string) {
  return { namespace: 'AWS/EFS', metric, dimensions: { FileSystemId: id } };
}

function pointAt(atMs: number, metric: string): SimPoint {
  const value = VALUES[metric] ?? 0;
  return { atMs, sum: value, min: value, max: value, samples: 1 };
}

/** All file systems have the same minutes, and share them: what is measured is the keeper, not what lies about it. */
function fill({ state }: Account, nowMs: number): void {
  const minutes = Array.from({ length: MINUTES }, (_, index) => nowMs - (MINUTES - index) * 60_000);
  const points = new Map(Object.keys(VALUES).map((metric) => [metric, minutes.map((atMs) => pointAt(atMs, metric))]));
  for (const [key, series] of Object.entries(state.cloudwatch.series))
    state.cloudwatch.series[key] = { ...series, points: points.get(series.metric) ?? [] };
}
