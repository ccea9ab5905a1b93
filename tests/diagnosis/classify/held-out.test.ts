import { classify } from '../../../lib/diagnosis/classify/classify.ts';
import { HELD_OUT_EFS } from './held-out/efs.ts';
import { HELD_OUT_FOREIGN } from './held-out/foreign.ts';

test('the held-out wordings are many', () => {
  expect(HELD_OUT_EFS.length + HELD_OUT_FOREIGN.length).toBeGreaterThanOrEqual(230);
});

test.each(HELD_OUT_EFS.map((row, index) => [index, row] as const))('EFS wording %i', (_index, [kind, text, known]) => {
  expect([classify({ ...known, text }).kind, text]).toEqual([kind, text]);
});

test.each(HELD_OUT_FOREIGN.map((row, index) => [index, row] as const))(
  'foreign wording %i',
  (_index, [kind, text, known]) => {
    expect([classify({ ...known, text }).kind, text]).toEqual([kind, text]);
  },
);
