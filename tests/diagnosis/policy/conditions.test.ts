import { matchCondition, matchConditions } from '../../../lib/diagnosis/policy/conditions.ts';
import type { ContextLookup, ContextValue } from '../../../lib/diagnosis/policy/request-context.ts';
import { accessPointArn, otherAccessPointArn, variable } from './clients.ts';

const had: Readonly<Record<string, ContextValue>> = {
  'test:text': { state: 'present', values: ['Blue'] },
  'test:first': { state: 'present', values: ['a'] },
  'test:star': { state: 'present', values: ['a*b'] },
  'test:number': { state: 'present', values: ['10.5'] },
  'test:time': { state: 'present', values: ['2026-09-27T12:00:00Z'] },
  'test:yes': { state: 'present', values: ['true'] },
  'test:ip': { state: 'present', values: ['203.0.113.7'] },
  'test:ip6': { state: 'present', values: ['2001:db8:1234:5678::7'] },
  'test:arn': { state: 'present', values: [accessPointArn] },
  'test:long': {
    state: 'present',
    values: ['arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt'],
  },
  'test:several': { state: 'present', values: ['a', 'b'] },
  'test:empty': { state: 'present', values: [] },
  'test:open': { state: 'unknown', why: 'nobody knows' },
};
const lookup: ContextLookup = (key) => had[key.toLowerCase()] ?? { state: 'absent' };
const holds = (operator: string, key: string, ...values: readonly string[]) =>
  matchCondition({ operator, key, values }, { variables: true, lookup }).holds;

