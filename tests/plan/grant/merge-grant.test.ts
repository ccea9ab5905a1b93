import fc from 'fast-check';
import { assertGrant, grantEntries } from '../../../lib/plan/grant/assert-grant.ts';
import { canonicalPolicy } from '../../../lib/plan/grant/canonical-policy.ts';
import {
  type GrantDocument,
  type GrantEntry,
  grantDocument,
  grantPolicyName,
} from '../../../lib/plan/grant/grant-document.ts';
import { mergeGrant, removeGrant } from '../../../lib/plan/grant/merge-grant.ts';
import { scale } from '../../scale.ts';
import { accessPointArn, fileSystemArn, otherFileSystemArn } from './clients.ts';

const entry = (number: number, more: Partial<GrantEntry> = {}): GrantEntry => ({
  fileSystemArn,
  accessPointArn: accessPointArn(number),
  write: true,
  root: false,
  ...more,
});

test('the policy is named after its file system', () => {
  expect(grantPolicyName('fs-0123456789abcdef0')).toBe('mountkeeper-fs-0123456789abcdef0');
});

test('a first grant is one statement on the file system with the access point as condition', () => {
  expect(mergeGrant(undefined, entry(1))).toEqual({
    changed: true,
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'MountkeeperReadWrite',
          Effect: 'Allow',
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Resource: fileSystemArn,
          Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': [accessPointArn(1)] } },
        },
      ],
    },
  });
});

test('a second access point joins the statement of the first', () => {
  const { document } = mergeGrant(mergeGrant(undefined, entry(2)).document, entry(1));
  expect(grantEntries(document)).toEqual([entry(1), entry(2)]);
  expect(document.Statement).toHaveLength(1);
});

test('what is there already is not put again, whatever its spelling', () => {
  const spelled = JSON.stringify(grantDocument([entry(1)])).replace(/\["(arn:[^"]*)"\]/, '"$1"');
  expect(mergeGrant(spelled, entry(1)).changed).toBe(false);
});

test('other permissions for an access point replace the old ones', () => {
  const { document, changed } = mergeGrant(grantDocument([entry(1), entry(2)]), entry(1, { write: false }));
  expect([changed, grantEntries(document)]).toEqual([true, [entry(1, { write: false }), entry(2)]]);
});

test.each([
  ['no JSON', '{', 'it is no JSON'],
  ['a policy that somebody widened', { ...grantDocument([entry(1)]), Id: 'mine' }, 'Version, Statement belong'],
  [
    'a grant on another file system',
    grantDocument([entry(1, { fileSystemArn: otherFileSystemArn })]),
    '2 file systems',
  ],
])('refuses to build on %s', (_what, existing, why) => {
  expect(() => mergeGrant(existing, entry(2))).toThrow(why);
});

test('no grant is built without an access point', () => {
  expect(() => grantDocument([])).toThrow('no access point');
});

test('taking one access point out leaves the others', () => {
  const removed = removeGrant(grantDocument([entry(1), entry(2, { write: false })]), accessPointArn(1));
  expect(removed).toEqual({ kind: 'put', document: grantDocument([entry(2, { write: false })]) });
});

test('taking the last access point out deletes the policy', () => {
  expect(removeGrant(grantDocument([entry(1)]), accessPointArn(1))).toEqual({ kind: 'delete' });
});

test.each([
  ['a policy without it', grantDocument([entry(1)])],
  ['no policy', undefined],
])('taking out what is not there changes nothing: %s', (_what, existing) => {
  expect(removeGrant(existing, accessPointArn(9))).toEqual({ kind: 'unchanged' });
});

const anEntry = (number: number) =>
  fc.record({ write: fc.boolean(), root: fc.boolean() }).map((permissions) => entry(number, permissions));
const someEntries = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 15 })
  .chain((numbers) => fc.tuple(...numbers.map(anEntry)));
const runs = { seed: 5, numRuns: scale(100) };

function mergedInOrder(entries: readonly GrantEntry[]): GrantDocument {
  const [first, ...others] = entries;
  if (first === undefined) throw new Error('no entries');
  return others.reduce((before, each) => mergeGrant(before, each).document, mergeGrant(undefined, first).document);
}

describe('for any access points', () => {
  test('merging twice changes nothing', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const document = mergedInOrder(entries);
        for (const each of entries) expect(mergeGrant(document, each)).toEqual({ document, changed: false });
      }),
      runs,
    );
  });

  test('the order of merging does not matter', () => {
    const shuffled = someEntries.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
    );
    fc.assert(
      fc.property(shuffled, ([entries, reordered]) => {
        expect(canonicalPolicy(mergedInOrder(reordered))).toBe(canonicalPolicy(mergedInOrder(entries)));
      }),
      runs,
    );
  });

  test('merging one access point leaves all others exactly as they were', () => {
    fc.assert(
      fc.property(someEntries, fc.integer({ min: 1, max: 40 }).chain(anEntry), (entries, added) => {
        const others = (document: unknown) =>
          grantEntries(document).filter((each) => each.accessPointArn !== added.accessPointArn);
        const before = grantDocument(entries);
        const after = mergeGrant(before, added).document;
        expect(byArn(others(after))).toEqual(byArn(others(before)));
        expect(grantEntries(after)).toContainEqual(added);
      }),
      runs,
    );
  });

  test('removing undoes adding', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const document = grantDocument(entries);
        const more = mergeGrant(document, entry(99)).document;
        expect(removeGrant(more, accessPointArn(99))).toEqual({ kind: 'put', document });
      }),
      runs,
    );
  });

  test('nothing but the three client actions on one file system is ever emitted', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const document = mergedInOrder(entries);
        assertGrant(document);
        const actions = new Set(document.Statement.flatMap((each) => each.Action));
        const others = [...actions].filter((each) => !/^elasticfilesystem:Client(Mount|Write|RootAccess)$/.test(each));
        expect([others, [...new Set(document.Statement.map((each) => each.Resource))]]).toEqual([[], [fileSystemArn]]);
      }),
      runs,
    );
  });
});

function byArn(entries: readonly GrantEntry[]): readonly GrantEntry[] {
  return [...entries].sort((a, b) => a.accessPointArn.localeCompare(b.accessPointArn));
}
