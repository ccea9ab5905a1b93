import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import type { RowStore } from '../../lib/ledger/rows.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { addGroup } from '../../lib/simulator/estate/network.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { addFileSystem, addMountTarget, efsArn } from '../../lib/simulator/estate/storage.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';
import { secondsOf, watchMemory } from './memory.ts';
import { atMost, exactly, limit, type Part, type Row } from './row.ts';
import { installed, traceOf } from './slow-account.ts';

const FILE_SYSTEMS = 500;
const GROUPS = 3_000;
const VPCS = 10;
/** The one that is told in full, under the rates of AWS. */
const FULL = 2_000;
const SIZES = [100, 1_000, 5_000] as const;

/** Whole accounts, swept twice: the first time the ledger learns whose everything is. */
export const sweep: Part = {
  name: 'sweep',
  run: async () => {
    const full = await sweptTwice(FULL, { rates: true });
    const rows = [...rowsOf(FULL, 'first', full), ...rowsOf(FULL, 'next', full)];
    const perFamily: number[] = [];
    for (const families of SIZES) {
      const twice = await sweptTwice(families, { rates: false });
      perFamily.push(twice.next.cpuSeconds / families);
      rows.push(...shortRowsOf(families, twice));
    }
    const [, some = 1, many = 0] = perFamily;
    const growth = {
      what: `CPU time a family, next sweep of ${named(5_000)}`,
      figure: many * 1_000,
      unit: 'ms',
      floor: some * 1_000,
      against: `the same of ${named(1_000)}: 1 where growth is linear, 5 where it is quadratic`,
    };
    return [...rows, atMost(2, growth)];
  },
};

interface Twice {
  readonly first: Swept;
  readonly next: Swept;
  /** Families of which the ledger knows what their mounts rest on. */
  readonly known: number;
}

async function sweptTwice(families: number, { rates }: { readonly rates: boolean }): Promise<Twice> {
  const account = createAccount({ rates });
  if (rates) waitForTokens(account);
  settle(account, families);
  const counted = countedRows();
  const run = runner(account, counted.store);
  const first = await swept(account, counted, run);
  const next = await swept(account, counted, run);
  return { first, next, known: (await createLedger(counted.store).recallAll('radius')).size };
}

interface Swept {
  readonly calls: number;
  readonly ledgerCalls: number;
  readonly throttled: number;
  /** On the clock of the account: only calls that had to wait for their rate let it run. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly mebibytes: number;
  /** File systems whose policy was read, as each sweep has to. */
  readonly policies: number;
}

interface CountedRows {
  readonly store: RowStore;
  readonly count: () => number;
}

/** The ledger's rows in memory: what is measured is the sweep, not the simulated DynamoDB. Each verb is one call. */
function countedRows(): CountedRows {
  const rows = createMemoryRows();
  let count = 0;
  const counted =
    (verb: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      count += 1;
      return verb(...args);
    };
  const store = Object.fromEntries(Object.entries(rows).map(([name, verb]) => [name, counted(verb as never)]));
  return { store: store as unknown as RowStore, count: () => count };
}

function runner(account: Account, store: RowStore): () => Promise<unknown> {
  const { settings } = installed(account);
  const nowMs = account.clock.nowMs;
  return async () => {
    const world = worldOn(account, functionRole(account, 'sweep'));
    const ledger = createLedger(store, undefined, nowMs);
    return FUNCTIONS['sweep']?.({}, { world: { ...world, ledger }, settings, runId: world.unique() });
  };
}

async function swept(account: Account, rows: CountedRows, run: () => Promise<unknown>): Promise<Swept> {
  // Records of what was called before are the simulated account's, not the sweep's.
  account.calls.length = 0;
  const rowsBefore = rows.count();
  const startMs = account.clock.nowMs();
  const memory = watchMemory();
  const cpu = process.cpuUsage();
  await run();
  const used = process.cpuUsage(cpu);
  const { mebibytes, lookedCpuSeconds } = memory.end();
  const { calls } = traceOf(account, 'sweep');
  const policies = calls
    .filter(({ operation }) => operation === 'DescribeFileSystemPolicy')
    .map(({ input }) => JSON.stringify(input));
  return {
    calls: calls.length,
    ledgerCalls: rows.count() - rowsBefore,
    throttled: calls.filter(({ error }) => error !== undefined && /Throttl|LimitExceeded/.test(error)).length,
    seconds: (account.clock.nowMs() - startMs) / 1000,
    cpuSeconds: secondsOf(used) - lookedCpuSeconds,
    mebibytes,
    policies: new Set(policies).size,
  };
}

function named(families: number): string {
  return `${families.toLocaleString('en')} families`;
}

