import { EFSClient, UpdateFileSystemCommand } from '@aws-sdk/client-efs';
import { bringToLife, keepWatch, MINUTE_MS, SCHEDULE, type Small } from '../../lib/cli/demo/throughput-week.ts';
import { ROOM, rowOf, type Shards, type WatchRow } from '../../lib/keepers/throughput/schedule-row.ts';
import type { LiveThroughput } from '../../lib/simulator/live-throughput.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';
import { operator } from './operator.ts';
import { decisions, type Stage, stage, touched } from './stage.ts';

jest.setTimeout(120_000);

const PRICES = { MOUNTKEEPER_PRICE_PROVISIONED_USD: '6' };
/** 100 GiB earn 4.9 MiB/s; busy at 30 from the start. */
const BUSY: Small = { sizeGib: 100, creditMib: 60_000, load: () => ({ readMibps: 0, writeMibps: 30 }) };

/** Dry three minutes after the first look: the demand is seen in full, and it is time to act. */
const NEAR: Small = { ...BUSY, creditMib: 20_000 };

interface Watched extends Stage {
  readonly live: LiveThroughput;
  readonly id: string;
}

async function watched(
  key: string | undefined,
  small: Small,
  stack: Parameters<typeof stage>[1] = {},
): Promise<Watched> {
  const fileSystemTags = key === undefined ? {} : { 'mountkeeper:throughput': key };
  const at = stage({ fileSystemTags }, { env: PRICES, ...stack });
  const id = at.estate.fileSystemId;
  const live = bringToLife(at.account, id, small);
  await at.account.clock.advance(10 * MINUTE_MS);
  return { ...at, live, id };
}

function updates({ account }: Stage): readonly unknown[] {
  return account.calls.filter(({ operation }) => operation === 'UpdateFileSystem');
}

function alerts({ account }: Stage): readonly { readonly subject: string; readonly text: string }[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ subject = '', message }) => ({ subject, text: message }));
}

function setting({ account, id }: Watched) {
  return account.state.efs.fileSystems[id]?.throughput;
}

async function watch(at: Watched, minutes: number): Promise<void> {
  await keepWatch(at.account, at.installed, at.account.clock.nowMs() + minutes * MINUTE_MS);
}

describe('with the key auto', () => {
  test('it buys before the credits are gone, once, as much as is needed, and tells what it costs', async () => {
    const at = await watched('auto', BUSY);
    await watch(at, 120);
    expect(setting(at)?.mode).toBe('provisioned');
    expect(setting(at)?.provisionedMibps).toBeGreaterThanOrEqual(30);
    expect(updates(at)).toHaveLength(1);
    expect(at.live.throttledMinutes()).toBeLessThan(15);
    const acted = alerts(at).find(({ text }) => text.includes('Mountkeeper switched'));
    expect(acted?.text).toMatch(/price: \$\d+\.\d\d a day/);
    expect(acted?.text).toMatch(/lock ends: 2026-09-02/);
  });

  test('ten runs at once make one change and one alert of it', async () => {
    const at = await watched('auto', NEAR);
    await Promise.all(Array.from({ length: 10 }, () => at.installed.deliver('throughput', SCHEDULE)));
    await watch(at, 10);
    expect(updates(at)).toHaveLength(1);
    expect(alerts(at).filter(({ text }) => text.includes('Mountkeeper switched'))).toHaveLength(1);
  });
});

/** Somebody else's change of the setting, by the same call. */
async function setBy(at: Watched, mode: 'bursting' | 'elastic' | 'provisioned', mibps?: number): Promise<void> {
  const efs = at.account.client(EFSClient, `arn:aws:iam::${at.account.accountId}:role/terraform`);
  const amount = mibps === undefined ? {} : { ProvisionedThroughputInMibps: mibps };
  await efs.send(new UpdateFileSystemCommand({ FileSystemId: at.id, ThroughputMode: mode, ...amount }));
  await at.account.clock.advance(2 * MINUTE_MS);
}

