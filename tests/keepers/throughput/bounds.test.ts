import { policyController } from '../../../lib/cli/what-if/policy-controller.ts';
import { replay } from '../../../lib/cli/what-if/replay.ts';
import { type LoadSeries, TERMS } from '../../../lib/cli/what-if/terms.ts';
import { emptyHistory } from '../../../lib/keepers/throughput/history.ts';
import { newMemory, type Setting, type ThroughputMemory } from '../../../lib/keepers/throughput/memory.ts';
import { decideThroughput } from '../../../lib/keepers/throughput/policy.ts';
import { purseOf } from '../../../lib/keepers/throughput/schedule-budget.ts';
import { NEW_ROW } from '../../../lib/keepers/throughput/schedule-row.ts';
import {
  DEFAULT_SETTINGS,
  type MinutePoint,
  type ThroughputDecision,
  type ThroughputSettings,
} from '../../../lib/keepers/throughput/terms.ts';

const MIB = 1_048_576;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = Date.parse('2026-09-13T12:00:00Z');
/** 102.4 GiB earn 5 MiB/s. */
const SIZE_GIB = 102.4;
const BURSTING: Setting = { mode: 'bursting', mibps: 0 };

function series(startMs: number, load: Float64Array, creditMib = 20_000): LoadSeries {
  const readMibps = new Float64Array(load.length);
  return { startMs, readMibps, writeMibps: load, sizeGib: new Float64Array(load.length).fill(SIZE_GIB), creditMib };
}

const days = (count: number, mibpsAt: (minute: number) => number): Float64Array =>
  Float64Array.from({ length: count * 1440 }, (_, minute) => mibpsAt(minute));

function lived(load: LoadSeries, settings: Partial<ThroughputSettings>) {
  return replay(load, policyController({ ...DEFAULT_SETTINGS, ...settings }), TERMS);
}

const points = (mibps: number, minutes = 600): MinutePoint[] =>
  Array.from({ length: minutes }, (_, index) => ({
    at: NOW - (minutes + 2 - index) * MINUTE_MS,
    creditBytes: 0,
    permittedBytesPerSecond: 40 * MIB,
    meteredBytes: mibps * 60 * MIB,
  }));

interface Asked {
  readonly setting: Setting;
  readonly sinceHours: number;
  readonly spentUsd: number;
  readonly seen?: readonly MinutePoint[];
  readonly settings?: Partial<ThroughputSettings>;
}

const memoryOf = ({ setting, sinceHours, spentUsd }: Asked): ThroughputMemory => {
  const sinceMs = NOW - sinceHours * HOUR_MS;
  const until = sinceMs + 24 * HOUR_MS;
  return {
    ...{ ...newMemory(), ours: { ...setting, sinceMs }, home: BURSTING, seen: { ...setting, sinceMs } },
    lockedUntilMs: setting.mode === 'provisioned' ? until : null,
    heldUntilMs: until,
    spend: { month: '2026-09', usd: spentUsd, atMs: NOW },
  };
};

function decide(asked: Asked): ThroughputDecision {
  const { setting, seen = points(39), settings = {} } = asked;
  const { mode, mibps } = setting;
  const fileSystem = { id: 'fs-0123456789abcdef0', sizeStandardGib: SIZE_GIB, lifeCycleState: 'available', mode };
  const input = { now: NOW, points: seen, memory: memoryOf(asked), settings: { ...DEFAULT_SETTINGS, ...settings } };
  return decideThroughput({ ...input, fileSystem: mibps > 0 ? { ...fileSystem, mibps } : fileSystem }, emptyHistory());
}

const PROVISIONED: Setting = { mode: 'provisioned', mibps: 40 };
const codes = ({ findings }: ThroughputDecision) => findings.map(({ code }) => code);

