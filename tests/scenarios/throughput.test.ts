import { bringToLife, keepWatch, MINUTE_MS, SCHEDULE, type Small } from '../../lib/cli/demo/throughput-week.ts';
import type { LiveThroughput } from '../../lib/simulator/live-throughput.ts';
import { type Stage, stage } from './stage.ts';

jest.setTimeout(120_000);

const PRICES = { MOUNTKEEPER_PRICE_PROVISIONED_USD: '6' };
/** 100 GiB earn 4.9 MiB/s; busy at 30 from the start. */
const BUSY: Small = { sizeGib: 100, creditMib: 60_000, load: () => ({ readMibps: 0, writeMibps: 30 }) };

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
    const at = await watched('auto', { ...BUSY, creditMib: 500 });
    await Promise.all(Array.from({ length: 10 }, () => at.installed.deliver('throughput', SCHEDULE)));
    await watch(at, 10);
    expect(updates(at)).toHaveLength(1);
    expect(alerts(at).filter(({ text }) => text.includes('Mountkeeper switched'))).toHaveLength(1);
  });
});
