import { allowsFamily } from '../../lib/domain/tags.ts';

const ALLOW = 'mountkeeper:allow';

test.each([
  ['its own name', { [ALLOW]: 'billing shop' }, true],
  ['a longer name', { [ALLOW]: 'shopping' }, false],
  ['a shorter name', { [ALLOW]: 'sho' }, false],
  ['a prefix with the plus sign', { [ALLOW]: 'sho+' }, true],
  ['a plus sign alone, which is no prefix', { [ALLOW]: '+' }, false],
  ['@any', { [ALLOW]: '@any' }, true],
  ['another case', { [ALLOW]: 'Shop' }, false],
  ['true, as on roles and groups', { [ALLOW]: 'true' }, false],
  ['a further tag', { [ALLOW]: 'billing', [`${ALLOW}/more`]: 'shop' }, true],
  ['only the further tag', { [`${ALLOW}/shop`]: 'shop' }, false],
  ['a tag of a like name', { 'mountkeeper:allow-root': 'shop' }, false],
  ['nothing', {}, false],
])('the family shop against %s', (_what, tags, allowed) => {
  expect(allowsFamily(tags as Record<string, string>, 'shop')).toBe(allowed);
});
