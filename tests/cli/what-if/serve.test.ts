import fc from 'fast-check';
import { createServer } from '../../../lib/cli/what-if/serve.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';
import { scale } from '../../scale.ts';

const START = Date.parse('2026-06-01T00:00:00Z');
const GIB = 1_073_741_824;
const MIB = 1_048_576;

function lineAt(minute: number, change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    now: new Date(START + minute * 60_000).toISOString(),
    fileSystem: { id: 'fs-0123456789abcdef0', mode: 'bursting', sizeStandardGib: 100, lifeCycleState: 'available' },
    points: [],
    ...change,
  });
}

/** A file system of 100 GiB that is asked for 60 MiB/s and has this much credit left. */
function busy(minutes: number, creditGib: number): readonly unknown[] {
  return Array.from({ length: minutes }, (_none, minute) => ({
    at: new Date(START + minute * 60_000).toISOString(),
    creditBytes: Math.max(0, creditGib * GIB - minute * 60 * 55 * MIB),
    permittedBytesPerSecond: 100 * MIB,
    meteredBytes: 60 * 60 * MIB,
  }));
}

test('a drain that ends within minutes is answered with provisioned throughput, and why', () => {
  const { answer } = createServer({ ...DEFAULT_SETTINGS, maxMonthlyUsd: 1e9 });
  const reply = JSON.parse(answer(lineAt(63, { points: busy(61, 200) })) ?? '');
  expect(reply).toEqual({
    action: { mode: 'provisioned', mibps: expect.any(Number) },
    nextPollMinutes: expect.any(Number),
    why: expect.stringContaining('MiB/s'),
  });
  expect(reply.action.mibps).toBeGreaterThan(40);
});

test('what is idle is left alone', () => {
  const { answer } = createServer(DEFAULT_SETTINGS);
  const points = busy(61, 2000).map((point) => ({ ...(point as object), meteredBytes: 0, creditBytes: 2000 * GIB }));
  expect(JSON.parse(answer(lineAt(63, { points })) ?? '')).toMatchObject({ action: null });
});

test.each([
  ['no JSON', '{"now":', '(the line)'],
  ['no object', '7', '(the line)'],
  ['no time', lineAt(0, { now: 'soon' }), 'now'],
  [
    'a mode that does not exist',
    lineAt(0, { fileSystem: { id: 'fs-1', mode: 'fast', sizeStandardGib: 1, lifeCycleState: 'available' } }),
    'fileSystem.mode',
  ],
  ['points that are no list', lineAt(0, { points: {} }), 'points'],
])('%s is answered with an error that names the field, and the stream goes on', (_what, line, field) => {
  const { answer } = createServer(DEFAULT_SETTINGS);
  expect(JSON.parse(answer(line) ?? '')).toMatchObject({ field, action: null });
  expect(JSON.parse(answer(lineAt(1)) ?? '')).toMatchObject({ action: null, why: expect.any(String) });
});

test('points that are broken, doubled or out of order do not stop it', () => {
  const { answer } = createServer({ ...DEFAULT_SETTINGS, maxMonthlyUsd: 1e9 });
  const points = [
    ...busy(61, 200).toReversed(),
    null,
    { at: 'x' },
    { at: new Date(START).toISOString(), creditBytes: 'many' },
    ...busy(3, 200),
  ];
  expect(JSON.parse(answer(lineAt(63, { points })) ?? '')).toMatchObject({ action: { mode: 'provisioned' } });
});

test('file systems in one stream do not share what is known of them', () => {
  const { answer } = createServer({ ...DEFAULT_SETTINGS, maxMonthlyUsd: 1e9 });
  answer(lineAt(63, { points: busy(61, 2000) }));
  const other = { id: 'fs-other', mode: 'bursting', sizeStandardGib: 100, lifeCycleState: 'available' };
  expect(JSON.parse(answer(lineAt(63, { fileSystem: other })) ?? '')).toMatchObject({
    action: null,
    why: 'No metrics to go by.',
  });
});

