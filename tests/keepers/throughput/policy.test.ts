import { emptyHistory, type History } from '../../../lib/keepers/throughput/history.ts';
import { newMemory, type ThroughputMemory } from '../../../lib/keepers/throughput/memory.ts';
import { decideThroughput } from '../../../lib/keepers/throughput/policy.ts';
import {
  DEFAULT_SETTINGS,
  type FileSystemNow,
  type MinutePoint,
  type Refusal,
  type ThroughputDecision,
  type ThroughputSettings,
} from '../../../lib/keepers/throughput/terms.ts';

const MIB = 1_048_576;
const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-09-03T12:00:00Z');
const DELAY = 3;

const bursting: FileSystemNow = {
  id: 'fs-0123456789abcdef0',
  mode: 'bursting',
  sizeStandardGib: 102.4,
  lifeCycleState: 'available',
};
const provisioned = (mibps: number): FileSystemNow => ({ ...bursting, mode: 'provisioned', mibps });

interface Told {
  readonly minutes: number;
  readonly mibps: number;
  readonly endCreditMib: number;
  readonly permittedMibps?: number;
}

/** Steady minutes up to the delay before now, the balance falling to `endCreditMib`. */
function steady({ minutes, mibps, endCreditMib, permittedMibps = 100 }: Told): MinutePoint[] {
  return Array.from({ length: minutes }, (_, index) => {
    const back = minutes - 1 - index;
    return {
      at: NOW - (back + DELAY) * MINUTE_MS,
      creditBytes: Math.max(0, endCreditMib + back * 60 * (mibps - 5)) * MIB,
      permittedBytesPerSecond: permittedMibps * MIB,
      meteredBytes: mibps * 60 * MIB,
    };
  });
}

interface Asked {
  readonly fileSystem?: FileSystemNow;
  readonly points?: readonly MinutePoint[];
  readonly memory?: ThroughputMemory;
  readonly settings?: Partial<ThroughputSettings>;
  readonly refusal?: Refusal;
  readonly now?: number;
  readonly history?: History;
}

function decide(asked: Asked): ThroughputDecision {
  const { fileSystem = bursting, points = [], settings = {}, now = NOW, memory, refusal, history } = asked;
  return decideThroughput(
    {
      now,
      fileSystem,
      points,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      ...(memory === undefined ? {} : { memory }),
      ...(refusal === undefined ? {} : { refusal }),
    },
    history ?? emptyHistory(),
  );
}

const drained = steady({ minutes: 600, mibps: 60, endCreditMib: 20_000 });
const OURS = (mibps: number, hoursAgo: number): ThroughputMemory => ({
  ...newMemory(),
  ours: { mode: 'provisioned', mibps, sinceMs: NOW - hoursAgo * 60 * MINUTE_MS },
  home: { mode: 'bursting', mibps: 0 },
  lockedUntilMs: NOW + (24 - hoursAgo) * 60 * MINUTE_MS,
  seen: { mode: 'provisioned', mibps, sinceMs: NOW - hoursAgo * 60 * MINUTE_MS },
});

describe('while credits last', () => {
  test('it waits, however hard they are used', () => {
    const decision = decide({ points: steady({ minutes: 600, mibps: 60, endCreditMib: 500_000 }) });
    expect(decision.action).toBeNull();
    expect(decision.forecast?.earliestMs).toBeGreaterThan(NOW + 100 * MINUTE_MS);
  });

  test('it looks more often as they end', () => {
    const polls = [1_500_000, 120_000].map(
      (endCreditMib) => decide({ points: steady({ minutes: 600, mibps: 60, endCreditMib }) }).nextPollMinutes,
    );
    expect(polls[0]).toBe(60);
    expect(polls[1]).toBeLessThan(10);
  });

  test('however calm it is, it looks again before the burst rate could have used up half of what is left', () => {
    for (const endCreditMib of [150_000, 300_000, 600_000, 1_200_000, 2_000_000]) {
      const { nextPollMinutes, safeMinutes } = decide({ points: steady({ minutes: 600, mibps: 1, endCreditMib }) });
      const burstMinutes = endCreditMib / (100 - 5) / 60;
      expect(safeMinutes).toBeLessThan(burstMinutes - DELAY);
      expect(safeMinutes).toBeGreaterThan(burstMinutes - 20);
      expect(nextPollMinutes).toBeLessThanOrEqual(Math.max(30, burstMinutes / 2));
    }
  });

  test('a file system below its baseline is left alone', () => {
    const decision = decide({ points: steady({ minutes: 3000, mibps: 2, endCreditMib: 900_000 }) });
    expect([decision.action, decision.nextPollMinutes, decision.forecast?.earliestMs]).toEqual([null, 60, null]);
  });
});

