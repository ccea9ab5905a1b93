import { type Judged, ROWS, type RowName } from './judge.ts';
import type { Done } from './worker.ts';

export interface Check {
  readonly what: string;
  readonly figure: number;
  readonly reach: string;
  readonly ok: boolean;
}

/** What is asked of the policy, and of the bench itself; a check that fails makes the bench fail. */
export function checksOf(all: readonly Done[]): readonly Check[] {
  const shapes = [...Map.groupBy(all, ({ shape }) => shape).values()];
  const ours = total(all, 'mountkeeper');
  return [
    atMost(1.65, 'J of the policy / J of the optimum', ours / total(all, 'optimum')),
    atMost(
      0.6,
      'J of the policy / J of the best threshold, one for all loads',
      ours / bestForAll(all, (one) => one.judged.thresholds),
    ),
    atMost(0.6, 'J of the policy / J of the best threshold of each load', ours / total(all, 'best threshold')),
    atMost(
      1,
      'worst shape / (1.1 × the better of never and always p99 + $1 a month)',
      Math.max(...shapes.map(worstOf)),
    ),
    atMost(0, 'changes on the steady low load', changesOn(all, 'steady low')),
    atMost(0, 'rows below the optimum in a load (else it is none)', all.filter(isBeaten).length),
    atLeast(
      Math.min(5, shapes.length),
      'shapes in which the best threshold and the optimum are 20 % apart',
      shapes.filter((one) => total(one, 'best threshold') > 1.2 * total(one, 'optimum')).length,
    ),
    atMost(
      1,
      'refused calls of one file system in a month',
      Math.max(
        ...all.flatMap(({ judged, late, max }) => [judged.rows.mountkeeper, late, max].map((one) => one.refusals)),
      ),
    ),
    atMost(1.1, 'J with metrics 15 minutes late / J with 3', sum(all, ({ late }) => late.j) / ours),
    atMost(
      1,
      'credits at the provisioned rate: J of the policy / J of the best threshold',
      sum(all, ({ max }) => max.j) / bestForAll(all, (one) => one.maxThresholds),
    ),
  ];
}

export function total(all: readonly Done[], name: RowName): number {
  return sum(all, ({ judged }) => judged.rows[name].j);
}

export function sum(all: readonly Done[], of: (one: Done) => number): number {
  return all.reduce((so, one) => so + of(one), 0);
}

/** One pair of levels and one rule for the amount, the best of them in the sum over all loads. */
function bestForAll(all: readonly Done[], of: (one: Done) => Judged['thresholds']): number {
  const names = Object.keys(all[0] === undefined ? {} : of(all[0]));
  return Math.min(...names.map((name) => sum(all, (one) => of(one)[name] ?? Number.POSITIVE_INFINITY)));
}

function worstOf(shape: readonly Done[]): number {
  const better = Math.min(total(shape, 'never'), total(shape, 'always p99'));
  return total(shape, 'mountkeeper') / (1.1 * better + shape.length);
}

function changesOn(all: readonly Done[], shape: string): number {
  return sum(
    all.filter((one) => one.shape === shape),
    ({ judged }) => judged.rows.mountkeeper.changes,
  );
}

function isBeaten({ judged: { rows } }: Done): boolean {
  return ROWS.some((name) => rows[name].j < rows.optimum.j - 0.005);
}

function atMost(most: number, what: string, figure: number): Check {
  return { what, figure, reach: `≤ ${most}`, ok: figure <= most };
}

function atLeast(least: number, what: string, figure: number): Check {
  return { what, figure, reach: `≥ ${least}`, ok: figure >= least };
}
