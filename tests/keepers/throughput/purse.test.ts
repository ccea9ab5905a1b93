import type { FileSystem } from '../../../lib/domain/efs.ts';
import type { Tags } from '../../../lib/domain/tags.ts';
import { decide } from '../../../lib/keepers/throughput/decide.ts';
import { newMemory, type ThroughputMemory } from '../../../lib/keepers/throughput/memory.ts';
import { NEW_ROW } from '../../../lib/keepers/throughput/schedule-row.ts';
import { verdictOf } from '../../../lib/keepers/throughput/schedule-verdict.ts';
import type { ModeChange } from '../../../lib/keepers/throughput/terms.ts';
import { readSettings } from '../../../lib/settings.ts';

const NOW = Date.parse('2026-09-13T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MIB = 1024 ** 2;

const settings = readSettings({
  MOUNTKEEPER_ACCOUNT_ID: '111122223333',
  AWS_REGION: 'us-east-1',
  MOUNTKEEPER_LEDGER_TABLE: 'ledger',
  MOUNTKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:alerts',
});

/** 102.4 GiB, which earn 5 MiB/s, asked for 39 MiB/s in the last hours. */
function decided(leftUsd: number, at: { memory: ThroughputMemory; mibps?: number; target?: ModeChange; tags?: Tags }) {
  const fileSystem: FileSystem = {
    ...{ id: 'fs-0123456789abcdef0', arn: '', ownerId: '', state: 'available', performanceMode: 'generalPurpose' },
    ...{ sizeStandardBytes: 102.4 * 1024 ** 3, tags: { 'mountkeeper:throughput': 'auto', ...at.tags } },
    throughputMode: at.mibps === undefined ? 'bursting' : 'provisioned',
    ...(at.mibps === undefined ? {} : { provisionedMibps: at.mibps }),
  };
  const atMs = Array.from({ length: 300 }, (_, index) => NOW - (302 - index) * MINUTE_MS);
  const flat = (value: number) => ({ atMs, values: atMs.map(() => value) });
  const window = { periodMinutes: 1, credit: flat(0), permitted: flat(40 * MIB), metered: flat(39 * 60 * MIB) };
  const around = { nowMs: NOW, settings, purse: { leftUsd, usdPerMibpsMonth: 6 } };
  const target = at.target === undefined ? {} : { target: at.target };
  const watched = { fileSystem, row: { ...NEW_ROW, memory: at.memory }, entries: [], ...target };
  const facts = { input: {}, around, verdicts: [verdictOf(watched, [window], around)], shards: new Map(), laterMs: 0 };
  const [decision] = decide(facts);
  const { steps = [], withheld = [] } = decision?.plan ?? {};
  const actionOf = ({ action }: { readonly action: object }) => action;
  return {
    codes: decision?.findings.map(({ code }) => code),
    steps: steps.map(actionOf),
    held: withheld.map(({ heldBy }) => heldBy),
  };
}

const ours = (sinceHours: number, mibps: number): ThroughputMemory => {
  const sinceMs = NOW - sinceHours * HOUR_MS;
  const until = sinceMs + 24 * HOUR_MS;
  return {
    ...{ ...newMemory(), home: { mode: 'bursting', mibps: 0 }, lockedUntilMs: until, heldUntilMs: until },
    ours: { mode: 'provisioned', mibps, sinceMs },
    seen: { mode: 'provisioned', mibps, sinceMs },
    spend: { month: '2026-09', usd: 20, atMs: NOW },
  };
};

test('an empty purse ends what is paid for once the lock is open, and says so; a purse with money does not', () => {
  const [empty, locked, full] = [
    decided(0, { memory: ours(25, 40), mibps: 40 }),
    decided(0, { memory: ours(20, 40), mibps: 40 }),
    decided(50, { memory: ours(25, 40), mibps: 40 }),
  ];
  expect(empty.steps).toMatchObject([{ mode: 'provisioned', mibps: 4 }]);
  expect(empty.codes?.[0]).toBe('throughput-budget');
  expect([locked.steps, full.steps]).toEqual([[], []]);
});

test('an increase has to pay for its whole lock, less what the running one binds', () => {
  // 20 MiB/s more than the baseline are 4 USD a day, of which a quarter is bound; 60 are 12.
  const at = { memory: ours(18, 25), mibps: 25, target: { mode: 'provisioned' as const, mibps: 65 } };
  expect([10.5, 11.5].map((leftUsd) => decided(leftUsd, at).held)).toEqual([['budget'], []]);
});

test('Elastic has to fit in the purse too', () => {
  const tags = { 'mountkeeper:throughput-target': 'any', 'mountkeeper:max-monthly-usd': '9000' };
  const at = { memory: newMemory(), target: { mode: 'elastic' as const }, tags };
  // 39 MiB/s for a day are 3,291 GiB, at 0.09 USD each, if not more is wanted than is served.
  expect([290, 9000].map((leftUsd) => decided(leftUsd, at).held)).toEqual([['budget'], []]);
});
