import { present, unknown } from '../../../lib/domain/fact.ts';
import { discover } from '../../../lib/keepers/sweep/discover.ts';

const arn = (name: string) => `arn:aws:ecs:eu-west-1:111122223333:task-definition/${name}`;
const tagged = (...all: readonly (readonly [string, string])[]) =>
  present(all.map(([name, value]) => ({ arn: arn(name), tags: { 'mountkeeper:enabled': value } })));
const remembered = (family: string, enrolled: boolean, revision: number) => ({ family, enrolled, revision, atMs: 0 });

const names = (...args: Parameters<typeof discover>) => discover(...args).map(({ family }) => family);

test('the newest revision that says anything counts', () => {
  expect(
    names(tagged(['shop:3', 'true'], ['shop:4', 'false'], ['billing:1', 'false'], ['billing:2', 'true']), []),
  ).toEqual(['billing']);
});

test('a family that opted in stays so though no revision carries the tag any more', () => {
  expect(names(tagged(), [remembered('shop', true, 3)])).toEqual(['shop']);
});

test('one that was opted out later than its tagged revisions stays out', () => {
  expect(names(tagged(['shop:2', 'true']), [remembered('shop', false, 3)])).toEqual([]);
});

test('a later revision that opts in again counts over what is remembered', () => {
  expect(names(tagged(['shop:4', 'true']), [remembered('shop', false, 3)])).toEqual(['shop']);
});

test('where the tags cannot be listed the remembered families are swept', () => {
  expect(names(unknown('denied'), [remembered('shop', true, 3)])).toEqual(['shop']);
});