describe('without the key', () => {
  test.each([['observe'], [undefined]])(
    '%s: the same forecast as an alert, with price and command, and nothing is changed',
    async (key) => {
      const at = await watched(key, BUSY);
      const before = touched(at.account);
      await at.installed.deliver('throughput', SCHEDULE);
      expect(touched(at.account)).toEqual(before);
      const [alert] = alerts(at);
      expect(alert?.text).toMatch(/expected: (about|between) 2026-09-01/);
      expect(alert?.text).toMatch(/to prevent: \d+ MiB\/s provisioned: \$\d+\.\d\d a day/);
      expect(alert?.text).toContain(
        `aws efs update-file-system --file-system-id ${at.id} --throughput-mode provisioned`,
      );
    },
  );

  test('observe: through the whole exhaustion no call changes anything, and the day has few alerts', async () => {
    const at = await watched('observe', { ...BUSY, creditMib: 30_000 });
    await watch(at, 45);
    expect(updates(at)).toEqual([]);
    expect(alerts(at).length).toBeGreaterThanOrEqual(1);
    expect(alerts(at).length).toBeLessThanOrEqual(4);
  });

  test('off is left alone, and so is a file system whose owner never set a tag of ours', async () => {
    const off = await watched('off', BUSY);
    const strange = stage({ keys: { fileSystem: false } }, { env: PRICES });
    bringToLife(strange.account, strange.estate.fileSystemId, BUSY);
    for (const at of [off, strange]) {
      await at.account.clock.advance(30 * MINUTE_MS);
      await at.installed.deliver('throughput', SCHEDULE);
      expect([
        decisions(at.installed),
        at.account.calls.some(({ operation }) => operation === 'GetMetricData'),
      ]).toEqual([[], false]);
    }
  });

  test('the mode observe of the stack holds what the key would allow', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 500 }, { mode: 'observe' });
    await watch(at, 8);
    expect(updates(at)).toEqual([]);
    expect(decisions(at.installed).flatMap(({ withheld }) => withheld.map(({ heldBy }) => heldBy))).toContain(
      'observe',
    );
  });
});

describe('others, and AWS', () => {
  test('whoever resets the mode has the last word for a day', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 500 });
    await watch(at, 30);
    expect(setting(at)?.mode).toBe('provisioned');
    await setBy(at, 'provisioned', 100);
    const before = updates(at).length;
    await watch(at, 45);
    expect([updates(at).length - before, setting(at)?.provisionedMibps]).toEqual([0, 100]);
    const told = alerts(at).filter(({ text }) => text.includes('Somebody else changed the throughput'));
    expect(told).toHaveLength(1);
  });

  test('what the owner set as provisioned is never lowered', async () => {
    const at = await watched('auto', { ...BUSY, load: () => ({ readMibps: 0, writeMibps: 1 }) });
    await setBy(at, 'provisioned', 200);
    await watch(at, 5);
    await at.account.clock.advance(36 * 60 * MINUTE_MS);
    await watch(at, 40);
    expect([updates(at).length, setting(at)?.provisionedMibps]).toEqual([1, 200]);
  });

  test('a refusal of the 24-hour rule is told with its end, stored, and not asked again before', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 2_000 });
    await setBy(at, 'elastic');
    const fileSystem = at.account.state.efs.fileSystems[at.id];
    if (fileSystem) fileSystem.throughput = { mode: 'bursting' };
    const end = at.account.clock.nowMs() + 23.9 * 60 * MINUTE_MS;
    const before = updates(at).length;
    await watch(at, 15);
    expect(updates(at).length - before).toBe(1);
    const refused = alerts(at).filter(({ text }) => text.includes('TooManyRequests'));
    expect(refused).toHaveLength(1);
    expect(refused[0]?.text).toContain('Wait until 2026-09-02T');
    await at.account.clock.advance(end - at.account.clock.nowMs() - 30 * MINUTE_MS);
    await watch(at, 8);
    expect(updates(at).length - before).toBe(1);
    await watch(at, 40);
    expect(setting(at)?.mode).toBe('provisioned');
  });

  test('while AWS still updates a file system nothing is asked', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 500 });
    const fileSystem = at.account.state.efs.fileSystems[at.id];
    if (fileSystem) fileSystem.lifeCycle = 'updating';
    await watch(at, 20);
    expect(updates(at)).toEqual([]);
  });
});

