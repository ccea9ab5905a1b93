import type { FileSystem } from '../../../lib/domain/efs.ts';
import type { JournalEntry } from '../../../lib/domain/journal.ts';
import { newMemory } from '../../../lib/keepers/throughput/memory.ts';
import { parse } from '../../../lib/keepers/throughput/parse.ts';
import { purseOf } from '../../../lib/keepers/throughput/schedule-budget.ts';
import { completed } from '../../../lib/keepers/throughput/schedule-journal.ts';
import { pointsOf } from '../../../lib/keepers/throughput/schedule-points.ts';
import { NEW_ROW, type WatchRow } from '../../../lib/keepers/throughput/schedule-row.ts';
import { boundsOf, pricesOf, unreadableIn } from '../../../lib/keepers/throughput/schedule-settings.ts';
import { episodeAfter } from '../../../lib/keepers/throughput/told-episode.ts';
import { ioLimitFindings } from '../../../lib/keepers/throughput/told-io-limit.ts';
import { readSettings } from '../../../lib/settings.ts';

const SELF = { accountId: '111122223333', region: 'eu-west-1', partition: 'aws' };
const NOW = Date.parse('2026-09-01T10:00:00Z');
const MINUTE_MS = 60_000;
const MIB = 1024 ** 2;
const ID = 'fs-0123456789abcdef0';

const settings = (env: Readonly<Record<string, string>> = {}) =>
  readSettings({
    MOUNTKEEPER_ACCOUNT_ID: SELF.accountId,
    AWS_REGION: SELF.region,
    MOUNTKEEPER_LEDGER_TABLE: 'ledger',
    MOUNTKEEPER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:alerts',
    ...env,
  });

describe('the door', () => {
  test.each([
    [{ fileSystem: ID, target: { mode: 'provisioned', mibps: 40 } }, 'go'],
    [{ fileSystem: ID, target: { mode: 'provisioned' } }, 'bad'],
    [{ fileSystem: ID, target: { mode: 'provisioned', mibps: 4000 } }, 'bad'],
    [{ fileSystem: ID, target: { mode: 'bursting', mibps: 4 } }, 'bad'],
    [{ fileSystem: 'fs-x' }, 'bad'],
    [{ dryRun: true }, 'bad'],
    [[], 'bad'],
    [{ source: 'aws.events', 'detail-type': 'Throughput Schedule' }, 'go'],
    [{ source: 'aws.events', 'detail-type': 'Scheduled Event' }, 'ignore'],
  ])('%j: %s', (trigger, kind) => {
    expect(parse(trigger, SELF).kind).toBe(kind);
  });
});

describe('bounds', () => {
  test("the owner's tags hold, and one that is no number allows nothing", () => {
    const tags = { 'mountkeeper:max-mibps': '64', 'mountkeeper:max-monthly-usd': '20 USD' };
    expect(boundsOf(tags, settings(), 1_000)).toMatchObject({ maxMibps: 64, maxMonthlyUsd: 0 });
    expect(unreadableIn(tags)).toEqual([{ tag: 'mountkeeper:max-monthly-usd', value: '20 USD' }]);
  });

  test.each(['-1', '5,00', '', 'NaN', 'Infinity', '1e999', '16 MiB/s'])('such as %j', (value) => {
    expect(boundsOf({ 'mountkeeper:max-mibps': value }, settings(), 1_000).maxMibps).toBe(0);
  });

  test('a throttled minute is worth what people can mean', () => {
    expect(boundsOf({ 'mountkeeper:throttled-minute-usd': '1e308' }, settings(), 1).throttledMinuteUsd).toBe(1_000);
  });

  test('what the installation has left is the most', () => {
    expect(boundsOf({}, settings(), 12).maxMonthlyUsd).toBe(12);
  });

  test('Elastic needs its prices as well as the tag', () => {
    const tags = { 'mountkeeper:throughput-target': 'any' };
    const env = { MOUNTKEEPER_PRICE_ELASTIC_READ_USD: '0.03', MOUNTKEEPER_PRICE_ELASTIC_WRITE_USD: '0.06' };
    expect([boundsOf(tags, settings(), 1).allowElastic, boundsOf(tags, settings(env), 1).allowElastic]).toEqual([
      false,
      true,
    ]);
  });

  test('prices are known in us-east-1, elsewhere once they are set', () => {
    const known = [{}, { AWS_REGION: 'us-east-1' }, { MOUNTKEEPER_PRICE_PROVISIONED_USD: '6.6' }];
    expect(known.map((env) => pricesOf(settings(env)).areKnown)).toEqual([false, true, true]);
  });

  test('the purse holds back what was spent this month and what running locks still cost', () => {
    const memory = {
      ...newMemory(),
      ours: { mode: 'provisioned' as const, mibps: 31, sinceMs: NOW },
      lockedUntilMs: NOW + 12 * 60 * MINUTE_MS,
      spend: { month: '2026-09', usd: 7, atMs: NOW },
    };
    const rows = [{ row: { ...NEW_ROW, memory }, sizeGib: 20.48 }];
    // 30 MiB/s above the baseline for half a day: 30 × 0.20 / 2.
    expect(purseOf(rows, { monthlyUsd: 100, usdPerMibpsMonth: 6, nowMs: NOW }).leftUsd).toBeCloseTo(100 - 7 - 3, 6);
  });
});