describe('at the last safe moment', () => {
  test('it provisions what is asked for, and not much more', () => {
    const { action } = decide({ points: drained });
    expect(action?.mode).toBe('provisioned');
    expect(action?.mibps).toBeGreaterThanOrEqual(60);
    expect(action?.mibps).toBeLessThanOrEqual(75);
  });

  test('it does nothing when a throttled minute is worth nothing', () => {
    expect(decide({ points: drained, settings: { throttledMinuteUsd: 0 } }).action).toBeNull();
  });

  test('it buys no more than the owner allows', () => {
    const mibps = decide({ points: drained, settings: { maxMibps: 30 } }).action?.mibps ?? 0;
    expect(mibps).toBeLessThanOrEqual(30);
  });

  test('it buys nothing that the month’s money cannot hold for a day', () => {
    expect(decide({ points: drained, settings: { maxMonthlyUsd: 0 } }).action).toBeNull();
  });

  test('Elastic is never chosen unless the owner allows it', () => {
    const cheap = { prices: { ...DEFAULT_SETTINGS.prices, elasticUsdPerMeteredGib: 0.000001 } };
    const modes = [false, true].map(
      (allowElastic) => decide({ points: drained, settings: { ...cheap, allowElastic } }).action?.mode,
    );
    expect(modes).toEqual(['provisioned', 'elastic']);
  });

  test('Max I/O excludes Elastic', () => {
    const cheap = { prices: { ...DEFAULT_SETTINGS.prices, elasticUsdPerMeteredGib: 0.000001 }, allowElastic: true };
    const fileSystem = { ...bursting, performanceMode: 'maxIO' };
    expect(decide({ points: drained, fileSystem, settings: cheap }).action?.mode).toBe('provisioned');
  });
});

describe('what it learns', () => {
  test('whoever looks less often than asked is given more time before the end', () => {
    const at = steady({ minutes: 600, mibps: 60, endCreditMib: 70_000 });
    const punctual = decide({ points: at, memory: { ...newMemory(), nextLookMs: NOW } });
    const late = decide({ points: at, memory: { ...newMemory(), nextLookMs: NOW - 12 * MINUTE_MS } });
    expect([punctual.action, late.action?.mode]).toEqual([null, 'provisioned']);
    expect([punctual.memory.lateMinutes, late.memory.lateMinutes]).toEqual([0, 12]);
  });

  test('what stays pegged after more was given is thought to want much more', () => {
    const raised = [2, 4, 8].flatMap((mibps, step) =>
      steady({ minutes: 20, mibps, endCreditMib: 0, permittedMibps: mibps }).map((point) => ({
        ...point,
        at: point.at - (2 - step) * 20 * MINUTE_MS,
        creditBytes: 0,
      })),
    );
    const small = { ...provisioned(8), sizeStandardGib: 10 };
    const { action } = decide({ points: raised, fileSystem: small, memory: OURS(8, 1) });
    expect(action?.mibps ?? 0).toBeGreaterThanOrEqual(16);
  });
});

describe('what stands in the way', () => {
  test('nothing is asked for while the file system is updating', () => {
    expect(decide({ points: drained, fileSystem: { ...bursting, lifeCycleState: 'updating' } }).action).toBeNull();
  });

  test('missing metrics are told and lead to nothing', () => {
    const decision = decide({ points: drained, now: NOW + 60 * MINUTE_MS });
    expect([decision.action, decision.findings.map(({ code }) => code)]).toEqual([
      null,
      ['throughput-metrics-missing'],
    ]);
  });

  test('an amount that somebody else provisioned is neither lowered nor left', () => {
    const points = steady({ minutes: 2000, mibps: 1, endCreditMib: 900_000, permittedMibps: 80 });
    const decision = decide({ points, fileSystem: provisioned(80) });
    expect([decision.action, decision.findings.map(({ code }) => code)]).toEqual([null, ['throughput-set-by-owner']]);
  });

  test('a mode that somebody reset is respected for a day', () => {
    const decision = decide({ points: drained, memory: OURS(70, 2) });
    expect(decision.findings.map(({ code }) => code)).toEqual(['throughput-changed-elsewhere']);
    expect([decision.action, decision.memory.quiet?.untilMs]).toEqual([null, NOW + 1440 * MINUTE_MS]);
  });

  test('a refusal’s end is stored and the same is not asked again before', () => {
    const history = emptyHistory();
    const asked = decide({ points: drained, history });
    const refusal = {
      at: NOW,
      error: 'TooManyRequests',
      message: 'Wait until 2026-09-04T02:00:00Z UTC and try again.',
    };
    const later = { now: NOW + 5 * MINUTE_MS, history };
    const refused = decide({ ...later, memory: asked.memory, refusal });
    expect(refused.memory.heldUntilMs).toBe(Date.parse('2026-09-04T02:01:00Z'));
    expect([asked.action?.mode, refused.action]).toEqual(['provisioned', null]);
  });

  test('where AWS lacks capacity it asks for less the next time', () => {
    const history = emptyHistory();
    const asked = decide({ points: drained, history });
    const refusal = { at: NOW, error: 'InsufficientThroughputCapacity', message: 'none' };
    const told = decide({ memory: asked.memory, refusal, now: NOW + MINUTE_MS, history });
    const again = decide({ memory: told.memory, now: NOW + 5 * MINUTE_MS, history });
    expect(again.action?.mibps ?? 0).toBeLessThan(asked.action?.mibps ?? 0);
  });
});

