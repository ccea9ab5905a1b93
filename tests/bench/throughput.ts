import { table } from '../../lib/report/table.ts';
import { checksOf, sum } from './throughput/checks.ts';
import { ROWS } from './throughput/judge.ts';
import { SHAPES } from './throughput/loads.ts';
import { inParallel } from './throughput/pool.ts';
import type { Done } from './throughput/worker.ts';

const USAGE = `npm run bench:throughput [-- [--quick] [--seeds 4,5,6] [part of a shape's name]]

Months of loads under the policy, what others do, and an optimum that knows the future; the checks at the end decide.
--quick: one seed. Two threads, some minutes.`;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
const given = words.includes('--seeds') ? words[words.indexOf('--seeds') + 1] : undefined;
const seeds = (given ?? (words.includes('--quick') ? '1' : '1,2,3')).split(',').map(Number);
const part = words.find((word, index) => !word.startsWith('--') && words[index - 1] !== '--seeds') ?? '';
const shapes = SHAPES.filter(({ name }) => name.includes(part));
const jobs = shapes.flatMap(({ name }) => seeds.map((seed) => ({ shape: name, seed })));

const all = await inParallel(jobs, ({ shape, seed, seconds }) =>
  console.error(`${shape}, seed ${seed}: ${seconds.toFixed(0)} s`),
);

for (const { name } of shapes) printShape(all.filter(({ shape }) => shape === name));
console.log(
  table(rowsOf(all, 'all loads'), {
    head: ['shape', 'policy', 'dollars', 'throttled min', 'changes', 'refused', 'J', '/ optimum'],
    right: [2, 3, 4, 5, 6, 7],
  }),
);
console.log('');
const checks = checksOf(all);
console.log(
  table(
    checks.map(({ what, figure, reach, ok }) => [what, figure.toFixed(2), reach, ok ? 'yes' : 'NO']),
    { head: ['check', 'figure', 'to reach', 'reached'], right: [1] },
  ),
);
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;

function printShape(done: readonly Done[]): void {
  console.log(
    table(rowsOf(done, done[0]?.shape ?? ''), {
      head: ['shape', 'policy', 'dollars', 'throttled min', 'changes', 'refused', 'J', '/ optimum'],
      right: [2, 3, 4, 5, 6, 7],
    }),
  );
  console.log('');
}

function rowsOf(done: readonly Done[], name: string): string[][] {
  const best = sum(done, ({ judged }) => judged.rows.optimum.j);
  const one = (row: string, of: (each: Done) => Done['late']) => {
    const j = sum(done, (each) => of(each).j);
    return [
      name,
      row,
      sum(done, (each) => of(each).usd).toFixed(2),
      String(sum(done, (each) => of(each).throttledMinutes)),
      String(sum(done, (each) => of(each).changes)),
      String(sum(done, (each) => of(each).refusals)),
      j.toFixed(2),
      best > 0 ? (j / best).toFixed(2) : '',
    ];
  };
  return [
    ...ROWS.map((row) => one(row, ({ judged }) => judged.rows[row])),
    one('ours, 15 min late', ({ late }) => late),
    one('ours, rule max', ({ max }) => max),
  ];
}
