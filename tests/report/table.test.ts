import { ANSI } from '../../lib/report/palette.ts';
import { columnsOf, table } from '../../lib/report/table.ts';

test('columns are as wide as their widest cell, numbers stand to the right, no line ends in spaces', () => {
  const text = table(
    [
      ['security group', '3'],
      ['grant', '12'],
    ],
    { head: ['cause', 'calls'], right: [1] },
  );
  expect(text.split('\n')).toEqual([
    'cause           calls',
    '--------------  -----',
    'security group      3',
    'grant              12',
  ]);
});

test('wide signs take two columns, combining ones and colours none', () => {
  expect([columnsOf('中文'), columnsOf('e\u0301'), columnsOf(ANSI.red('ab')), columnsOf('✓')]).toEqual([4, 1, 2, 1]);
});

test('a row that is short of cells is filled up', () => {
  expect(table([['a', 'b'], ['cc']])).toBe('a   b\ncc');
});

test('colours do not move columns', () => {
  expect(
    table([
      [ANSI.green('yes'), 'x'],
      ['no', 'x'],
    ]),
  ).toBe(`${ANSI.green('yes')}  x\nno   x`);
});