const NO_CAPACITY = {
  match: { service: 'EFS', operation: 'UpdateFileSystem' },
  kind: 'error',
  error: { code: 'InsufficientThroughputCapacity', httpStatus: 503, message: 'There is not enough capacity.' },
} as const;

function modesAsked(at: Stage): readonly unknown[] {
  return updates(at).map((call) => (call as { readonly input: { ThroughputMode?: string } }).input.ThroughputMode);
}

describe('where AWS lacks capacity', () => {
  test('the refusal is told, and Elastic takes over where the owner lets it and a throttled minute is dear', async () => {
    const elastic = { MOUNTKEEPER_PRICE_ELASTIC_READ_USD: '0.03', MOUNTKEEPER_PRICE_ELASTIC_WRITE_USD: '0.06' };
    const rich = { MOUNTKEEPER_THROUGHPUT_MONTHLY_USD: '5000' };
    const at = await watched('auto', NEAR, { env: { ...PRICES, ...elastic, ...rich } });
    await operator(at.account).tag(at.id, 'mountkeeper:throughput-target', 'any');
    await operator(at.account).tag(at.id, 'mountkeeper:max-monthly-usd', '5000');
    await operator(at.account).tag(at.id, 'mountkeeper:throttled-minute-usd', '1');
    at.account.faults.inject({ ...NO_CAPACITY, times: 1 });
    await watch(at, 20);
    expect(modesAsked(at)).toEqual(['provisioned', 'elastic']);
    expect(alerts(at).some(({ text }) => text.includes('InsufficientThroughputCapacity'))).toBe(true);
  });

  test('else less is tried a few times, and Elastic is offered with its price and the command', async () => {
    const at = await watched('auto', NEAR);
    at.account.faults.inject(NO_CAPACITY);
    await watch(at, 90);
    expect(new Set(modesAsked(at))).toEqual(new Set(['provisioned']));
    expect(updates(at).length).toBeLessThanOrEqual(12);
    const offer = alerts(at).find(({ text }) => text.includes('AWS does not grant the amount'));
    expect(offer?.text).toMatch(/elastic: about \$\d+\.\d\d a day at the present demand/);
    expect(offer?.text).toContain('mountkeeper:throughput-target = any');
    expect(offer?.text).toContain(`--file-system-id ${at.id} --throughput-mode elastic`);
  });
});

describe('what is not known', () => {
  test('no metrics: nothing is done, and after half an hour it is told, once a day', async () => {
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } }, { env: PRICES });
    const untilMs = at.account.clock.nowMs() + 60 * MINUTE_MS;
    await keepWatch(at.account, at.installed, untilMs);
    expect(updates(at)).toEqual([]);
    expect(alerts(at).map(({ subject }) => subject)).toEqual([expect.stringContaining('CloudWatch has no metrics')]);
  });

  test('denied metrics are told as such', async () => {
    const at = await watched('auto', BUSY);
    at.account.faults.inject({ match: { service: 'CloudWatch' }, kind: 'deny' });
    await watch(at, 30);
    expect(updates(at)).toEqual([]);
    expect(alerts(at)).toHaveLength(1);
    expect(alerts(at)[0]?.text).toContain('cloudwatch:GetMetricData');
  });

  test('without the prices of the Region nothing is bought', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 500 }, { env: {} });
    await watch(at, 30);
    expect(updates(at)).toEqual([]);
    expect(alerts(at).some(({ text }) => text.includes('The prices of this Region are not set'))).toBe(true);
  });

  test('a budget of nothing buys nothing, and says so', async () => {
    const at = await watched(
      'auto',
      { ...BUSY, creditMib: 500 },
      { env: { ...PRICES, MOUNTKEEPER_THROUGHPUT_MONTHLY_USD: '0' } },
    );
    await watch(at, 30);
    expect(updates(at)).toEqual([]);
    expect(alerts(at).some(({ text }) => text.includes('The budget does not pay for enough throughput'))).toBe(true);
  });

  test('a limit of operations is told as what it is', async () => {
    const at = await watched('auto', { ...BUSY, load: () => ({ readMibps: 0, writeMibps: 1 }), creditMib: 2_000_000 });
    const name = { namespace: 'AWS/EFS', metric: 'PercentIOLimit', dimensions: { FileSystemId: at.id } };
    for (let minute = 30; minute > 0; minute--)
      addPoint(at.account, name, {
        atMs: at.account.clock.nowMs() - minute * MINUTE_MS,
        sum: 99,
        min: 99,
        max: 99,
        samples: 1,
      });
    await watch(at, 15);
    expect(alerts(at).some(({ text }) => text.includes('no MiB/s cures'))).toBe(true);
  });
});