test('five minutes of an older window stand for each of its minutes', () => {
  const metered = { atMs: [NOW], values: [50 * MIB] };
  expect(pointsOf([{ periodMinutes: 5, metered }]).map(({ at, meteredBytes }) => [at - NOW, meteredBytes])).toEqual(
    [0, 1, 2, 3, 4].map((minute) => [minute * MINUTE_MS, 10 * MIB]),
  );
});

test('a stay is counted by what credits alone would have permitted', () => {
  const memory = { ...newMemory(), ours: { mode: 'provisioned' as const, mibps: 31, sinceMs: NOW } };
  const points = Array.from({ length: 11 }, (_, minute) => ({
    at: NOW + minute * MINUTE_MS,
    creditBytes: 0,
    permittedBytesPerSecond: 31 * MIB,
    meteredBytes: 60 * (minute % 2 === 0 ? 20 : 0.5) * MIB,
  }));
  const episode = episodeAfter(undefined, memory, { points, sizeGib: 20.48, usdPerMibpsMonth: 6 });
  expect(episode?.avoidedMinutes).toBe(5);
  expect(episode?.usd).toBeCloseTo((10 * 30 * 6) / 43_200, 6);
});

test('operations at their limit count from ten minutes on end', () => {
  const series = (minutes: number) => ({ atMs: [], values: Array.from({ length: minutes }, () => 99) });
  expect([9, 10].map((minutes) => ioLimitFindings(ID, series(minutes)).length)).toEqual([0, 1]);
});

describe('what a run left behind is read from the journal', () => {
  const fileSystem = (throughputMode: FileSystem['throughputMode'], provisionedMibps?: number): FileSystem => ({
    ...{ id: ID, arn: '', ownerId: '', state: 'available', performanceMode: 'generalPurpose', tags: {} },
    ...{ throughputMode, sizeStandardBytes: 0 },
    ...(provisionedMibps === undefined ? {} : { provisionedMibps }),
  });
  const entry = (state: JournalEntry['state'], more: Partial<JournalEntry> = {}): JournalEntry => ({
    ...{ changeId: 'c1', atMs: NOW, keeper: 'throughput', resource: ID, because: [], state },
    action: { kind: 'update-throughput', fileSystemId: ID, mode: 'provisioned', mibps: 40, previousMode: 'bursting' },
    ...more,
  });
  const pending = { mode: 'provisioned' as const, mibps: 40, atMs: NOW, from: { mode: 'bursting' as const, mibps: 0 } };
  const asked: WatchRow = { ...NEW_ROW, lookedMs: NOW, memory: { ...newMemory(), pending } };
  const LATER = NOW + 10 * MINUTE_MS;

  test('withheld: nothing was asked, nothing is waited for', () => {
    expect(completed({ row: asked, fileSystem: fileSystem('bursting'), entries: [] }, LATER).memory.pending).toBeNull();
  });

  test('refused: the policy hears what AWS said', () => {
    const entries = [entry('failed', { why: 'TooManyRequests: Wait until 2026-09-02T10:00:00Z UTC', told: true })];
    const done = completed({ row: asked, fileSystem: fileSystem('bursting'), entries }, LATER);
    expect(done).toMatchObject({ refusal: { error: 'TooManyRequests' }, isRefusalTold: true, memory: { pending } });
  });

  test('made, and the memory lost: it is known again, and told', () => {
    const entries = [entry('intended')];
    const done = completed({ row: NEW_ROW, fileSystem: fileSystem('provisioned', 40), entries }, LATER);
    expect(done).toMatchObject({ memory: { pending }, untold: { changeId: 'c1' } });
  });

  test('never made: it is decided anew', () => {
    const done = completed({ row: asked, fileSystem: fileSystem('bursting'), entries: [entry('intended')] }, LATER);
    expect([done.memory.pending, done.untold]).toEqual([null, undefined]);
  });

  test('no answer, and yet in force: no refusal, but news', () => {
    const entries = [entry('failed', { why: 'TimeoutError: no answer', told: true })];
    const done = completed({ row: asked, fileSystem: fileSystem('provisioned', 40), entries }, LATER);
    expect([done.refusal, done.untold?.changeId, done.memory.pending]).toEqual([undefined, 'c1', pending]);
  });
});