test('what a simulator does not say is taken as usual', () => {
  const { answer } = createServer(DEFAULT_SETTINGS);
  const line = {
    now: '2026-06-01T00:00:00Z',
    fileSystem: { id: 'fs-1', mode: 'bursting', sizeStandardGib: 1 },
    refusal: { error: 'TooManyRequests' },
  };
  expect(JSON.parse(answer(JSON.stringify(line)) ?? '')).toEqual({
    action: null,
    nextPollMinutes: 5,
    why: 'No metrics to go by.',
  });
});

test.each([
  ['TooManyRequests', 'Wait until 2026-06-01T20:00:00Z UTC and try again.'],
  ['com.amazonaws.elasticfilesystem#TooManyRequests', 'Wait until 2026-06-01T20:00:00Z UTC and try again.'],
  ['ClientError', 'An error occurred (TooManyRequests): wait until 2026-06-01 20:00:00 UTC.'],
  ['429', 'Refused: no change within 24 hours, try again after 2026-06-01T20:00Z'],
])('the end of a lock is heard from %s: %s', (error, message) => {
  const { answer } = createServer({ ...DEFAULT_SETTINGS, maxMonthlyUsd: 1e9 });
  const first = JSON.parse(answer(lineAt(63, { points: busy(61, 200) })) ?? '');
  const at = new Date(START + 63 * 60_000).toISOString();
  const refused = JSON.parse(answer(lineAt(65, { refusal: { at, error, message } })) ?? '');
  expect([first.action?.mode, refused.action, refused.why]).toEqual(['provisioned', null, HELD]);
  const points = (minutes: number) => busy(minutes, 200).slice(-30);
  expect(JSON.parse(answer(lineAt(20 * 60 - 10, { points: points(20 * 60 - 12) })) ?? '').action).toBeNull();
  expect(JSON.parse(answer(lineAt(20 * 60 + 5, { points: points(20 * 60 + 3) })) ?? '').action).toMatchObject({
    mode: 'provisioned',
  });
});

const HELD = 'Credits run dry, and the 24-hour rule holds the switch.';

const number = fc.oneof(fc.double(), fc.constantFrom(0, -1, 1e300, 1e12, 5e9), fc.constant(null), fc.string());
const point = fc.oneof(
  fc.record({
    at: fc.integer({ min: -40_000, max: 40_000 }).map((minute) => new Date(START + minute * 60_000).toISOString()),
    creditBytes: number,
    permittedBytesPerSecond: number,
    meteredBytes: number,
  }),
  fc.anything(),
);
const anyLine = fc.record({
  minute: fc.integer({ min: 0, max: 60 * 24 * 60 }),
  fileSystem: fc.record({
    id: fc.constantFrom('fs-1', 'fs-2'),
    mode: fc.constantFrom('bursting', 'provisioned', 'elastic'),
    mibps: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e6, noNaN: true })),
    sizeStandardGib: fc.constantFrom(0, 0.001, 1, 20, 100, 3000, 1e7),
    lifeCycleState: fc.constantFrom('available', 'updating', 'deleted', ''),
  }),
  points: fc.array(point, { maxLength: 60 }),
  refusal: fc.option(fc.record({ at: fc.string(), error: fc.string(), message: fc.string() })),
});

test('no sequence of lines ends the stream: each gets one line, with a setting that AWS takes and a time to look again', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), (lines) => {
      const { answer } = createServer({ ...DEFAULT_SETTINGS, maxMibps: 3414, maxMonthlyUsd: 1e9, allowElastic: true });
      for (const { minute, ...line } of lines) {
        const text = answer(lineAt(minute, line)) ?? '';
        expect(text).not.toContain('\n');
        const { action, nextPollMinutes, error } = JSON.parse(text);
        expect(error).toBeUndefined();
        expect(nextPollMinutes).toBeGreaterThanOrEqual(1);
        expect(nextPollMinutes).toBeLessThanOrEqual(60);
        if (action?.mode === 'provisioned') {
          expect(action.mibps).toBeGreaterThanOrEqual(1);
          expect(action.mibps).toBeLessThanOrEqual(3414);
        }
      }
    }),
    { numRuns: scale(60), seed: 5 },
  );
});