test.each([
  ['StringEquals', 'test:text', ['Blue'], 'yes'],
  ['StringEquals', 'test:text', ['blue'], 'no'],
  ['StringEquals', 'test:text', ['Red', 'Blue'], 'yes'],
  ['StringEquals', 'test:text', ['Bl*'], 'no'],
  ['StringEquals', 'test:text', [], 'no'],
  ['stringequals', 'TEST:TEXT', ['Blue'], 'yes'],
  ['StringNotEquals', 'test:text', ['Red', 'Green'], 'yes'],
  ['StringNotEquals', 'test:text', ['Red', 'Blue'], 'no'],
  ['StringEqualsIgnoreCase', 'test:text', ['bLUE'], 'yes'],
  ['StringNotEqualsIgnoreCase', 'test:text', ['bLUE'], 'no'],
  ['StringLike', 'test:text', ['B*e'], 'yes'],
  ['StringLike', 'test:text', ['B?ue'], 'yes'],
  ['StringLike', 'test:text', ['b*'], 'no'],
  ['StringLike', 'test:text', ['B?e'], 'no'],
  ['StringNotLike', 'test:text', ['B*'], 'no'],
  ['NumericEquals', 'test:number', ['10.50'], 'yes'],
  ['NumericNotEquals', 'test:number', ['10.5'], 'no'],
  ['NumericLessThan', 'test:number', ['10.5'], 'no'],
  ['NumericLessThan', 'test:number', ['11'], 'yes'],
  ['NumericLessThanEquals', 'test:number', ['10.5'], 'yes'],
  ['NumericGreaterThan', 'test:number', ['10.5'], 'no'],
  ['NumericGreaterThan', 'test:number', ['9'], 'yes'],
  ['NumericGreaterThanEquals', 'test:number', ['10.5'], 'yes'],
  ['NumericEquals', 'test:number', ['ten'], 'no'],
  ['DateEquals', 'test:time', ['2026-09-27T14:00:00+02:00'], 'yes'],
  ['DateEquals', 'test:time', ['1790510400'], 'yes'],
  ['DateNotEquals', 'test:time', ['1790510400'], 'no'],
  ['DateLessThan', 'test:time', ['2026-09-28'], 'yes'],
  ['DateLessThan', 'test:time', ['2026-09-27T12:00:00Z'], 'no'],
  ['DateLessThanEquals', 'test:time', ['2026-09-27T12:00Z'], 'yes'],
  ['DateGreaterThan', 'test:time', ['2026-09'], 'yes'],
  ['DateGreaterThan', 'test:time', ['2026-09-27T12:00:00Z'], 'no'],
  ['DateGreaterThanEquals', 'test:time', ['1790510400'], 'yes'],
  ['DateLessThan', 'test:time', ['tomorrow'], 'no'],
  ['Bool', 'test:yes', ['True'], 'yes'],
  ['Bool', 'test:yes', ['false'], 'no'],
  ['BinaryEquals', 'test:text', ['Blue'], 'yes'],
  ['BinaryEquals', 'test:text', ['blue'], 'no'],
  ['IpAddress', 'test:ip', ['203.0.113.0/24'], 'yes'],
  ['IpAddress', 'test:ip', ['203.0.113.7'], 'yes'],
  ['IpAddress', 'test:ip', ['203.0.113.6'], 'no'],
  ['IpAddress', 'test:ip', ['0.0.0.0/0'], 'yes'],
  ['IpAddress', 'test:ip', ['203.0.113.0/99'], 'no'],
  ['IpAddress', 'test:ip', ['::/0'], 'no'],
  ['IpAddress', 'test:ip6', ['2001:DB8:1234:5678::/64'], 'yes'],
  ['IpAddress', 'test:ip6', ['2001:db8:1234:5679::/64'], 'no'],
  ['NotIpAddress', 'test:ip', ['203.0.113.0/24'], 'no'],
  ['NotIpAddress', 'test:ip', ['198.51.100.0/24', '2001:db8::/32'], 'yes'],
  ['ArnEquals', 'test:arn', [accessPointArn], 'yes'],
  ['ArnEquals', 'test:arn', [otherAccessPointArn, accessPointArn], 'yes'],
  ['ArnEquals', 'test:arn', [accessPointArn.replace('eu-west-1', '*')], 'yes'],
  ['ArnLike', 'test:arn', [accessPointArn.replace('fsap-', 'fsap?')], 'yes'],
  ['ArnLike', 'test:arn', ['arn:aws:elasticfilesystem:*:access-point/fsap-0123456789abcdef0'], 'no'],
  ['ArnLike', 'test:arn', ['arn:*:*:*:*:*'], 'yes'],
  // The example of the IAM user guide, "Amazon Resource Name (ARN) condition operators".
  ['StringLike', 'test:long', ['arn:aws:someservice:*:111122223333:finance/*'], 'yes'],
  ['ArnLike', 'test:long', ['arn:aws:someservice:*:111122223333:finance/*'], 'no'],
  ['ArnLike', 'test:long', ['arn:aws:someservice:us-east-2:999999999999:store/*finance/document.txt'], 'yes'],
  ['ArnLike', 'test:long', ['arn:aws:someservice:us-east-2:999999999999:store/abc?111122223333:finance/*'], 'yes'],
  ['ArnLike', 'test:long', ['arn:aws:someservice:us-east-2?999999999999:store/abc:111122223333:finance/*'], 'no'],
  ['ArnEquals', 'test:arn', [accessPointArn.toUpperCase()], 'no'],
  ['ArnEquals', 'test:arn', ['fsap-0123456789abcdef0'], 'no'],
  ['ArnNotEquals', 'test:arn', [otherAccessPointArn], 'yes'],
  ['ArnNotLike', 'test:arn', [otherAccessPointArn, accessPointArn], 'no'],
])('%s %s %j: %s', (operator, key, values, wanted) => {
  expect(holds(operator, key, ...values)).toBe(wanted);
});

describe('a key that the request does not have', () => {
  test.each([
    ['StringEquals', 'x', 'no'],
    ['StringNotEquals', 'x', 'yes'],
    ['ArnNotLike', accessPointArn, 'yes'],
    ['NotIpAddress', '203.0.113.0/24', 'yes'],
    ['NumericLessThan', '1', 'no'],
    ['StringEqualsIfExists', 'x', 'yes'],
    ['BoolIfExists', 'true', 'yes'],
    ['ForAllValues:StringEquals', 'x', 'yes'],
    ['ForAnyValue:StringEquals', 'x', 'no'],
    ['ForAnyValue:StringNotEquals', 'x', 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'x', 'yes'],
    ['Null', 'true', 'yes'],
    ['Null', 'false', 'no'],
  ])('%s %s: %s', (operator, value, wanted) => {
    expect([holds(operator, 'test:none', value), holds(operator, 'test:empty', value)]).toEqual([wanted, wanted]);
  });

  test.each([
    ['Null', 'true', 'no'],
    ['Null', 'false', 'yes'],
    ['StringEqualsIfExists', 'Red', 'no'],
  ])('unlike one it has: %s %s: %s', (operator, value, wanted) => {
    expect(holds(operator, 'test:text', value)).toBe(wanted);
  });
});

