import { createServer } from '../../../lib/cli/what-if/serve.ts';
import { DEFAULT_SETTINGS } from '../../../lib/keepers/throughput/terms.ts';

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