function rowsOf(families: number, which: 'first' | 'next', twice: Twice): readonly Row[] {
  const made = twice[which];
  const what = `${which} sweep of ${named(families)} at AWS's rates`;
  return [
    ...callRows(families, which, twice, what),
    { what: `throttled calls, ${what}`, figure: made.throttled, unit: '' },
    limit(360, { what: `waiting for AWS's rates, ${what}`, figure: made.seconds, unit: 's' }),
    limit(200, { what: `memory held at most, ${what}`, figure: made.mebibytes, unit: 'MiB' }),
  ];
}

/** To reach: 1.3, from when each sweep described each family's newest revision; now one listing tells what is new. */
function shortRowsOf(families: number, twice: Twice): readonly Row[] {
  const what = (which: string) => `${which} sweep of ${named(families)}`;
  const memory = (which: 'first' | 'next') =>
    limit(200, { what: `memory held at most, ${what(which)}`, figure: twice[which].mebibytes, unit: 'MiB' });
  return [
    exactly(families, { what: `families known afterwards, ${named(families)}`, figure: twice.known, unit: '' }),
    ...callRows(families, 'first', twice, what('first')),
    ...callRows(families, 'next', twice, what('next')),
    memory('first'),
    memory('next'),
  ];
}

function callRows(families: number, which: 'first' | 'next', twice: Twice, what: string): readonly Row[] {
  const made = twice[which];
  const calls = {
    what: `AWS calls a family, ${what}`,
    figure: made.calls / families,
    unit: '',
    floor: 1,
    against: 'one DescribeTaskDefinition a family',
  };
  return [
    which === 'next' && families === 1_000 ? atMost(1.3, calls) : calls,
    { what: `calls of the ledger a family, ${what}`, figure: made.ledgerCalls / families, unit: '' },
    exactly(Math.min(FILE_SYSTEMS, families / 2), {
      what: `file-system policies read of ${Math.min(FILE_SYSTEMS, families / 2)}, ${what}`,
      figure: made.policies,
      unit: '',
    }),
  ];
}

/** A call that is over its rate waits, as the SDK's retries make it wait; the account's clock runs meanwhile. */
function waitForTokens(account: Account): void {
  const { rates, clock } = account;
  const patient = {
    take: (name: string) => {
      while (!rates.take(name, clock.nowMs())) void clock.advance(50);
      return true;
    },
  };
  Object.assign(account, { rates: patient });
}

/** Families share five hundred file systems, fifty a VPC; every family has a role and a group of its own. */
function settle(account: Account, families: number): void {
  const fileSystems = Math.min(FILE_SYSTEMS, families / 2);
  const perVpc = fileSystems / VPCS;
  for (let vpc = 0; vpc < VPCS; vpc += 1) {
    const base = buildEstate(account, { name: `f-${vpc}-0-0` });
    for (const [place, { appSubnetId, dataSubnetId }] of base.zones.entries()) {
      Object.assign(account.state.ec2.subnets[appSubnetId] ?? {}, { cidrBlock: `10.${vpc + 1}.${place * 16}.0/20` });
      Object.assign(account.state.ec2.subnets[dataSubnetId] ?? {}, { cidrBlock: `10.${vpc + 1}.${100 + place}.0/24` });
    }
    for (let place = 0; place < perVpc; place += 1) {
      const home = place === 0 ? base : besideOf(account, base);
      const from = place === 0 ? 1 : 0;
      for (let name = from; name < families / fileSystems; name += 1) {
        buildEstate(account, { name: `f-${vpc}-${place}-${name}`, beside: home });
      }
    }
  }
  const [vpcId = ''] = Object.keys(account.state.ec2.vpcs);
  for (let count = Object.keys(account.state.ec2.securityGroups).length; count < GROUPS; count += 1) {
    addGroup(account, { vpcId, name: `other-${count}`, keyed: false });
  }
}

/** Another file system in the same VPC, with mount targets and a group of its own. */
function besideOf(account: Account, base: Estate): Estate {
  const fileSystemId = addFileSystem(account, [{ Key: 'mountkeeper:allow', Value: '@any' }]);
  account.state.efs.directories[fileSystemId] = { '/': { uid: 0, gid: 0, mode: '0755' } };
  const { policies } = account.state.efs;
  const policy = policies[base.fileSystemId] ?? '';
  policies[fileSystemId] = policy.replaceAll(base.fileSystemId, fileSystemId);
  const mountTargetGroupId = addGroup(account, { vpcId: base.vpcId, name: `efs-${fileSystemId}`, keyed: true });
  for (const { dataSubnetId } of base.zones) {
    addMountTarget(account, { fileSystemId, subnetId: dataSubnetId, groupId: mountTargetGroupId });
  }
  return { ...base, fileSystemId, fileSystemArn: efsArn(account, `file-system/${fileSystemId}`), mountTargetGroupId };
}
