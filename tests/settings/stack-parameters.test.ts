import { parameterMistakes } from '../../lib/stack-parameters.ts';

test('parameters that are known and mean something are let through, whatever YAML made of them', () => {
  expect(parameterMistakes({ mode: 'observe', trail: false, repairsPerHour: 0, email: '', proof: 'true' })).toEqual([]);
});

test('every mistake is told, each with what was expected', () => {
  expect(parameterMistakes({ Mode: 'observe', toString: '', proof: 'yes', sweepPeriodSeconds: 90 })).toEqual([
    expect.stringMatching(/^There is no parameter "Mode"; known are mode, guard, .*passableRoles\.$/),
    expect.stringContaining('There is no parameter "toString"'),
    'proof is "yes"; expected true or false.',
    'sweepPeriodSeconds is "90"; expected a multiple of 60, at most 302400.',
  ]);
});

test('a boundary that is required has to be named', () => {
  const arn = 'arn:aws:iam::111122223333:policy/edge';
  expect(parameterMistakes({ boundary: 'required', requiredBoundary: arn })).toEqual([]);
  expect(parameterMistakes({ boundary: 'required', requiredBoundary: '' })).toHaveLength(1);
});

test('several roles that may be passed are judged one by one', () => {
  const roles = ['arn:aws:iam::111122223333:role/shop-*', 'shop-task'];
  expect(parameterMistakes({ passableRoles: roles })).toEqual([
    'passableRoles is "shop-task"; expected the ARN of a role, * and ? stand for any.',
  ]);
});
