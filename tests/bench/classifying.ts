import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../lib/diagnosis/classify/classify.ts';
import { atMost, median, type Part, type Row } from './row.ts';
import { ROOT } from './slow-account.ts';

const FULL = 64 * 1024;
const TURNS = 25;

/** Beginnings that a pattern with backtracking would try again from every place of the text. */
const HOSTILE: Readonly<Record<string, string>> = {
  'one sign': 'a',
  blanks: ' ',
  'blanks and words': 'mount.nfs4: ',
  'opening brackets': '((((',
  quotes: `b'`,
  escapes: '\\n',
  'beginnings of a reason':
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ',
  'ids without an end': 'fs-0123456789abcdef0.efs.',
  addresses: '10.0.0.1:2049 ',
  'access points': 'fsap-0123456789abcdef0',
  'wide signs': '\u{1f4a5}',
  'denied, almost': 'access denied by serve ',
};

export const classifying: Part = {
  name: 'classify',
  run: async () => {
    const reasons = readFileSync(join(ROOT, 'tests/corpus/mount-failures.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).text as string);
    return [speed(reasons), ...worst(reasons)];
  },
};

function speed(reasons: readonly string[]): Row {
  const ms = median(Array.from({ length: TURNS }, () => spent(() => reasons.forEach((text) => void read(text)))));
  const pass = median(Array.from({ length: TURNS }, () => spent(() => reasons.forEach((text) => void onePass(text)))));
  return {
    what: `classified reasons of the corpus (${reasons.length})`,
    figure: (reasons.length / ms) * 1_000,
    unit: '/s',
    floor: (reasons.length / pass) * 1_000,
    against: 'one pass over the same texts',
  };
}

function worst(reasons: readonly string[]): readonly Row[] {
  const seeds = {
    ...HOSTILE,
    ...Object.fromEntries(reasons.map((text, index) => [`reason ${index + 1} of the corpus`, text])),
  };
  const measured = Object.entries(seeds).map(([name, seed]) => ({ name, ms: best(seed, FULL) }));
  const slowest = measured.toSorted((one, other) => other.ms - one.ms)[0] ?? { name: '', ms: Number.NaN };
  const seed = seeds[slowest.name] ?? '';
  const text = repeatTo(seed, FULL);
  return [
    {
      what: `slowest of ${measured.length} hostile texts of 64 KiB (${slowest.name})`,
      figure: slowest.ms,
      unit: 'ms',
      floor: Math.min(...Array.from({ length: TURNS }, () => spent(() => void onePass(text)))),
      against: 'one pass over the text',
    },
    atMost(2.5, {
      what: 'the 12,288 characters of it that are read',
      figure: best(seed, 12_288),
      unit: 'ms',
      floor: best(seed, 6_144),
      against: 'half of them: linear is 2, quadratic 4',
    }),
  ];
}

function best(seed: string, length: number): number {
  const text = repeatTo(seed, length);
  return Math.min(...Array.from({ length: TURNS }, () => spent(() => void read(text))));
}

function repeatTo(seed: string, length: number): string {
  return seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
}

function read(text: string): unknown {
  return classify({ text, field: 'stoppedReason', volumes: ['efs'] });
}

function onePass(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

function spent(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