describe('by hand', () => {
  test('a dry run tells how it stands and changes nothing, not even the ledger', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 500 });
    at.installed.world('throughput');
    const before = structuredClone(at.account.state);
    const arrived = await at.installed.invoke('throughput', { fileSystem: at.id, dryRun: true });
    expect({ ...at.account.state, trail: before.trail, sequence: before.sequence }).toEqual(before);
    expect(arrived).toMatchObject({ kind: 'walked', report: [{ fileSystem: at.id, setting: 'bursting' }] });
    expect(decisions(at.installed)[0]?.withheld.map(({ heldBy }) => heldBy)).toEqual(['dry-run']);
  });

  test('a target is set, and is taken back by the policy when the lock opens', async () => {
    const at = await watched('auto', { ...BUSY, creditMib: 2_000_000, load: () => ({ readMibps: 0, writeMibps: 1 }) });
    await at.installed.invoke('throughput', { fileSystem: at.id, target: { mode: 'provisioned', mibps: 40 } });
    await at.account.clock.advance(2 * MINUTE_MS);
    expect(setting(at)).toMatchObject({ mode: 'provisioned', provisionedMibps: 40 });
    await watch(at, 10);
    await at.account.clock.advance(23.5 * 60 * MINUTE_MS);
    await watch(at, 120);
    expect(setting(at)?.provisionedMibps ?? 0).toBeLessThan(5);
    expect(alerts(at).at(-1)?.text).toMatch(/cost: \$\d+\.\d\d/);
  });

  test.each([
    ['more than the owner allows', { mode: 'provisioned', mibps: 40 }, { 'mountkeeper:max-mibps': '16' }, 'key'],
    [
      'dearer than the owner allows',
      { mode: 'provisioned', mibps: 40 },
      { 'mountkeeper:max-monthly-usd': '1' },
      'budget',
    ],
    ['Elastic, which the owner does not allow', { mode: 'elastic' }, {}, 'key'],
    ['with a bound that cannot be read', { mode: 'provisioned', mibps: 40 }, { 'mountkeeper:max-mibps': 'ten' }, 'key'],
  ])('a target is held to the bounds of the owner: %s', async (_name, target, tags, heldBy) => {
    const at = await watched('auto', BUSY);
    for (const [key, value] of Object.entries(tags)) await operator(at.account).tag(at.id, key, value);
    const before = setting(at);
    await at.installed.invoke('throughput', { fileSystem: at.id, target });
    expect(setting(at)).toEqual(before);
    expect(
      decisions(at.installed)
        .at(-1)
        ?.withheld.map((step) => step.heldBy),
    ).toEqual([heldBy]);
  });

  test('Elastic is not bought where nobody knows what it costs: there are no metrics yet', async () => {
    const prices = { MOUNTKEEPER_PRICE_ELASTIC_READ_USD: '0.03', MOUNTKEEPER_PRICE_ELASTIC_WRITE_USD: '0.06' };
    const tags = { 'mountkeeper:throughput-target': 'any', 'mountkeeper:max-monthly-usd': '1' };
    const fileSystemTags = { 'mountkeeper:throughput': 'auto', ...tags };
    const at = stage({ fileSystemTags }, { env: { ...PRICES, ...prices } });
    await at.installed.invoke('throughput', { fileSystem: at.estate.fileSystemId, target: { mode: 'elastic' } });
    expect(updates(at)).toEqual([]);
    const [held] = decisions(at.installed).at(-1)?.withheld ?? [];
    expect(held?.heldBy).toBe('unknown');
    expect(held?.why).toMatch(/no metrics of the file system yet/);
  });

  test('small steps do not add up to more than the owner allows a month', async () => {
    const small = { ...BUSY, creditMib: 2_000_000, load: () => ({ readMibps: 0, writeMibps: 1 }) };
    const at = await watched('auto', small);
    await operator(at.account).tag(at.id, 'mountkeeper:max-monthly-usd', '10');
    for (const mibps of [50, 95, 140]) {
      await at.installed.invoke('throughput', { fileSystem: at.id, target: { mode: 'provisioned', mibps } });
      await at.account.clock.advance(3 * MINUTE_MS);
    }
    // 6 USD a MiB/s and month: a day of 95 MiB/s, less the 4.9 that are free, would be 18 USD.
    expect(setting(at)).toMatchObject({ mode: 'provisioned', provisionedMibps: 50 });
    expect(decisions(at.installed).at(-1)?.withheld[0]?.why).toMatch(/\$0\.\d\d are left this month/);
  });

  test('a revert takes back to less, and buys nothing', async () => {
    const small = { ...BUSY, creditMib: 2_000_000, load: () => ({ readMibps: 0, writeMibps: 1 }) };
    const at = await watched('auto', small);
    await at.installed.invoke('throughput', { fileSystem: at.id, target: { mode: 'provisioned', mibps: 40 } });
    await at.account.clock.advance(2 * MINUTE_MS);
    await watch(at, 10);
    await at.account.clock.advance(24.5 * 60 * MINUTE_MS);
    await watch(at, 120);
    const lowered = setting(at);
    const changes = await at.installed.world('throughput').ledger.changes({});
    const [newest] = changes.filter(({ action, state }) => action.kind === 'update-throughput' && state === 'done');
    await at.installed.invoke('revert', { change: newest?.changeId });
    expect(lowered?.provisionedMibps ?? 0).toBeLessThan(5);
    expect(setting(at)).toEqual(lowered);
    const [refused] = decisions(at.installed).at(-1)?.decision.findings ?? [];
    expect(JSON.stringify(refused)).toContain('It would buy throughput');
  });

  test("a target does not get round the owner's key", async () => {
    const at = await watched('observe', BUSY);
    await at.installed.invoke('throughput', { fileSystem: at.id, target: { mode: 'provisioned', mibps: 40 } });
    expect([updates(at).length, decisions(at.installed)[0]?.withheld[0]?.heldBy]).toEqual([0, 'key']);
  });
});

