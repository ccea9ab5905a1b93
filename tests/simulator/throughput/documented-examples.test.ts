import { clockAfter, lockedUntilMs } from '../../../lib/simulator/throughput/lock.ts';
import { liveMinute, meteredMibps, PHYSICS, type Work } from '../../../lib/simulator/throughput/minute.ts';
import { elasticUsd, provisionedUsdPerMinute } from '../../../lib/simulator/throughput/money.ts';
import {
  earnedMibps,
  FULL_BUCKET_MIB,
  maximumCreditMib,
  permittedMibps,
  type Setting,
} from '../../../lib/simulator/throughput/rates.ts';

const BURSTING: Setting = { mode: 'bursting', mibps: 0 };
const idle: Work = { creditMib: 0, backlogReadMib: 0, backlogWriteMib: 0 };

function minutesOf(sizeGib: number, load: { mibps: number; minutes: number; from: number }): Work {
  let work: Work = { ...idle, creditMib: load.from };
  for (let minute = 0; minute < load.minutes; minute++)
    work = liveMinute(work, { setting: BURSTING, sizeGib, load: { readMibps: 0, writeMibps: load.mibps } });
  return work;
}

describe('the EFS user guide’s examples', () => {
  test.each([
    [100, 70.3125],
    [102.4, 72],
    [10, 7.03125],
    [256, 180],
    [512, 360],
  ])('%d GiB earn enough in a day for %d minutes at 100 MiB/s', (sizeGib, minutes) => {
    const earnedMib = minutesOf(sizeGib, { mibps: 0, minutes: 1440, from: 0 }).creditMib;
    expect(earnedMib / 6000).toBeCloseTo(minutes, 6);
  });

  test.each([1024, 2048, 5120])('%d GiB may burst twelve hours a day', (sizeGib) => {
    const burst = permittedMibps({ setting: BURSTING, sizeGib, creditMib: FULL_BUCKET_MIB });
    expect((earnedMibps(sizeGib) * 24) / burst).toBe(12);
  });

  test('a day of idling at 5 MiB/s earns 432,000 MiB', () => {
    expect(minutesOf(102.4, { mibps: 0, minutes: 1440, from: 0 }).creditMib).toBeCloseTo(432_000, 3);
  });

  test('a new, empty file system at 100 MiB/s lasts 6.1167 hours', () => {
    const full = minutesOf(0, { mibps: 100, minutes: 366, from: FULL_BUCKET_MIB });
    const empty = minutesOf(0, { mibps: 100, minutes: 368, from: FULL_BUCKET_MIB });
    expect([full.creditMib > 0, empty.creditMib]).toEqual([true, 0]);
    expect(FULL_BUCKET_MIB / 100 / 3600).toBeCloseTo(6.1167, 4);
  });

  test('30 MiB/s of reads and 30 MiB/s of writes are metered as 40', () => {
    expect(meteredMibps({ readMibps: 30, writeMibps: 30 })).toBe(40);
  });

  test.each([
    [10, 1],
    [1024, 50],
  ])('%d GiB without credits serve %d MiB/s', (sizeGib, mibps) => {
    expect(permittedMibps({ setting: BURSTING, sizeGib, creditMib: 0 })).toBe(mibps);
  });

  test('the floor of 1 MiB/s is served but not earned', () => {
    expect(minutesOf(10, { mibps: 1, minutes: 60, from: 0 }).creditMib).toBe(0);
    expect(minutesOf(10, { mibps: 1, minutes: 60, from: 10_000 }).creditMib).toBeLessThan(10_000);
  });

  test('10 MiB/s provisioned at 102.4 GiB cost 30 dollars in 30 days', () => {
    expect(provisionedUsdPerMinute({ mode: 'provisioned', mibps: 10 }, 102.4) * 43_200).toBeCloseTo(30, 9);
  });

  test('twelve jobs on an exhausted 58 GiB get about 0.25 MiB/s each', () => {
    expect(permittedMibps({ setting: BURSTING, sizeGib: 58, creditMib: 0 }) / 12).toBeCloseTo(0.24, 2);
  });

  test('a full bucket is 2.1 TiB up to 1 TiB stored and grows with the size above', () => {
    expect([0, 1024, 3072].map(maximumCreditMib)).toEqual([FULL_BUCKET_MIB, FULL_BUCKET_MIB, FULL_BUCKET_MIB * 3]);
    expect(FULL_BUCKET_MIB * 1_048_576).toBeCloseTo(2.309e12, -9);
  });

  test('1 MiB/s for a month moved as Elastic writes costs 151.88 dollars, as three raw MiB/s of reads 227.81', () => {
    const month = 86_400 * 30;
    expect(elasticUsd({ readMib: 0, writeMib: month })).toBeCloseTo(151.88, 2);
    expect(elasticUsd({ readMib: 3 * month, writeMib: 0 })).toBeCloseTo(227.81, 2);
  });
});

