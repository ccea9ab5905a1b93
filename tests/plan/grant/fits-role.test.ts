import { fitsRole, policyCharacters } from '../../../lib/plan/grant/fits-role.ts';
import { grantDocument } from '../../../lib/plan/grant/grant-document.ts';
import { mergeGrant } from '../../../lib/plan/grant/merge-grant.ts';
import { accessPointArn, fileSystemArn } from './clients.ts';

const entry = (number: number) => ({ fileSystemArn, accessPointArn: accessPointArn(number), write: true, root: false });
const grantOf = (count: number) => grantDocument(Array.from({ length: count }, (_, at) => entry(at + 1)));

test('white space does not count', () => {
  expect(policyCharacters('{ "a":\n\t"b c" }')).toBe('{"a":"bc"}'.length);
});

test('an otherwise empty role holds 114 access points of one file system', () => {
  const one = fitsRole({ otherInlineCharacters: 0, document: grantOf(1) });
  expect(one).toEqual({ fits: true, characters: policyCharacters(grantOf(1)), limit: 10_240, moreAccessPoints: 113 });
  expect(fitsRole({ otherInlineCharacters: 0, document: grantOf(114) }).fits).toBe(true);
  expect(fitsRole({ otherInlineCharacters: 0, document: grantOf(115) }).fits).toBe(false);
});

test.each([1, 7, 50, 100])(
  'what it says still fits does fit, and one more does not, from %i access points on',
  (count) => {
    const others = { otherInlineCharacters: 300 };
    const { moreAccessPoints } = fitsRole({ ...others, document: grantOf(count) });
    const fits = (more: number) => fitsRole({ ...others, document: grantOf(count + more) }).fits;
    expect([fits(moreAccessPoints), fits(moreAccessPoints + 1)]).toEqual([true, false]);
  },
);

test('other inline policies of the role count', () => {
  expect(fitsRole({ otherInlineCharacters: 10_240, document: grantOf(1) })).toMatchObject({
    fits: false,
    moreAccessPoints: 0,
  });
});

test('one access point more costs its ARN, two quotes and a comma', () => {
  const { document } = mergeGrant(grantOf(1), entry(2));
  expect(policyCharacters(document) - policyCharacters(grantOf(1))).toBe(accessPointArn(2).length + 3);
});