const CALM: Small = { sizeGib: 100, creditMib: 2_200_000, load: () => ({ readMibps: 0, writeMibps: 1 }) };

function metricsAsked({ account }: Stage): number {
  const queriesOf = (input: unknown) => (input as { MetricDataQueries?: readonly unknown[] }).MetricDataQueries ?? [];
  return account.calls
    .filter(({ operation }) => operation === 'GetMetricData')
    .reduce((sum, { input }) => sum + queriesOf(input).length, 0);
}

describe('a look is paid for', () => {
  test('a full bucket is looked at every three hours, and nothing but its balance and the limit of operations is asked', async () => {
    const at = await watched('auto', CALM);
    await watch(at, 24 * 60);
    expect(metricsAsked(at)).toBeLessThanOrEqual(2 * 9);
  });

  test('a full bucket that is used up at the burst rate is caught in time all the same', async () => {
    const startMs = Date.parse('2026-09-01T10:30:00Z');
    const load = (atMs: number) => ({ readMibps: 0, writeMibps: atMs < startMs ? 1 : 99 });
    const at = await watched('auto', { ...CALM, load });
    await watch(at, 9 * 60);
    expect(setting(at)?.mode).toBe('provisioned');
    expect(at.live.throttledMinutes()).toBe(0);
  });

  test('what has had no metrics for a day is asked about once an hour', async () => {
    const at = stage({ fileSystemTags: { 'mountkeeper:throughput': 'auto' } }, { env: PRICES });
    await keepWatch(at.account, at.installed, at.account.clock.nowMs() + 24 * 60 * MINUTE_MS);
    const before = metricsAsked(at);
    await keepWatch(at.account, at.installed, at.account.clock.nowMs() + 24 * 60 * MINUTE_MS);
    expect(metricsAsked(at) - before).toBeLessThanOrEqual(2 * 25);
  });

  test.each([
    ['observe', PRICES],
    ['auto', {}],
  ])('dry with the key %s and prices %j, where only people may act: four looks an hour', async (key, env) => {
    const at = await watched(key, { ...BUSY, creditMib: 500 }, { env });
    await watch(at, 60);
    const before = metricsAsked(at);
    await watch(at, 60);
    expect(metricsAsked(at) - before).toBeLessThanOrEqual(4 * 6 + 1);
  });

  test('whoever changes the setting of a calm one is noticed at the next listing', async () => {
    const at = await watched('auto', CALM);
    await watch(at, 5);
    await setBy(at, 'elastic');
    await watch(at, 16);
    expect((await rowIn(at))?.memory?.seen?.mode).toBe('elastic');
  });
});

