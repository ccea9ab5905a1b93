import { grantIsEffective } from '../../../lib/diagnosis/policy/effective.ts';
import { evaluateClientAccess } from '../../../lib/diagnosis/policy/evaluate.ts';
import { offeredFileSystemPolicy } from '../../../lib/diagnosis/policy/offered-policy.ts';
import { type ClientRequest, clientActions } from '../../../lib/diagnosis/policy/types.ts';
import { accessPointArn, fileSystemArn, otherAccessPointArn, role, roleArn } from './clients.ts';

const grant = { accessPointArn, principalArns: [roleArn], write: true, root: false };
const offer = offeredFileSystemPolicy({ fileSystemArn, grants: [grant] });
const fileSystemPolicy = { state: 'present', name: 'the offer', document: offer.text } as const;

function allowed(request: Partial<ClientRequest>): string {
  const mount = { fileSystemArn, principal: role, secureTransport: true, ...request };
  const access = evaluateClientAccess({ request: mount, identity: [], fileSystemPolicy });
  return clientActions
    .filter((each) => access[each].decision === 'allowed')
    .join(' ')
    .replaceAll('elasticfilesystem:Client', '');
}

test.each<[string, Partial<ClientRequest>, string]>([
  ['the role through its access point', { accessPointArn }, 'Mount Write'],
  ['the role without TLS', { accessPointArn, secureTransport: false }, ''],
  ['the role without an access point', {}, ''],
  ['the role through another access point', { accessPointArn: otherAccessPointArn }, ''],
  ['the role by another way than a mount target', { accessPointArn, viaMountTarget: false }, ''],
  ['another role', { accessPointArn, principal: { ...role, arn: 'arn:aws:iam::111122223333:role/other' } }, ''],
  ['a client without IAM', { accessPointArn, principal: { kind: 'anonymous' } }, ''],
])('the offered policy lets in %s: %s', (_who, request, wanted) => {
  expect(allowed(request)).toBe(wanted);
});

test('with it the grants count', () => {
  expect(grantIsEffective({ fileSystemArn, accessPointArn, fileSystemPolicy }).effective).toBe('yes');
});

test.each([
  ['read-only', { write: false, root: false }, ['ClientMount']],
  ['root', { write: true, root: true }, ['ClientMount', 'ClientWrite', 'ClientRootAccess']],
])('a grant that is %s', (_what, permissions, wanted) => {
  const { document } = offeredFileSystemPolicy({ fileSystemArn, grants: [{ ...grant, ...permissions }] });
  expect(document.Statement[1]?.['Action']).toEqual(wanted.map((each) => `elasticfilesystem:${each}`));
});

test('an access point that no role uses is left out, since a statement has to name somebody', () => {
  const { document } = offeredFileSystemPolicy({ fileSystemArn, grants: [{ ...grant, principalArns: [] }] });
  expect(document.Statement.map((each) => each['Sid'])).toEqual(['DenyWithoutTls']);
});

test('the same grants in another order are the same text', () => {
  const other = { ...grant, accessPointArn: otherAccessPointArn };
  const text = (...grants: readonly (typeof grant)[]) => offeredFileSystemPolicy({ fileSystemArn, grants }).text;
  expect(text(grant, other)).toBe(text(other, grant));
});

test('says where it is too long for EFS', () => {
  const grants = Array.from({ length: 60 }, (_, at) => ({ ...grant, accessPointArn: `${accessPointArn}${at}` }));
  expect([offer.fits, offeredFileSystemPolicy({ fileSystemArn, grants }).fits]).toEqual([true, false]);
});

test('says whom it would lock out', () => {
  expect(offer.says).toContain('every mount without IAM or without TLS is turned away');
});
