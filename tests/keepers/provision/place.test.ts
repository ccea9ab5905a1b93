import fc from 'fast-check';
import type { FileSystem } from '../../../lib/domain/efs.ts';
import { covers, mayAdopt, shareRight } from '../../../lib/domain/place.ts';
import type { Tags } from '../../../lib/domain/tags.ts';
import { pathMistake, placeOf } from '../../../lib/keepers/provision/place.ts';
import { scale } from '../../scale.ts';

function fileSystem(tags: Tags = {}): FileSystem {
  return {
    id: 'fs-0123456789abcdef0',
    arn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0',
    ownerId: '111122223333',
    state: 'available',
    performanceMode: 'generalPurpose',
    throughputMode: 'bursting',
    sizeStandardBytes: 0,
    tags,
  };
}

/** EFS API reference, RootDirectory, Path. */
const AWS_PATTERN = /^(\/|(\/(?!\.)+[^$#<>;`|&?{}^*/\n]+){1,4})$/;
const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);

test('whatever the owner’s base path is, the path of a volume is one that EFS takes, below it, and no other family’s', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), name, name, name, (base, family, other, volume) => {
      const tags = { 'mountkeeper:base-path': base };
      const place = placeOf(fileSystem(tags), { family, volume });
      if ('wrong' in place) return;
      expect(place.path).toMatch(AWS_PATTERN);
      expect(place.path.length).toBeLessThanOrEqual(100);
      expect(covers(base, place.path)).toBe(true);
      const theirs = placeOf(fileSystem(tags), { family: other, volume });
      if (other !== family && 'path' in theirs) expect(covers(theirs.path, place.path)).toBe(false);
    }),
    { seed: 3, numRuns: scale(500) },
  );
});

test('a path is refused exactly where EFS would refuse it', () => {
  const component = fc.string({ minLength: 0, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(component, { minLength: 1, maxLength: 6 }), (parts) => {
      const path = `/${parts.join('/')}`;
      if (path === '/') return;
      expect(pathMistake(path) === undefined).toBe(AWS_PATTERN.test(path) && path.length <= 100);
    }),
    { seed: 3, numRuns: scale(1_000) },
  );
});

test.each([
  ['/base', '/base/x', true],
  ['/base', '/base', true],
  ['/base', '/base2', false],
  ['/base', '/', false],
  ['/', '/anything/at/all', true],
  ['/a/b', '/a/c', false],
])('%s covers %s: %s', (outer, inner, expected) => {
  expect(covers(outer, inner)).toBe(expected);
});

test('an existing directory is adopted only where the owner’s tag covers it', () => {
  const tags = { 'mountkeeper:adopt': '/a /b/c', 'mountkeeper:adopt/more': '/d' };
  const asked = ['/a/x', '/b', '/b/c', '/d', '/e', '/'];
  expect(asked.map((path) => mayAdopt(fileSystem(tags), path))).toEqual([true, false, true, true, false, false]);
  expect(mayAdopt(fileSystem(), '/')).toBe(false);
});

test('a share is written, read or refused as the owner says', () => {
  const tags = { 'mountkeeper:share/media': 'shop viewer:ro team-+ reader-+:ro' };
  const rights = ['shop', 'viewer', 'team-a', 'reader-a', 'billing'].map((family) =>
    shareRight(fileSystem(tags), 'media', family),
  );
  expect(rights).toEqual(['write', 'read', 'write', 'read', 'none']);
  expect(shareRight(fileSystem(tags), 'other', 'shop')).toBe('none');
});
