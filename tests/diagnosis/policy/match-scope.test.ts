import { evaluateClientAccess } from '../../../lib/diagnosis/policy/evaluate.ts';
import { closed, fileSystemArn, may, mount, mountFor, policy, role, variable } from './clients.ts';

const allows = (more: object) =>
  may({ identity: [policy({ Effect: 'Allow', Action: mount.Action, Resource: '*', ...more })] }) === 'allowed';

const reaching = 'arn:aws:elasticfilesystem:*:file-system/fs-0123456789abcdef0';

test.each([
  ['elasticfilesystem:ClientMount', true],
  ['ELASTICFILESYSTEM:clientmount', true],
  ['elasticfilesystem:Client*', true],
  ['elasticfilesystem:Client?ount', true],
  ['elasticfilesystem:*', true],
  ['*', true],
  ['elasticfilesystem:Client?', false],
  ['elasticfilesystem:ClientWrite', false],
  ['s3:*', false],
])('Action %s covers ClientMount: %s', (Action, wanted) => {
  expect(allows({ Action: ['s3:GetObject', Action] })).toBe(wanted);
});

test.each([
  ['elasticfilesystem:ClientMount', false],
  ['elasticfilesystem:client*', false],
  ['s3:*', true],
])('NotAction %s leaves ClientMount: %s', (NotAction, wanted) => {
  const statement = { Effect: 'Allow', NotAction, Resource: '*' };
  expect(may({ identity: [policy(statement)] }) === 'allowed').toBe(wanted);
});

test.each([
  [fileSystemArn, true],
  ['*', true],
  [fileSystemArn.replace('fs-0123456789abcdef0', '*'), true],
  [fileSystemArn.replace('eu-west-1', '*'), true],
  [fileSystemArn.replace('eu-west-1', 'eu-*-1'), true],
  [fileSystemArn.replace('fs-0123456789abcdef0', 'fs-0123456789abcdef?'), true],
  ['arn:aws:elasticfilesystem:*', true],
  ['arn:aws:elasticfilesystem', true],
  ['arn:aws:elasticfilesystem:eu-west-1:111122223333', true],
  ['arn:aws:elasticfilesystem:eu-*fs-0123456789abcdef0', false],
  [fileSystemArn.replace(':111122223333', '?111122223333'), false],
  [fileSystemArn.replace('fs-', 'FS-'), false],
  [fileSystemArn.replace('file-system/fs', 'access-point/fsap'), false],
  [fileSystemArn.replace('111122223333', '444455556666'), false],
  [fileSystemArn.slice(0, -1), false],
  ['fs-0123456789abcdef0', false],
])('Resource %s covers the file system: %s', (Resource, wanted) => {
  expect(allows({ Resource: ['arn:aws:s3:::bucket', Resource] })).toBe(wanted);
});

test.each([
  [fileSystemArn.replace('file-system', '*'), 'unknown'],
  [fileSystemArn.replace('file-system', 'file-syst?m'), 'unknown'],
  [fileSystemArn.replace(/file-system.*/, 'file-*'), 'unknown'],
  [fileSystemArn.replace('file-system', 'access-*'), 'denied-implicit'],
])('a wildcard in the resource type is not allowed, so what comes of it is open: %s', (Resource, wanted) => {
  expect(may({ identity: [policy({ ...mount, Resource })] })).toBe(wanted);
});

test('NotResource leaves out what it names', () => {
  const except = (NotResource: string) => may({ identity: [policy({ Effect: 'Allow', Action: '*', NotResource })] });
  expect([except(fileSystemArn), except(`${fileSystemArn}0`)]).toEqual(['denied-implicit', 'allowed']);
});

test('a file-system policy without Resource speaks of its file system', () => {
  const { Resource: _left, ...statement } = mountFor('*');
  expect(may({ fileSystemPolicy: policy(statement) })).toBe('allowed');
});

// "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond colon boundaries."
test.each([
  ['in a file-system policy it does', { fileSystemPolicy: policy(mountFor('*', { Resource: reaching })) }, 'allowed'],
  [
    'on a role such an ARN is also filled up, which leaves it open',
    { identity: [policy({ ...mount, Resource: reaching })] },
    'unknown',
  ],
])('an asterisk may reach over a colon: %s', (_where, policies, wanted) => {
  expect(may(policies)).toBe(wanted);
});

test('a shortened ARN is filled up in identity policies only', () => {
  expect(may({ fileSystemPolicy: policy(mountFor('*', { Resource: 'arn:aws:elasticfilesystem:eu-west-1' })) })).toBe(
    'denied-implicit',
  );
});

test("many asterisks in somebody's policy do not hang the evaluation", () => {
  expect(allows({ Resource: `arn:aws:elasticfilesystem:eu-west-1:111122223333:${'*f'.repeat(60)}*!` })).toBe(false);
});

describe('policy variables', () => {
  const named = (text: string, Version = '2012-10-17') => {
    const document = {
      Version,
      Statement: [{ ...mount, Resource: fileSystemArn.replace('fs-0123456789abcdef0', text) }],
    };
    return may({
      request: { principal: { ...role, tags: { fs: 'fs-0123456789abcdef0' } } },
      identity: [{ state: 'present', name: 'a policy', document }],
    });
  };

  test.each([
    ['of a key that EFS does not enforce', variable('aws:PrincipalTag/fs'), 'unknown'],
    [
      'of a key the request has',
      `fs-0123456789abcdef0${variable('elasticfilesystem:AccessPointArn')}`,
      'denied-implicit',
    ],
    ['of a fixed character', variable('*'), 'denied-implicit'],
    ['with a default value', variable("aws:nothing, 'fs-0123456789abcdef0'"), 'unknown'],
  ])('%s', (_what, text, wanted) => {
    expect(named(text)).toBe(wanted);
  });

  test.each([
    [
      'beside a resource that matches',
      { Resource: [fileSystemArn, variable('elasticfilesystem:AccessPointArn')] },
      'unknown',
    ],
    ['by itself', { Resource: variable('elasticfilesystem:AccessPointArn') }, 'denied-implicit'],
    ['in NotResource', { NotResource: variable('elasticfilesystem:AccessPointArn') }, 'unknown'],
  ])('without value may make the statement invalid: %s', (_where, scope, wanted) => {
    const request = { fileSystemArn, principal: role, secureTransport: true };
    const identity = [policy({ Effect: 'Allow', Action: '*', ...scope })];
    const access = evaluateClientAccess({ request, identity, fileSystemPolicy: closed });
    expect(access['elasticfilesystem:ClientMount'].decision).toBe(wanted);
  });

  test('are plain text in the old version of the language', () => {
    expect(named(variable('aws:PrincipalTag/fs'), '2008-10-17')).toBe('denied-implicit');
  });
});
