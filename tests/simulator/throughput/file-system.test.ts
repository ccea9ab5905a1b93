import fc from 'fast-check';
import {
  lifeCycleOf,
  newThroughput,
  requestChange,
  type ThroughputState,
  tick,
} from '../../../lib/simulator/throughput/file-system.ts';
import { liveMinute, meteredMibps } from '../../../lib/simulator/throughput/minute.ts';
import { maximumCreditMib, type Setting } from '../../../lib/simulator/throughput/rates.ts';
import { scale } from '../../scale.ts';

const AT = Date.parse('2023-12-28T12:51:32Z');
const p = (mibps: number): Setting => ({ mode: 'provisioned', mibps });
const BURSTING: Setting = { mode: 'bursting', mibps: 0 };
const rules = { rule: 'union' } as const;

function accepted(state: ThroughputState, to: Setting, nowMs: number): ThroughputState {
  const answer = requestChange(state, { to, nowMs }, rules);
  if ('refusal' in answer) throw new Error(answer.refusal.message);
  return answer.state;
}

function quiet(state: ThroughputState, nowMs: number): ThroughputState {
  return tick(state, { nowMs, load: { readMibps: 0, writeMibps: 0 } }).state;
}

test('a change is in force a minute later and until then the file system is updating', () => {
  const asked = accepted(newThroughput({ sizeGib: 100 }), p(40), AT);
  expect([lifeCycleOf(asked), asked.setting]).toEqual(['updating', BURSTING]);
  const settled = quiet(quiet(asked, AT), AT + 60_000);
  expect([lifeCycleOf(settled), settled.setting]).toEqual(['available', p(40)]);
});

test('while it is updating another change is a conflict', () => {
  const asked = accepted(newThroughput({ sizeGib: 100 }), p(40), AT);
  expect(requestChange(asked, { to: p(50), nowMs: AT }, rules)).toMatchObject({
    refusal: { error: 'IncorrectFileSystemLifeCycleState', httpStatus: 409 },
  });
});

test('leaving too early is refused in the words of AWS', () => {
  const settled = quiet(accepted(newThroughput({ sizeGib: 100 }), p(40), AT), AT + 60_000);
  expect(requestChange(settled, { to: BURSTING, nowMs: AT + 3_600_000 }, rules)).toEqual({
    refusal: {
      error: 'TooManyRequests',
      httpStatus: 429,
      message: 'Wait until 2023-12-29T12:51:32Z UTC and try again.',
    },
  });
});

test('the metered size follows the true size at the full hour', () => {
  const start = newThroughput({ sizeGib: 100 });
  const hour = Date.parse('2026-09-01T10:00:00Z');
  const load = { readMibps: 0, writeMibps: 0 };
  const before = tick(start, { nowMs: hour + 59 * 60_000, load, sizeGib: 150 });
  const after = tick(before.state, { nowMs: hour + 60 * 60_000, load, sizeGib: 160 });
  expect([before.state.meteredSizeGib, after.state.meteredSizeGib]).toEqual([100, 160]);
});

test('the state is plain JSON', () => {
  const state = accepted(newThroughput({ sizeGib: 100 }), p(40), AT);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

const setting = fc.oneof(
  fc.constant<Setting>(BURSTING),
  fc.constant<Setting>({ mode: 'elastic', mibps: 0 }),
  fc.integer({ min: 1, max: 400 }).map(p),
);
const amount = fc.double({ min: 0, max: 500, noNaN: true });

test('nothing is lost: what is offered is served or waits, and credits stay in the bucket', () => {
  fc.assert(
    fc.property(
      setting,
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 60 }),
      (used, sizeGib, loads) => {
        let work = { creditMib: 50_000, backlogReadMib: 0, backlogWriteMib: 0 };
        for (const [readMibps, writeMibps] of loads) {
          const load = { readMibps, writeMibps };
          const before = work.backlogReadMib / 3 + work.backlogWriteMib;
          const minute = liveMinute(work, { setting: used, sizeGib, load });
          const after = minute.backlogReadMib / 3 + minute.backlogWriteMib;
          expect(after + minute.servedMibps * 60).toBeCloseTo(before + meteredMibps(load) * 60, 4);
          expect(minute.servedMibps).toBeLessThanOrEqual(minute.permittedMibps);
          expect(minute.creditMib >= 0 && minute.creditMib <= Math.max(50_000, maximumCreditMib(sizeGib))).toBe(true);
          work = minute;
        }
      },
    ),
    { seed: 5, numRuns: scale(100) },
  );
});

test('more credit never hurts', () => {
  const throttledWith = (creditMib: number, loads: readonly number[]): number => {
    let work = { creditMib, backlogReadMib: 0, backlogWriteMib: 0 };
    let served = 0;
    for (const writeMibps of loads) {
      const minute = liveMinute(work, { setting: BURSTING, sizeGib: 60, load: { readMibps: 0, writeMibps } });
      served += minute.servedMibps;
      work = minute;
    }
    return served;
  };
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 90 }), amount, amount, (loads, some, more) => {
      expect(throttledWith(some * 20 + more * 20, loads)).toBeGreaterThanOrEqual(
        throttledWith(some * 20, loads) - 1e-6,
      );
    }),
    { seed: 7, numRuns: scale(100) },
  );
});
