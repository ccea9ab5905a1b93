import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { install } from '../../lib/simulator/stack/installation.ts';
import { watchMemory } from './memory.ts';
import { addMetrics } from './metrics.ts';
import { limit, nearBound, type Row, timed } from './row.ts';

const SIZES = [100, 1_000, 10_000] as const;
/** File systems are kept by the last two hexadecimal digits of their ids. */
const SHARDS = 256;
/** Every row of the ledger that there can be: a read and a write of each shard, the listing, the lease, what is due. */
const MOST_LEDGER_CALLS = 2 * SHARDS + 10;
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
  const { mebibytes, lookedSeconds } = memory.end();
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
    { what: `time, simulated account included, ${what}`, figure: first.ms / 1000 - lookedSeconds, unit: 's' },
    limit(200, { what: `memory held at most, ${what}`, figure: mebibytes, unit: 'MiB' }),
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
  }
  addMetrics(account, Object.keys(account.state.efs.fileSystems));
}