describe('provisioned throughput', () => {
  const moment = (mibps: number, demand: number) => ({
    setting: { mode: 'provisioned', mibps } satisfies Setting,
    sizeGib: 102.4,
    load: { readMibps: 0, writeMibps: demand },
  });

  test('at or below the baseline it is bursting for free', () => {
    const minute = liveMinute({ ...idle, creditMib: 100_000 }, moment(5, 80));
    expect([minute.servedMibps, minute.usd, minute.creditMib]).toEqual([80, 0, 100_000 - 60 * 75]);
  });

  test('above the baseline it caps at the amount, and what was not served waits', () => {
    const minute = liveMinute({ ...idle, creditMib: 100_000 }, moment(20, 80));
    expect([minute.servedMibps, minute.backlogWriteMib, minute.throttled]).toEqual([20, 3600, true]);
  });

  test.each([
    ['storage', 99_700],
    ['max', 100_600],
    ['frozen', 100_000],
  ] as const)('with accrual %s a minute of 10 at 20 MiB/s leaves %d MiB', (accrual, creditMib) => {
    const minute = liveMinute({ ...idle, creditMib: 100_000 }, moment(20, 10), { ...PHYSICS, accrual });
    expect(minute.creditMib).toBe(creditMib);
  });

  test('work that waits is served first in, first out', () => {
    const waiting: Work = { creditMib: 0, backlogReadMib: 0, backlogWriteMib: 600 };
    const minute = liveMinute(waiting, moment(20, 15));
    expect([minute.servedMibps, minute.delayedMib, minute.backlogWriteMib]).toEqual([20, 300, 300]);
  });
});

describe('the 24-hour rule', () => {
  const hour = 3_600_000;
  const start = { lastRestrictedMs: null, lastProvisionedMs: null };
  const p = (mibps: number): Setting => ({ mode: 'provisioned', mibps });
  const raisedAt10h = () => {
    const switched = clockAfter(start, { from: BURSTING, to: p(5), nowMs: 0 });
    return clockAfter(switched, { from: p(5), to: p(8), nowMs: 10 * hour });
  };

  test.each([
    ['current', 34],
    ['strict', 24],
    ['union', 34],
  ] as const)('%s: switched at 0 h and raised at 10 h, leaving opens at %d h', (rule, hours) => {
    const ask = { from: p(8), to: BURSTING, nowMs: 11 * hour };
    expect(lockedUntilMs(rule, raisedAt10h(), ask)).toBe(hours * hour);
  });

  test.each(['current', 'strict', 'union'] as const)('%s: an increase is never refused', (rule) => {
    expect(lockedUntilMs(rule, raisedAt10h(), { from: p(8), to: p(9), nowMs: 11 * hour })).toBeNull();
  });

  test.each([
    ['current', null],
    ['strict', 64],
    ['union', 64],
  ] as const)('%s: returned at 40 h, switching up again opens at %s', (rule, hours) => {
    const returned = clockAfter(raisedAt10h(), { from: p(8), to: BURSTING, nowMs: 40 * hour });
    const ask = { from: BURSTING, to: p(20), nowMs: 41 * hour };
    expect(lockedUntilMs(rule, returned, ask)).toBe(hours === null ? null : hours * hour);
  });

  test('union: an increase right after parking is free, the next decrease waits a day', () => {
    const parked = clockAfter(raisedAt10h(), { from: p(8), to: p(2), nowMs: 40 * hour });
    expect(lockedUntilMs('union', parked, { from: p(2), to: p(9), nowMs: 41 * hour })).toBeNull();
    const raised = clockAfter(parked, { from: p(2), to: p(9), nowMs: 41 * hour });
    expect(lockedUntilMs('union', raised, { from: p(9), to: p(2), nowMs: 64 * hour })).toBe(65 * hour);
  });
});
