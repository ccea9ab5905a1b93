import { allowTagFor } from '../../lib/plan/keys.ts';

test('the tag that allows one more family is one that says nothing yet', () => {
  const tags = { 'mountkeeper:allow': 'a b', 'mountkeeper:allow/shop': 'billing', 'mountkeeper:allow/shop.1': 'c' };
  expect(allowTagFor('shop', {})).toBe('mountkeeper:allow');
  expect(allowTagFor('other', tags)).toBe('mountkeeper:allow/other');
  expect(allowTagFor('shop', tags)).toBe('mountkeeper:allow/shop.2');
});

test('families with a long common beginning have tags of their own, no longer than AWS takes', () => {
  const tags = { 'mountkeeper:allow': 'a' };
  const keys = ['one', 'two'].map((end) => allowTagFor(`${'x'.repeat(250)}-${end}`, tags));
  expect(new Set(keys).size).toBe(2);
  expect(Math.max(...keys.map(({ length }) => length))).toBeLessThanOrEqual(128);
  const next = allowTagFor(`${'x'.repeat(250)}-one`, { ...tags, [keys[0] ?? '']: 'b' });
  expect(keys).not.toContain(next);
  expect(next.length).toBeLessThanOrEqual(128);
});
