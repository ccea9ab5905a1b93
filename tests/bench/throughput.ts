import { table } from '../../lib/report/table.ts';
import { type Judged, judge, type RowName } from './throughput/judge.ts';
import { SHAPES, type Shape } from './throughput/loads.ts';

/** `--quick`: one seed; `--seeds 4,5,6`: others than those it was tuned on; a word: only shapes that have it. */
const words = process.argv.slice(2);
const seeds = (
  words[words.indexOf('--seeds') + 1] && words.includes('--seeds')
    ? (words[words.indexOf('--seeds') + 1] ?? '1')
    : words.includes('--quick')
      ? '1'
      : '1,2,3'
)
  .split(',')
  .map(Number);
const part = words.find((word, index) => !word.startsWith('--') && words[index - 1] !== '--seeds');

const NAMES: readonly RowName[] = ['never', 'always p99', 'best threshold', 'RES lambda', 'mountkeeper', 'optimum'];

interface Result {
  readonly shape: Shape;
  readonly judged: readonly Judged[];
}

const results: Result[] = [];
for (const shape of SHAPES.filter(({ name }) => name.includes(part ?? ''))) {
  const judged = seeds.map((seed) => judge(shape.make(seed)));
  results.push({ shape, judged });
  console.log(
    table(rowsOf({ shape, judged }), {
      head: ['shape', 'policy', 'dollars', 'throttled min', 'changes', 'refused', 'J'],
      right: [2, 3, 4, 5, 6],
    }),
  );
  console.log('');
}

function rowsOf({ shape, judged }: Result): string[][] {
  return NAMES.map((name) => [
    shape.name,
    name,
    sum(judged, (one) => one[name].usd + one[name].monitorUsd).toFixed(2),
    String(sum(judged, (one) => one[name].throttledMinutes)),
    String(sum(judged, (one) => one[name].switches.length)),
    String(sum(judged, (one) => one[name].refusals)),
    sum(judged, (one) => one[name].j).toFixed(2),
  ]);
}

function sum(judged: readonly Judged[], of: (one: Judged) => number): number {
  return judged.reduce((total, one) => total + of(one), 0);
}

const total = (name: RowName) => results.reduce((all, { judged }) => all + sum(judged, (one) => one[name].j), 0);
const each = results.flatMap(({ shape, judged }) => judged.map((one) => ({ shape, one })));

/** What issue and owners ask of the policy; a check that fails makes the bench fail. */
const CHECKS: readonly (readonly [string, number, string, boolean])[] = [
  check('J of the policy / J of the optimum, over all', total('mountkeeper') / total('optimum'), 1.65),
  check('J of the policy / J of the best threshold', total('mountkeeper') / total('best threshold'), 0.6),
  check('worst shape against the better of never and always p99 (10 % and $1 allowed)', worstShape(), 1),
  check(
    'changes on the steady low load',
    each
      .filter(({ shape }) => shape.name === 'steady low')
      .reduce((all, { one }) => all + one.mountkeeper.switches.length, 0),
    0,
  ),
  check('refused calls of one file system in a month', Math.max(...each.map(({ one }) => one.mountkeeper.refusals)), 1),
  check(
    'rows below the optimum (else it is none)',
    each.filter(({ one }) => NAMES.some((name) => one[name].j < one.optimum.j - 0.005)).length,
    0,
  ),
  atLeast(
    'shapes in which threshold and optimum are 20 % apart',
    results.filter(
      ({ judged }) => sum(judged, (one) => one['best threshold'].j) > 1.2 * sum(judged, (one) => one.optimum.j),
    ).length,
    Math.min(5, results.length),
  ),
];

function worstShape(): number {
  return Math.max(
    ...results.map(({ judged }) => {
      const better = Math.min(
        sum(judged, (one) => one.never.j),
        sum(judged, (one) => one['always p99'].j),
      );
      return sum(judged, (one) => one.mountkeeper.j) / (1.1 * better + judged.length);
    }),
  );
}

function check(what: string, figure: number, most: number): readonly [string, number, string, boolean] {
  return [what, figure, `≤ ${most}`, figure <= most];
}

function atLeast(what: string, figure: number, least: number): readonly [string, number, string, boolean] {
  return [what, figure, `≥ ${least}`, figure >= least];
}

console.log(
  table(
    CHECKS.map(([what, figure, reach, ok]) => [what, figure.toFixed(2), reach, ok ? 'yes' : 'NO']),
    { head: ['check', 'figure', 'to reach', 'reached'], right: [1] },
  ),
);
process.exitCode = CHECKS.every(([, , , ok]) => ok) ? 0 : 1;
