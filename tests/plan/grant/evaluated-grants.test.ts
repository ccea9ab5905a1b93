import fc from 'fast-check';
import { accessPointsIn, type GrantEntry, grantDocument } from '../../../lib/plan/grant/grant-document.ts';
import { scale } from '../../scale.ts';
import { accessPointArn, allowed, fileSystemArn, otherFileSystemArn } from './clients.ts';

const right = accessPointArn(1);
const other = accessPointArn(2);
const entry = (more: Partial<GrantEntry> = {}): GrantEntry => ({
  fileSystemArn,
  accessPointArn: right,
  write: true,
  root: false,
  ...more,
});

/** Every built grant is asked of two evaluators; the file-system policy lets nobody in by itself. */
describe('a grant', () => {
  const grant = grantDocument([entry()]);

  test('allows the right access point', async () => {
    expect(await allowed(grant, { accessPointArn: right })).toBe('Mount Write');
  });

  test('allows nothing through another access point', async () => {
    expect(await allowed(grant, { accessPointArn: other })).toBe('');
  });

  test('allows nothing without an access point', async () => {
    expect(await allowed(grant, {})).toBe('');
  });

  test('allows nothing on another file system', async () => {
    expect(await allowed(grant, { fileSystemArn: otherFileSystemArn, accessPointArn: right })).toBe('');
  });

  test('would allow nothing with the id instead of the ARN', async () => {
    const withId = JSON.parse(JSON.stringify(grant).replace(right, right.slice(right.lastIndexOf('/') + 1)));
    expect(await allowed(withId, { accessPointArn: right })).toBe('');
  });

  test('would allow nothing with the access point as resource', async () => {
    const wrong = JSON.parse(JSON.stringify(grant).replace(`"Resource":"${fileSystemArn}"`, `"Resource":"${right}"`));
    expect(await allowed(wrong, { accessPointArn: right })).toBe('');
  });

  test('does not get past an owner who denies mounts without TLS', async () => {
    expect(await allowed(grant, { accessPointArn: right, secureTransport: false })).toBe('');
  });

  test('for read-only mounts allows no write', async () => {
    expect(await allowed(grantDocument([entry({ write: false })]), { accessPointArn: right })).toBe('Mount');
  });

  test('with root allows root', async () => {
    expect(await allowed(grantDocument([entry({ root: true })]), { accessPointArn: right })).toBe(
      'Mount Write RootAccess',
    );
  });

  test('with root for a read-only mount allows root and no write', async () => {
    const document = grantDocument([entry({ write: false, root: true })]);
    expect(await allowed(document, { accessPointArn: right })).toBe('Mount RootAccess');
  });
});

const entries = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record({
        fileSystemArn: fc.constant(fileSystemArn),
        accessPointArn: fc.constant(accessPointArn(number)),
        write: fc.boolean(),
        root: fc.boolean(),
      }),
    ),
  ),
);

test('every built grant gives each access point exactly what its entry says, and all others nothing', async () => {
  await fc.assert(
    fc.asyncProperty(entries, fc.integer({ min: 1, max: 12 }), async (list, asked) => {
      const mine = list.find((each) => each.accessPointArn === accessPointArn(asked));
      const wanted =
        mine === undefined ? '' : ['Mount', mine.write && 'Write', mine.root && 'RootAccess'].filter(Boolean).join(' ');
      expect(await allowed(grantDocument(list), { accessPointArn: accessPointArn(asked) })).toBe(wanted);
      expect(grantDocument(list).Statement.flatMap(accessPointsIn)).toHaveLength(list.length);
    }),
    { seed: 3, numRuns: scale(100) },
  );
});