describe('where AWS lacks capacity', () => {
  const refusal = { at: NOW, error: 'InsufficientThroughputCapacity', message: 'none' };
  const dear = { throttledMinuteUsd: 1 };

  function afterRefusal(settings: Partial<ThroughputSettings>): readonly (ThroughputDecision['action'] | undefined)[] {
    const history = emptyHistory();
    const asked = decide({ points: drained, history, settings });
    const told = decide({ memory: asked.memory, refusal, now: NOW + MINUTE_MS, history, settings });
    const again = decide({ memory: told.memory, now: NOW + 5 * MINUTE_MS, history, settings });
    return [asked.action, told.action, again.action];
  }

  test('Elastic takes over where the owner lets it and waiting would cost more', () => {
    const [asked, told, again] = afterRefusal({ ...dear, allowElastic: true, maxMonthlyUsd: 1000 });
    expect([asked?.mode, told, again]).toEqual(['provisioned', null, { mode: 'elastic' }]);
  });

  test('without that word of the owner it stays with what AWS may grant', () => {
    const [asked, , again] = afterRefusal(dear);
    expect([asked?.mode, again?.mode ?? 'provisioned']).toEqual(['provisioned', 'provisioned']);
    expect(again?.mibps ?? 0).toBeLessThan(asked?.mibps ?? 0);
  });

  test('Elastic that is refused too is not asked for again within hours', () => {
    const pending = { mode: 'elastic' as const, mibps: 0, atMs: NOW, from: { mode: 'bursting' as const, mibps: 0 } };
    const { memory } = decide({ points: drained, memory: { ...newMemory(), pending }, refusal, now: NOW + MINUTE_MS });
    expect(memory.quiet?.untilMs).toBe(NOW + MINUTE_MS + 4 * 3_600_000);
  });
});

describe('provisioned by us', () => {
  const calm = [
    ...steady({ minutes: 2000, mibps: 2, endCreditMib: 900_000, permittedMibps: 70 }),
  ] satisfies MinutePoint[];

  test('it stays for as long as the rule locks it', () => {
    expect(decide({ points: calm, fileSystem: provisioned(70), memory: OURS(70, 10) }).action).toBeNull();
  });

  test('when the lock opens it parks below the baseline, so that the next switch is an increase', () => {
    const decision = decide({ points: calm, fileSystem: provisioned(70), memory: OURS(70, 25) });
    expect(decision.action).toEqual({ mode: 'provisioned', mibps: 4 });
  });

  test('too small to park, it goes back to Bursting mode when that is safe on every day seen', () => {
    const small = { ...provisioned(20), sizeStandardGib: 18 };
    const points = steady({ minutes: 3000, mibps: 0.3, endCreditMib: 900_000, permittedMibps: 20 });
    expect(decide({ points, fileSystem: small, memory: OURS(20, 25) }).action).toEqual({ mode: 'bursting' });
  });

  test('where parking turned out to cap, it uses Bursting mode', () => {
    const memory: ThroughputMemory = { ...OURS(70, 25), parking: 'caps' };
    expect(decide({ points: calm, fileSystem: provisioned(70), memory }).action).toEqual({ mode: 'bursting' });
  });

  test('pegged and short it raises within the lock, for an increase is never refused', () => {
    const before = steady({ minutes: 600, mibps: 60, endCreditMib: 0 });
    const pegged = steady({ minutes: 90, mibps: 20, endCreditMib: 0, permittedMibps: 20 });
    const points = [...before.slice(0, -90), ...pegged];
    const { action } = decide({ points, fileSystem: provisioned(20), memory: OURS(20, 3) });
    expect(action?.mode).toBe('provisioned');
    expect(action?.mibps).toBeGreaterThan(20);
  });

  test('it finds out that credits are earned at the provisioned rate', () => {
    const points = steady({ minutes: 300, mibps: 10, endCreditMib: 0, permittedMibps: 70 }).map((point, index) => ({
      ...point,
      creditBytes: index * 60 * 60 * MIB,
    }));
    const { memory } = decide({ points, fileSystem: provisioned(70), memory: OURS(70, 8) });
    expect(memory.accrual.max).toBeGreaterThan(10);
    expect(memory.accrual.storage).toBe(0);
  });
});

describe('points', () => {
  test('doubled, late, unordered and empty ones change nothing', () => {
    const hole: MinutePoint = {
      at: NOW - 5 * MINUTE_MS,
      creditBytes: null,
      permittedBytesPerSecond: null,
      meteredBytes: Number.NaN,
    };
    const shuffled = [...drained.slice(300), hole, ...drained.slice(0, 320)];
    expect(decide({ points: shuffled }).action).toEqual(decide({ points: drained }).action);
  });

  test('what is remembered is plain JSON', () => {
    const { memory } = decide({ points: drained });
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });
});
