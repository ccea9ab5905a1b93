import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pointsIn } from '../../lib/cli/commands/what-if-points.ts';
import { liveThroughput } from '../../lib/simulator/live-throughput.ts';
import { tempFolder } from '../temp-folder.ts';
import { shell } from './on-account.ts';
import { run } from './on-memory.ts';

jest.setTimeout(60_000);

const FOLDER = tempFolder('loads');
const START_MS = Date.UTC(2026, 7, 1);
const MIB = 1_048_576;
/** A day: 40 MiB/s by day, 2 by night. */
const POINTS = Array.from({ length: 288 }, (_none, index) => {
  const hour = ((index * 5) % 1440) / 60;
  return { atMs: START_MS + index * 300_000, bytes: (hour >= 9 && hour < 17 ? 40 : 2) * 300 * MIB };
});

function fileOf(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

const iso = (atMs: number) => new Date(atMs).toISOString();
const FILES = {
  'plain.csv': `Timestamp,MeteredIOBytes\n${POINTS.map(({ atMs, bytes }) => `${iso(atMs)},${bytes}`).join('\n')}\n`,
  'console.csv': `Full label,MeteredIOBytes\nLabel,MeteredIOBytes\n\n${POINTS.map(({ atMs, bytes }) => `${iso(atMs).slice(0, 19).replaceAll('-', '/').replace('T', ' ')},${bytes}`).join('\r\n')}`,
  'statistics.json': JSON.stringify({
    Label: 'MeteredIOBytes',
    Datapoints: POINTS.toReversed().map(({ atMs, bytes }) => ({ Timestamp: iso(atMs), Sum: bytes, Unit: 'Bytes' })),
  }),
  'data.json': JSON.stringify({
    MetricDataResults: [
      { Id: 'credits', Label: 'BurstCreditBalance', Timestamps: [iso(START_MS)], Values: [1] },
      {
        Id: 'm1',
        Label: 'MeteredIOBytes',
        Timestamps: POINTS.map(({ atMs }) => iso(atMs)),
        Values: POINTS.map(({ bytes }) => bytes),
      },
    ],
  }),
} as const;

const SIZE = ['--size-gib', '120', '--credit-tib', '0.2'];

test.each(Object.entries(FILES))('%s is read point by point', (name, text) => {
  expect(pointsIn(text, name).toSorted((one, other) => one.atMs - other.atMs)).toEqual(POINTS);
});

test('credits that run out are throttled minutes where nothing is done, and none where it is always paid for', async () => {
  const { data } = await run(['what-if', fileOf('a.csv', FILES['plain.csv']), ...SIZE, '--json']);
  const { results } = JSON.parse(data) as {
    results: { policy: string; throttledMinutes: number; usdPerMonth: number }[];
  };
  const of = (name: RegExp) => results.find(({ policy }) => name.test(policy));
  expect(of(/^never/)?.throttledMinutes).toBeGreaterThan(100);
  expect(of(/^never/)?.usdPerMonth).toBe(0);
  expect(of(/^always/)?.throttledMinutes).toBe(0);
  expect(of(/^mountkeeper/)?.throttledMinutes).toBeLessThan(of(/^never/)?.throttledMinutes ?? 0);
});

test('--html is a page with its plots and without a script', async () => {
  const page = join(FOLDER, 'page.html');
  await run(['what-if', fileOf('b.csv', FILES['plain.csv']), ...SIZE, '--html', page]);
  const text = readFileSync(page, 'utf8');
  expect(text).not.toContain('<script');
  expect(text.match(/<polyline/g)?.length).toBe(3);
});

test('--file-system reads what CloudWatch has of it', async () => {
  const { account, estate, connect } = shell();
  const fileSystem = account.state.efs.fileSystems[estate.fileSystemId];
  if (fileSystem) fileSystem.sizeBytes.standard = 200 * 1024 ** 3;
  liveThroughput(account, estate.fileSystemId, { load: () => ({ readMibps: 0, writeMibps: 30 }) });
  await account.clock.advance(6 * 3_600_000);
  const { exitCode, data } = await run(['what-if', '--file-system', estate.fileSystemId, '--json'], { connect });
  expect(exitCode).toBe(0);
  expect(JSON.parse(data).days).toBeCloseTo(0.25, 1);
});

test.each([
  [['what-if'], 'Give a file of CloudWatch data'],
  [['what-if', 'none.csv', '--size-gib', '1'], 'none.csv cannot be read'],
  [['what-if', fileOf('c.csv', FILES['plain.csv'])], '--size-gib 120'],
  [['what-if', fileOf('odd.csv', 'hello\nworld\n'), '--size-gib', '1'], 'was not understood: expected a CSV'],
  [['what-if', fileOf('odd.json', '{"a":1}'), '--size-gib', '1'], 'was not understood'],
  [['what-if', 'x.csv', '--size-gib', 'big'], '--size-gib is "big"'],
])('%j is refused with what to do', async (words, said) => {
  const { exitCode, data, talk } = await run(words);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
});