describe("the owner's dollars", () => {
  test.each([
    ['within a month', '2026-09-10T00:00:00Z', 1],
    ['across its turn', '2026-09-29T12:00:00Z', 2],
  ])('hold for a load that never ends, %s', (_what, from, months) => {
    const { usd } = lived(
      series(
        Date.parse(from),
        days(2.5, () => 40),
      ),
      { maxMonthlyUsd: 10 },
    );
    expect(usd).toBeLessThanOrEqual(10 * months);
    expect(usd).toBeGreaterThan(5);
  });

  test('no amount is gone to whose whole lock the rest of the month’s money does not pay', () => {
    const { action } = decide({ setting: BURSTING, sinceHours: 48, spentUsd: 96 });
    // 4 USD pay 20 MiB/s above the 5 that are earned for a day.
    expect(action?.mibps ?? 0).toBeLessThanOrEqual(25);
  });

  test('what is used up ends when the lock opens, however much it is needed, and is told', () => {
    const [locked, open] = [20, 25].map((sinceHours) => decide({ setting: PROVISIONED, sinceHours, spentUsd: 99.99 }));
    expect([locked?.action, open?.action]).toEqual([null, { mode: 'provisioned', mibps: 4 }]);
    expect(open && codes(open)).toEqual(['throughput-budget']);
  });

  test('it ends without metrics as well', () => {
    const [within, over] = [50, 100].map((spentUsd) =>
      decide({ setting: PROVISIONED, sinceHours: 25, spentUsd, seen: [] }),
    );
    expect([within?.action, over?.action]).toEqual([null, { mode: 'provisioned', mibps: 4 }]);
    expect(over && codes(over)).toEqual(['throughput-budget', 'throughput-metrics-missing']);
  });

  test('an amount that the owner no longer allows is lowered when the lock opens', () => {
    const mibps = decide({ setting: PROVISIONED, sinceHours: 25, spentUsd: 8, settings: { maxMibps: 20 } }).action
      ?.mibps;
    expect(mibps ?? 40).toBeLessThanOrEqual(20);
  });
});

describe('Elastic', () => {
  const cheap = { ...DEFAULT_SETTINGS.prices, elasticUsdPerMeteredGib: 0.001 };
  const any = { allowElastic: true, throttledMinuteUsd: 1, prices: cheap };
  const ELASTIC: Setting = { mode: 'elastic', mibps: 0 };

  test('it is not chosen where the forecast exceeds what is left', () => {
    // 39 MiB/s are 3.3 USD a day.
    const modes = [90, 97].map(
      (spentUsd) => decide({ setting: BURSTING, sinceHours: 48, spentUsd, settings: any }).action?.mode,
    );
    expect(modes).toEqual(['elastic', undefined]);
  });

  test('it ends when the bound is used up and the rule lets it', () => {
    const of = (sinceHours: number, spentUsd: number) =>
      decide({ setting: ELASTIC, sinceHours, spentUsd, settings: any });
    expect([of(25, 50).action, of(20, 100).action, of(25, 100).action?.mode]).toEqual([null, null, 'provisioned']);
    expect(codes(of(25, 100))).toEqual(['throughput-budget']);
  });

  test('its bytes are counted once, also those that are seen after it was left', () => {
    const spikes = days(1.25, (minute) => (minute < 240 ? 60 : 0.1));
    const terms = { ...any, maxMonthlyUsd: 1000 };
    const controller = policyController({ ...DEFAULT_SETTINGS, ...terms });
    let spentUsd = 0;
    const watching = {
      ...controller,
      look: (seen: Parameters<typeof controller.look>[0]) => {
        const reply = controller.look(seen);
        spentUsd = controller.spentUsd();
        return reply;
      },
    };
    const prices = { ...TERMS.physics.prices, elasticReadUsdPerGib: 0.001, elasticWriteUsdPerGib: 0.001 };
    const came = replay(series(NOW, spikes), watching, { ...TERMS, physics: { ...TERMS.physics, prices } });
    expect(came.switches.map(({ mode }) => mode)).toEqual(['elastic', 'provisioned']);
    expect(spentUsd / came.usd).toBeCloseTo(1, 1);
  });

  test('a bound of 0 is a bound of 0', () => {
    const spikes = days(0.5, (minute) => (minute < 180 ? 80 : 0.1));
    const settings = { ...any, prices: DEFAULT_SETTINGS.prices, maxMonthlyUsd: 0 };
    expect(lived(series(NOW, spikes, 0), settings).usd).toBe(0);
  });
});

describe("the installation's purse", () => {
  const leftOf = (memory: ThroughputMemory) =>
    purseOf([{ row: { ...NEW_ROW, memory }, sizeGib: SIZE_GIB }], { monthlyUsd: 100, usdPerMibpsMonth: 6, nowMs: NOW })
      .leftUsd;

  test('what is on its way is bound already', () => {
    const pending = { ...PROVISIONED, atMs: NOW, from: BURSTING };
    expect(leftOf({ ...newMemory(), pending })).toBeCloseTo(100 - 35 * 0.2, 6);
  });

  test('a running lock of Elastic is bound by its forecast', () => {
    const memory = memoryOf({ setting: { mode: 'elastic', mibps: 0 }, sinceHours: 12, spentUsd: 10 });
    expect(leftOf({ ...memory, elasticDayUsd: 8 })).toBeCloseTo(100 - 10 - 4, 6);
  });

  test('an open lock is paid until the next look', () => {
    expect(leftOf(memoryOf({ setting: PROVISIONED, sinceHours: 30, spentUsd: 10 }))).toBeCloseTo(
      100 - 10 - (35 * 0.2 * 30) / 1440,
      6,
    );
  });
});
