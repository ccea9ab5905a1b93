import { classify, couldBeEfs } from '../../../lib/diagnosis/classify/classify.ts';
import { CORPUS, reasonOf, textOf } from './corpus.ts';

test('the corpus is here, whole', () => {
  expect(CORPUS).toHaveLength(137);
});

test.each(CORPUS.map((row) => [row.id, row] as const))('%s gets its kind', (_id, row) => {
  expect(classify(reasonOf(row)).kind).toBe(row.kind);
});

test('no row of EFS is dropped before its task definition is read', () => {
  const dropped = CORPUS.filter((row) => row.kind !== 'not-efs' && !couldBeEfs(textOf(row)));
  expect(dropped.map(({ id }) => id)).toEqual([]);
});

test('what no EFS volume can cause is dropped without reading anything', () => {
  const kept = CORPUS.filter((row) => row.kind === 'not-efs' && couldBeEfs(textOf(row)));
  expect(kept.map(({ id }) => id)).toEqual(['neg-019', 'neg-023', 'neg-061', 'neg-065', 'neg-071']);
});

const foreign = CORPUS.filter(({ kind }) => kind === 'not-efs');

test.each(foreign.map((row) => [row.id, row] as const))('%s is not taken for EFS by its text alone', (_id, row) => {
  const { kind } = classify(textOf(row));
  const { kind: withoutField } = classify({ text: row.text });
  expect({ kind, withoutField }).toEqual({ kind: 'not-efs', withoutField: 'not-efs' });
});

test.each(foreign.map((row) => [row.id, row] as const))(
  '%s stays foreign in a task without EFS volumes',
  (_id, row) => {
    const kinds = [[], ['docker'], ['bind'], ['s3files'], ['fsx']].map(
      (volumes) => classify({ ...textOf(row), volumes: volumes as [] }).kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['not-efs']));
  },
);
