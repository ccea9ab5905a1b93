import { absent, present, unknown } from '../../lib/domain/fact.ts';
import { modeOf, narrowedByTag } from '../../lib/mode.ts';

test.each([
  ['repair', present('repair'), 'repair', false],
  ['repair', present('observe'), 'observe', false],
  ['repair', present('off'), 'off', false],
  ['observe', present('repair'), 'observe', false],
  ['observe', present('off'), 'off', false],
  ['repair', present('Repair'), 'observe', true],
  ['repair', present(''), 'observe', true],
  ['repair', absent, 'observe', true],
  ['repair', unknown('AccessDenied'), 'observe', true],
] as const)('stack %s and parameter %j make %s', (stack, parameter, mode, trouble) => {
  const now = modeOf(stack, parameter);
  expect({ mode: now.mode, trouble: now.trouble !== undefined }).toEqual({ mode, trouble });
});

test.each([
  ['repair', undefined, 'repair'],
  ['repair', 'repair', 'repair'],
  ['repair', 'observe', 'observe'],
  ['repair', 'REPAIR', 'observe'],
  ['observe', 'repair', 'observe'],
  ['off', 'repair', 'off'],
] as const)('the mode %s with the tag %s is %s', (mode, tag, narrowed) => {
  expect(narrowedByTag(mode, tag)).toBe(narrowed);
});
