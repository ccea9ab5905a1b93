import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../on-memory.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'what-if-'));
const LOAD = join(FOLDER, 'load.csv');
const MIB = 1_048_576;

/** 40 MiB/s without end on 60 GiB, which earn 2.9. */
writeFileSync(
  LOAD,
  `Timestamp,MeteredIOBytes\n${Array.from({ length: 20 }, (_none, index) => `${new Date(Date.UTC(2026, 7, 1) + index * 900_000).toISOString()},${40 * 900 * MIB}`).join('\n')}\n`,
);
const ASKED = ['what-if', LOAD, '--size-gib', '60', '--credit-tib', '0'];

interface Answer {
  readonly bounds: unknown;
  readonly results: readonly { readonly policy: string }[];
  readonly notes: readonly string[];
}

const answerTo = async (...words: readonly string[]) =>
  JSON.parse((await run([...ASKED, ...words, '--json'])).data) as Answer;

test('the bounds are those of a file system without tags, and said', async () => {
  const page = join(FOLDER, 'page.html');
  const { data } = await run([...ASKED, '--html', page]);
  const said = 'bounds: 256 MiB/s, 100 USD a month';
  expect([data.includes(said), readFileSync(page, 'utf8').includes(said)]).toEqual([true, true]);
});

test('bounds that are given are said, an amount is bound for every policy that buys one', async () => {
  const { bounds, results } = await answerTo('--max-mibps', '12', '--max-monthly-usd', '7');
  expect(bounds).toEqual({ maxMibps: 12, maxMonthlyUsd: 7 });
  expect(results.map(({ policy }) => policy)).toContain('always 12 MiB/s');
});

test('what a whole month would cost beyond its bound is said', async () => {
  const notes = await Promise.all(
    ['20', '900'].map(async (usd) => (await answerTo('--max-monthly-usd', usd)).notes.join(' ')),
  );
  expect(notes.map((said) => /use up the 20 USD of mountkeeper by about day [1-4];/.test(said))).toEqual([true, false]);
});

test.each([
  [[...ASKED, '--html', join(FOLDER, 'no', 'x.html')], 'its folder is not there'],
  [[...ASKED, '--html', ''], '--html is empty'],
  [[...ASKED, '--file-system', 'fs-1'], 'not both'],
  [['what-if', '--serve', 'nofile.csv'], '--serve reads lines from standard input'],
])('%j is refused in one sentence', async (words, said) => {
  const { exitCode, data, talk } = await run(words);
  expect({ exitCode, data }).toEqual({ exitCode: 2, data: '' });
  expect(talk).toContain(said);
  expect(talk.trim().split('\n')).toHaveLength(1);
});

test('a page that could be written is not left empty by a mistake', async () => {
  const page = join(FOLDER, 'never.html');
  await run(['what-if', 'none.csv', '--size-gib', '1', '--html', page]);
  expect(existsSync(page)).toBe(false);
});

const LINE = {
  now: '2026-06-01T00:00:00Z',
  fileSystem: { id: 'fs-1', mode: 'bursting', sizeStandardGib: 1 },
};

describe('--serve', () => {
  const lines = (...all: readonly unknown[]) => ({ stdin: `${all.map((one) => JSON.stringify(one)).join('\n')}\n` });

  test.each([
    [{ ...LINE, now: 'soon' }, 'now is "soon"; expected an ISO time, such as "2026-06-01T00:00:00Z".'],
    [
      { ...LINE, fileSystem: { ...LINE.fileSystem, mode: 'fast' } },
      'fileSystem.mode is "fast"; expected "bursting", "provisioned" or "elastic".',
    ],
    [{ now: LINE.now }, 'fileSystem is missing; expected an object with id, mode and sizeStandardGib.'],
    [7, 'The line is 7; expected one JSON object'],
  ])(
    '%j: what was got and what was expected, the next line is answered, and the end is exit code 2',
    async (bad, said) => {
      const { exitCode, data } = await run(['what-if', '--serve'], lines(bad, LINE));
      const [first, second] = data
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(first).toMatchObject({ error: expect.stringContaining(said), expected: expect.any(String), action: null });
      expect([second.error, second.why, exitCode]).toEqual([undefined, 'No metrics to go by.', 2]);
    },
  );

  test('a stream that is understood ends well', async () => {
    expect((await run(['what-if', '--serve'], lines(LINE, LINE))).exitCode).toBe(0);
  });

  test('--help shows a line that is understood', async () => {
    const { data } = await run(['what-if', '--help']);
    const [, shown] = /in {3}(\{.*\}\]\})/s.exec(data) ?? [];
    const { exitCode } = await run(['what-if', '--serve'], { stdin: `${shown?.replaceAll(/\n\s*/g, '')}\n` });
    expect([shown?.startsWith('{"now"'), exitCode]).toEqual([true, 0]);
  });
});