test('the key that is turned is heard within the quarter of an hour', async () => {
  const at = await watched('observe', { ...BUSY, creditMib: 500 });
  await watch(at, 30);
  await operator(at.account).tag(at.id, 'mountkeeper:throughput', 'auto');
  await watch(at, 20);
  expect(setting(at)?.mode).toBe('provisioned');
});

test('plans survive JSON, and a second run right after plans nothing', async () => {
  const at = await watched('auto', { ...BUSY, creditMib: 500 });
  await at.installed.deliver('throughput', SCHEDULE);
  const [first] = decisions(at.installed);
  expect(JSON.parse(JSON.stringify(first?.decision))).toEqual(first?.decision);
  expect(first?.steps).toHaveLength(1);
  await at.installed.invoke('throughput', { fileSystem: at.id });
  expect(
    decisions(at.installed)
      .slice(1)
      .flatMap(({ decision }) => decision.plan.steps),
  ).toEqual([]);
});

const UPDATE = ['EFS', 'UpdateFileSystem'] as const;

test.each([
  ['crash-before', ...UPDATE],
  ['crash-after', ...UPDATE],
  ['timeout-after', ...UPDATE],
  ['throttle', ...UPDATE],
  ['crash-after', 'SNS', 'Publish'],
  ['crash-before', 'SNS', 'Publish'],
  ['crash-after', 'CloudWatch', 'GetMetricData'],
  ['crash-before', 'DynamoDB', 'PutItem'],
] as const)('%s at %s %s: a few minutes later it is as without, and it was told', async (kind, service, operation) => {
  const at = await watched('auto', NEAR);
  at.account.faults.inject({ match: { service, operation }, kind, times: 1 });
  await at.installed.deliver('throughput', SCHEDULE).catch(() => undefined);
  await at.account.clock.advance(6 * MINUTE_MS);
  await watch(at, 12);
  expect(setting(at)?.mode).toBe('provisioned');
  // Acting late it sees less of the demand, and may raise the amount once.
  expect(updates(at).length).toBeLessThanOrEqual(3);
  const told = alerts(at).filter(({ text }) => /switched|a run that ended before it/.test(text));
  expect(told.length).toBeGreaterThanOrEqual(1);
  const row = await rowIn(at);
  expect(row?.memory?.ours).toMatchObject({ mode: 'provisioned' });
});

async function rowIn({ installed, id }: Watched): Promise<WatchRow | undefined> {
  return rowOf((await installed.world('throughput').ledger.recallAll(ROOM)) as Shards, id);
}
