import {
  type FamilyStarts,
  figuresOf,
  memoryOf,
  type Start,
  slowStarts,
  startClosings,
} from '../../../lib/keepers/sweep/starts.ts';
import { incident } from '../../report/samples.ts';

function starts(wired: boolean, ...seconds: readonly number[]): readonly Start[] {
  return seconds.map((one, index) => ({ createdAtMs: index + 1, ms: one * 1000 + 500, ownMs: one * 1000, wired }));
}

function family(one: Partial<FamilyStarts>): FamilyStarts {
  return { family: 'shop', fileSystemId: 'fs-0123456789abcdef0', starts: [], ...one };
}

const known = (before: readonly number[], wired: readonly number[]) => ({
  untilMs: 0,
  before: before.map((one) => one * 1000),
  wired: wired.map((one) => one * 1000),
});

test.each<[string, FamilyStarts, boolean]>([
  [
    'twice in a row more than twice as long',
    family({ known: known([], [30, 31, 29]), starts: starts(true, 90, 95) }),
    true,
  ],
  ['slower than before the wiring', family({ known: known([20, 22], []), starts: starts(true, 70, 65) }), true],
  ['one before it was told, one now', family({ known: known([], [30, 31, 29, 90]), starts: starts(true, 95) }), true],
  ['one slow start is chance', family({ known: known([], [30, 31, 29]), starts: starts(true, 90) }), false],
  ['a slow one between quick ones', family({ known: known([], [30, 31]), starts: starts(true, 90, 30) }), false],
  ['twice as long, but by seconds', family({ known: known([], [5, 6]), starts: starts(true, 14, 15) }), false],
  [
    'longer, but not by much for so long a start',
    family({ known: known([], [100, 100]), starts: starts(true, 150, 160) }),
    false,
  ],
  ['nothing to compare with', family({ starts: starts(true, 200, 210) }), false],
  ['no new start', family({ known: known([20, 20], [200, 210]) }), false],
  [
    'tasks of a revision that is not wired',
    family({ known: known([20, 20], []), starts: starts(false, 200, 210) }),
    false,
  ],
])('slow starts: %s', (_what, one, slow) => {
  expect(slowStarts([one]).map(({ subject }) => subject.thing)).toEqual(slow ? ['starts:shop'] : []);
});

test('what is told names the last starts and what they are compared with', () => {
  const [told] = slowStarts([family({ known: known([20, 22, 24], []), starts: starts(true, 70, 65) })]);
  expect(told?.findings).toEqual([
    {
      code: 'task-start-slow',
      subject: 'starts:shop',
      evidence: {
        'last tasks': '70 s and 65 s from created to started, image pulls left out',
        before: '22 s (tasks from before the volume was wired, median of 3)',
      },
    },
  ]);
});

test('an open incident of slow starts ends with starts as quick as they were, and with nothing else', () => {
  const open = [{ incident: incident({ thing: 'starts:shop', codes: ['task-start-slow'] }) }];
  const quick = family({ known: known([], [30, 31, 90, 95]), starts: starts(true, 32, 31) });
  const slow = family({ known: known([], [30, 31]), starts: starts(true, 90, 95) });
  expect(startClosings([quick], open).map(({ proof }) => proof)).toEqual([
    'The last tasks started in 32 s and 31 s, as before.',
  ]);
  expect([startClosings([slow], open), startClosings([family({})], open), startClosings([quick], [])]).toEqual([
    [],
    [],
    [],
  ]);
});

test('the newest twenty are remembered, without image pulls', () => {
  const memory = memoryOf(
    family({
      known: known(
        [10],
        Array.from({ length: 20 }, () => 30),
      ),
      starts: starts(true, 90),
    }),
  );
  expect(memory).toEqual({
    untilMs: 1,
    before: [10_000],
    wired: [...Array.from({ length: 19 }, () => 30_000), 90_000],
  });
});

test('a start is measured from created to started, pulls and all', () => {
  expect(figuresOf([family({ starts: [...starts(true, 30), ...starts(false, 20)] })])).toEqual([
    { name: 'TaskStartWired', value: 30_500 },
    { name: 'TaskStartBefore', value: 20_500 },
  ]);
});
