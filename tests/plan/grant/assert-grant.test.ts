import { assertGrant } from '../../../lib/plan/grant/assert-grant.ts';
import { grantDocument, NotAGrant } from '../../../lib/plan/grant/grant-document.ts';
import { accessPointArn, fileSystemArn, otherFileSystemArn } from './clients.ts';

const grant = grantDocument([
  { fileSystemArn, accessPointArn: accessPointArn(1), write: true, root: false },
  { fileSystemArn, accessPointArn: accessPointArn(2), write: false, root: false },
]);
const [first, second] = grant.Statement;
const key = 'elasticfilesystem:AccessPointArn';

test('lets what the builder builds pass', () => {
  expect(() => assertGrant(grant)).not.toThrow();
});

test('lets it pass as IAM may give it back, with text for a list of one', () => {
  const asText = { ...first, Condition: { ArnEquals: { [key]: accessPointArn(1) } } };
  expect(() => assertGrant({ ...grant, Statement: asText })).not.toThrow();
});

const withFirst = (more: object) => ({ ...grant, Statement: [{ ...first, ...more }, second] });

test.each([
  ['no object', null],
  ['a list', []],
  ['another version of the language', { ...grant, Version: '2008-10-17' }],
  ['a further member of the policy', { ...grant, Id: 'x' }],
  ['no statement', { ...grant, Statement: [] }],
  ['a statement that is no object', { ...grant, Statement: ['Allow'] }],
  ['a Deny', withFirst({ Effect: 'Deny' })],
  ['a fourth action', withFirst({ Action: [...(first?.Action ?? []), 'elasticfilesystem:DeleteFileSystem'] })],
  ['all client actions by wildcard', withFirst({ Action: 'elasticfilesystem:Client*' })],
  ['all actions', withFirst({ Action: '*' })],
  [
    'root under the name of read and write',
    withFirst({ Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'] }),
  ],
  ['an action named twice', withFirst({ Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientMount'] })],
  ['no actions', withFirst({ Action: [] })],
  ['NotAction', { ...grant, Statement: [{ ...first, NotAction: 's3:*' }] }],
  ['an unknown Sid', withFirst({ Sid: 'Mine' })],
  ['all resources', withFirst({ Resource: '*' })],
  ['a wildcard for the file system', withFirst({ Resource: fileSystemArn.replace(/fs-.*/, '*') })],
  ['a wildcard within the file system id', withFirst({ Resource: `${fileSystemArn.slice(0, -1)}?` })],
  ['the access point as resource', withFirst({ Resource: accessPointArn(1) })],
  ['two resources', withFirst({ Resource: [fileSystemArn, otherFileSystemArn] })],
  ['several file systems', withFirst({ Resource: otherFileSystemArn })],
  ['a line break after the ARN', withFirst({ Resource: `${fileSystemArn}\n` })],
  [
    'no condition',
    { ...grant, Statement: [{ Sid: first?.Sid, Effect: 'Allow', Action: first?.Action, Resource: fileSystemArn }] },
  ],
  ['an empty condition', withFirst({ Condition: {} })],
  ['ArnLike', withFirst({ Condition: { ArnLike: { [key]: accessPointArn(1) } } })],
  ['ArnEqualsIfExists', withFirst({ Condition: { ArnEqualsIfExists: { [key]: accessPointArn(1) } } })],
  ['a further condition', withFirst({ Condition: { ...first?.Condition, Bool: { 'aws:SecureTransport': 'true' } } })],
  ['another condition key', withFirst({ Condition: { ArnEquals: { 'aws:PrincipalArn': accessPointArn(1) } } })],
  [
    'a wildcard for the access point',
    withFirst({ Condition: { ArnEquals: { [key]: accessPointArn(1).replace(/fsap-.*/, '*') } } }),
  ],
  ['the id of the access point', withFirst({ Condition: { ArnEquals: { [key]: 'fsap-0123456789abcdef0' } } })],
  ['the file system as access point', withFirst({ Condition: { ArnEquals: { [key]: fileSystemArn } } })],
  [
    'an access point of another account',
    withFirst({ Condition: { ArnEquals: { [key]: accessPointArn(1).replace('111122223333', '444455556666') } } }),
  ],
  [
    'an access point of another region',
    withFirst({ Condition: { ArnEquals: { [key]: accessPointArn(1).replace('eu-west-1', 'eu-west-2') } } }),
  ],
  ['no access point', withFirst({ Condition: { ArnEquals: { [key]: [] } } })],
  ['one access point in two statements', withFirst({ Condition: { ArnEquals: { [key]: accessPointArn(1) } } })],
  ['a principal', withFirst({ Principal: '*' })],
])('stops %s', (_what, document) => {
  expect(() => assertGrant(document)).toThrow(NotAGrant);
});