describe('a key with several values', () => {
  test.each([
    ['ForAllValues:StringEquals', ['a', 'b', 'c'], 'yes'],
    ['ForAllValues:StringEquals', ['a'], 'no'],
    ['ForAnyValue:StringEquals', ['b'], 'yes'],
    ['ForAnyValue:StringEquals', ['c'], 'no'],
    ['ForAllValues:StringNotEquals', ['c'], 'yes'],
    ['ForAllValues:StringNotEquals', ['b'], 'no'],
    ['ForAnyValue:StringNotEquals', ['b'], 'yes'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], 'no'],
    ['StringEquals', ['a'], 'unknown'],
  ])('%s %j: %s', (operator, values, wanted) => {
    expect(holds(operator, 'test:several', ...values)).toBe(wanted);
  });
});

describe('what is not known stays unknown', () => {
  test.each(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'Null'])(
    '%s',
    (operator) => {
      expect(matchCondition({ operator, key: 'test:open', values: ['true'] }, { variables: true, lookup })).toEqual({
        holds: 'unknown',
        why: 'nobody knows',
      });
    },
  );

  test.each([
    ['an operator nobody knows', 'StringSounds', 'test:text', 'Blue'],
    ['Null with IfExists, which IAM does not have', 'NullIfExists', 'test:text', 'true'],
    ['an id where ArnNotEquals wants an ARN', 'ArnNotEquals', 'test:arn', 'fsap-0123456789abcdef0'],
    ['a word where a number belongs, negated', 'NumericNotEquals', 'test:number', 'ten'],
    ['a variable that is not known', 'StringEquals', 'test:text', variable('test:open')],
    ['a negated comparison with a variable without value', 'StringNotEquals', 'test:text', variable('test:none')],
  ])('%s', (_what, operator, key, value) => {
    expect(holds(operator, key, value)).toBe('unknown');
  });

  test('where another value matches, a variable without value leaves it open, since it may make the statement invalid', () => {
    expect(holds('StringEquals', 'test:text', 'Blue', variable('test:none'))).toBe('unknown');
  });
});

test.each([
  ['a variable', variable('test:text'), 'test:text', 'yes'],
  ['a variable in another case', variable('TEST:Text'), 'test:text', 'yes'],
  ['a variable within text', `B${variable("test:none, 'lue'")}`, 'test:text', 'yes'],
  ['a default value that is not needed', variable("test:text, 'Red'"), 'test:text', 'yes'],
  ['a variable without value', variable('test:none'), 'test:text', 'no'],
  ['a variable with several values', variable('test:several'), 'test:first', 'no'],
  ['a fixed asterisk', `a${variable('*')}b`, 'test:star', 'yes'],
  ['a fixed question mark', `a${variable('?')}b`, 'test:star', 'no'],
])('StringEquals with %s', (_what, value, key, wanted) => {
  expect(holds('StringEquals', key, value)).toBe(wanted);
});

test('an asterisk that a variable brings in is no wildcard', () => {
  const asKey = matchCondition(
    { operator: 'StringLike', key: 'test:text', values: [variable('test:star')] },
    {
      variables: true,
      lookup: (key) => (key === 'test:text' ? { state: 'present', values: ['axb'] } : lookup(key)),
    },
  );
  expect(asKey.holds).toBe('no');
});

test('the old version of the language has no variables', () => {
  const text = variable('test:text');
  const match = matchCondition(
    { operator: 'StringEquals', key: 'a', values: [text] },
    {
      variables: false,
      lookup: () => ({ state: 'present', values: [text] }),
    },
  );
  expect(match.holds).toBe('yes');
});

test.each([
  ['all hold', 'Blue', 'true', 'yes'],
  ['one does not', 'Red', 'true', 'no'],
  ['one does not and one is unknown', 'Red', 'open', 'no'],
  ['one is unknown', 'Blue', 'open', 'unknown'],
])('several conditions: %s', (_what, text, other, wanted) => {
  const second =
    other === 'open'
      ? { operator: 'Bool', key: 'test:open', values: ['true'] }
      : { operator: 'Bool', key: 'test:yes', values: ['true'] };
  const conditions = [{ operator: 'StringEquals', key: 'test:text', values: [text] }, second];
  expect(matchConditions(conditions, { variables: true, lookup }).holds).toBe(wanted);
});
