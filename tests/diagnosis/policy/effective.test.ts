import { grantIsBypassedBy, grantIsEffective } from '../../../lib/diagnosis/policy/effective.ts';
import { clientActions } from '../../../lib/diagnosis/policy/types.ts';
import {
  accessPointArn,
  fileSystemArn,
  mount,
  mountFor,
  otherAccessPointArn,
  policy,
  role,
  roleArn,
} from './clients.ts';

const through = (arn: string) => ({ Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': arn } } });
const viaMountTarget = { Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } };
const judge = (...statements: readonly object[]) =>
  grantIsEffective({ fileSystemArn, accessPointArn, fileSystemPolicy: policy(...statements) });

test('without a file-system policy a grant protects nothing', () => {
  expect(grantIsEffective({ fileSystemArn, accessPointArn, fileSystemPolicy: { state: 'absent' } })).toMatchObject({
    effective: 'no',
    reason: 'no-policy',
    actions: clientActions,
    says: expect.stringContaining('port 2049'),
  });
});

test.each([
  ['everybody', [mountFor('*')], 'no', 'open-to-anonymous'],
  [
    'everybody who comes through a mount target, as the console writes it',
    [mountFor({ AWS: '*' }, viaMountTarget)],
    'no',
    'open-to-anonymous',
  ],
  ['everybody through this access point', [mountFor('*', through(accessPointArn))], 'no', 'open-to-anonymous'],
  [
    'everybody else than one role',
    [{ ...mount, Effect: 'Allow', NotPrincipal: { AWS: roleArn } }],
    'no',
    'open-to-anonymous',
  ],
  [
    'everybody but clients without TLS',
    [mountFor('*'), mountFor('*', { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    'no',
    'open-to-anonymous',
  ],
  ['everybody through another access point', [mountFor('*', through(otherAccessPointArn))], 'yes', 'enforced'],
  ['one role', [mountFor({ AWS: roleArn })], 'yes', 'enforced'],
  ['the account, whose roles need a grant then', [mountFor({ AWS: '111122223333' })], 'yes', 'enforced'],
  ['nobody, by a Deny', [mountFor('*'), mountFor('*', { Effect: 'Deny' })], 'yes', 'enforced'],
  [
    'an organization, by a key that EFS does not list',
    [mountFor('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })],
    'unknown',
    'not-checked',
  ],
])('a file-system policy that allows %s', (_who, statements, effective, reason) => {
  expect(judge(...statements)).toMatchObject({ effective, reason });
});

test('a policy that turns away clients without identity and lets every role in', () => {
  const onlyRoles = mountFor('*', {
    Effect: 'Deny',
    Sid: 'NoAnonymous',
    NotPrincipal: {
      AWS: [
        'arn:aws:iam::111122223333:root',
        'arn:aws:iam::111122223333:role/a-role-without-any-policy',
        'arn:aws:sts::111122223333:assumed-role/a-role-without-any-policy/somebody',
      ],
    },
  });
  const { Principal: _left, ...deny } = onlyRoles;
  expect(judge(mountFor('*', { Sid: 'Open' }), deny)).toMatchObject({
    effective: 'no',
    reason: 'open-to-every-role',
    actions: ['elasticfilesystem:ClientMount'],
    by: [{ kind: 'file-system', policy: 'a policy', statement: 'Open' }],
  });
});

test('what anybody may do is told action by action, with the statement that lets them', () => {
  const open = mountFor('*', {
    Sid: 'Open',
    Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'],
  });
  expect(judge(open)).toMatchObject({
    actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'],
    by: [{ kind: 'file-system', policy: 'a policy', statement: 'Open' }],
  });
});

test('a policy that could not be read leaves it open, with the reason', () => {
  const fileSystemPolicy = { state: 'unknown', name: 'file-system policy', why: 'denied' } as const;
  expect(grantIsEffective({ fileSystemArn, fileSystemPolicy })).toMatchObject({
    effective: 'unknown',
    notChecked: [{ policy: 'file-system policy', why: 'denied' }],
  });
});

describe('statements on the role that reach past the access point', () => {
  const bypass = (...statements: readonly object[]) =>
    grantIsBypassedBy({ fileSystemArn, accessPointArn, role, identity: [policy(...statements)] }).map(
      (each) => each.statement,
    );
  const managed = { Effect: 'Allow', Sid: 'Managed', Action: 'elasticfilesystem:Client*', Resource: '*' };

  test.each([
    ['the grant itself', [{ ...mount, ...through(accessPointArn) }], []],
    ['a managed client policy', [managed], ['Managed']],
    ['one for all access points', [{ ...managed, ...through(accessPointArn.replace(/fsap-.*/, '*')) }], ['Managed']],
    ['one for another file system', [{ ...managed, Resource: `${fileSystemArn}0` }], []],
    ['one that is denied elsewhere', [managed, { ...managed, Effect: 'Deny' }], []],
  ])('%s', (_what, statements, wanted) => {
    expect(bypass(...statements)).toEqual(wanted);
  });
});
