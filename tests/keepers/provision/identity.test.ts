import fc from 'fast-check';
import type { FileSystem } from '../../../lib/domain/efs.ts';
import { identityOf } from '../../../lib/keepers/provision/identity.ts';
import type { VolumeWish } from '../../../lib/keepers/provision/wishes.ts';
import { idOwner } from '../../../lib/plan/id-owner.ts';
import { scale } from '../../scale.ts';

function wish(users: readonly (string | undefined)[], more: Partial<VolumeWish> = {}): VolumeWish {
  const mountedBy = users.map((user, index) => ({
    container: `c${index}`,
    readOnly: false,
    ...(user === undefined ? {} : { user }),
  }));
  return { name: 'data', fileSystemId: 'fs-0123456789abcdef0', mountedBy, ...more };
}

function ask(one: VolumeWish, { tags = {}, taken = new Map<number, string>(), family = 'shop' } = {}) {
  const fileSystem = { id: 'fs-0123456789abcdef0', tags } as unknown as FileSystem;
  const identity = identityOf(one, { family, fileSystem, taken });
  return 'refused' in identity ? identity.refused.code : identity.user;
}

test.each([
  ['a number', ['1000'], { uid: 1000, gid: 1000 }],
  ['uid and gid', ['1000:2000'], { uid: 1000, gid: 2000 }],
  ['gid 0 is never taken over', ['1000:0'], { uid: 1000, gid: 1000 }],
  ['a group by its name', ['1000:app'], { uid: 1000, gid: 1000 }],
  ['several alike', ['1000', '1000:1000'], { uid: 1000, gid: 1000 }],
  ['one that says it and one that does not', ['1000', undefined], { uid: 1000, gid: 1000 }],
  ['several different', ['1000', '2000'], 'identity-ambiguous'],
])('from the containers: %s', (_what, users, expected) => {
  expect(ask(wish(users))).toEqual(expected);
});

test.each([[undefined], ['app'], ['0'], ['0:0'], ['root'], ['1000x'], ['4294967296']])(
  'a container with user %s leads to an allocated id',
  (user) => {
    const identity = ask(wish([user])) as { uid: number; gid: number };
    expect(identity.uid).toBeGreaterThanOrEqual(10_000);
    expect(identity.uid).toBeLessThanOrEqual(59_999);
    expect(identity.gid).toBe(identity.uid);
  },
);

test('a tag comes before the containers', () => {
  expect(ask(wish(['1000'], { uid: 5000 }))).toEqual({ uid: 5000, gid: 5000 });
  expect(ask(wish(['1000'], { gid: 5000 }))).toEqual({ uid: 1000, gid: 5000 });
});

test('an id that another family has is refused to a tag and replaced for a container', () => {
  const taken = new Map([[5000, idOwner({ family: 'billing' })]]);
  expect(ask(wish([], { uid: 5000 }), { taken })).toBe('identity-taken');
  expect(ask(wish([], { uid: 6000, gid: 5000 }), { taken })).toBe('identity-taken');
  expect(ask(wish(['5000']), { taken })).not.toEqual({ uid: 5000, gid: 5000 });
});

test('root is refused to a tag without the owner’s word', () => {
  expect(ask(wish([], { uid: 0 }))).toBe('root-not-allowed');
  expect(ask(wish(['1000'], { gid: 0 }))).toBe('root-not-allowed');
  expect(ask(wish([], { uid: 0 }), { tags: { 'mountkeeper:allow-root': 'true' } })).toEqual({ uid: 0, gid: 0 });
});

test.each([['10-'], ['20-10'], ['0-10'], ['1-4294967296'], ['all']])('the range %s is no range', (range) => {
  expect(ask(wish([]), { tags: { 'mountkeeper:uid-range': range } })).toBe('tag-invalid');
});

test('families one after the other get different ids until the range is used up, and keep their own', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 15 }),
      (size, families) => {
        const tags = { 'mountkeeper:uid-range': `1000-${999 + size}` };
        const taken = new Map<number, string>();
        const given = families.map((family) => {
          const identity = ask(wish([]), { tags, taken, family });
          if (typeof identity === 'string') return identity;
          taken.set(identity.uid, idOwner({ family }));
          expect(ask(wish([]), { tags, taken, family })).toEqual(identity);
          return identity.uid;
        });
        const ids = given.filter((one) => typeof one === 'number');
        expect(ids).toHaveLength(Math.min(size, families.length));
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
    { seed: 5, numRuns: scale(200) },
  );
});
