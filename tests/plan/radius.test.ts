import { present } from '../../lib/domain/fact.ts';
import { type Radius, radiusOf } from '../../lib/plan/radius.ts';
import { facts, group } from '../diagnosis/build-facts.ts';

const FAMILY = 'billing';
const ROW_BYTES = 400_000;

function grownBy(count: number, length = 20): Radius {
  const ids = Array.from({ length: count }, (_, index) => `sg-${String(index).padStart(length, '0')}`);
  return { family: FAMILY, things: Object.fromEntries(ids.map((id) => [id, { kind: 'group' }])) };
}

test('what is gone stays known', () => {
  const radius = radiusOf(FAMILY, [facts()], grownBy(3));
  expect(Object.keys(radius.things)).toEqual(expect.arrayContaining(Object.keys(grownBy(3).things)));
  expect(Object.keys(radius.things)).toEqual(Object.keys(radius.things).toSorted());
});

test.each([
  ['many things', grownBy(10_000)],
  ['long names', grownBy(200, 2_000)],
])('but a family cannot outgrow its row, and what it rests on now comes first: %s', (_what, before) => {
  const now = Object.keys(radiusOf(FAMILY, [facts()], undefined).things);
  const radius = radiusOf(FAMILY, [facts()], before);
  expect(Object.keys(radius.things)).toEqual(expect.arrayContaining(now));
  expect(Object.keys(radius.things).length).toBeGreaterThan(now.length);
  expect(JSON.stringify(radius).length).toBeLessThan(ROW_BYTES / 2);
  expect(radiusOf(FAMILY, [facts()], radius)).toEqual(radius);
});

test('nor by what it rests on now', () => {
  const groups = Array.from({ length: 12_000 }, (_, index) => `sg-${index}`).map(
    (id) => [id, present(group(id))] as const,
  );
  const radius = radiusOf(FAMILY, [facts({ groups: Object.fromEntries(groups) })], undefined);
  expect(JSON.stringify(radius).length).toBeLessThan(ROW_BYTES / 2);
});
