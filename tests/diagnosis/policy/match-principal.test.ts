import { may, mount, mountFor, policy, role, roleArn, sessionArn } from './clients.ts';

const root = 'arn:aws:iam::111122223333:root';

test.each([
  ['the role', roleArn, 'allowed'],
  ['the role without its path', 'arn:aws:iam::111122223333:role/billing-task', 'denied-implicit'],
  ['the role in another case', roleArn.replace('billing', 'Billing'), 'denied-implicit'],
  ['the role of that name in another account', roleArn.replace('111122223333', '444455556666'), 'denied-implicit'],
  ['another role', 'arn:aws:iam::111122223333:role/orders-task', 'denied-implicit'],
  ['a wildcard for roles, which IAM does not know', 'arn:aws:iam::111122223333:role/*', 'denied-implicit'],
  ['the session', sessionArn, 'allowed'],
  ['another session', `${sessionArn}0`, 'denied-implicit'],
  ['the id of the role', 'AROAEXAMPLEBILLING000', 'allowed'],
  ['the id that a deleted role of the same name had', 'AROAEXAMPLEDELETED000', 'denied-implicit'],
  ['the account, which only lets its own policies decide', root, 'denied-implicit'],
])('a file-system policy names %s', (_who, principal, wanted) => {
  expect(may({ fileSystemPolicy: policy(mountFor({ AWS: [principal, 'arn:aws:iam::111122223333:user/ana'] })) })).toBe(
    wanted,
  );
});

test.each([
  ['the account by ARN', root],
  ['the account by number', '111122223333'],
  ['the role', roleArn],
  ['the session', sessionArn],
  ['everybody', '*'],
])('a Deny for %s meets the task', (_who, principal) => {
  const deny = mountFor({ AWS: principal }, { Effect: 'Deny' });
  expect(may({ identity: [policy(mount)], fileSystemPolicy: policy(deny) })).toBe('denied-explicit');
});

describe('before the task runs its session is not known', () => {
  const { sessionName: _left, ...unstarted } = role;
  const request = { principal: unstarted };

  test.each([
    ['some session of the role', sessionArn, 'unknown'],
    ['a session of another role', sessionArn.replace('billing', 'orders'), 'denied-implicit'],
    ['the role', roleArn, 'allowed'],
  ])('and %s is named', (_who, principal, wanted) => {
    expect(may({ request, fileSystemPolicy: policy(mountFor({ AWS: principal })) })).toBe(wanted);
  });
});

describe('NotPrincipal', () => {
  const except = (Effect: string, ...AWS: readonly string[]) =>
    policy(mountFor('*'), { ...mount, Effect, NotPrincipal: { AWS } });

  test.each([
    ['nobody of ours', ['arn:aws:iam::444455556666:root'], 'denied-explicit'],
    ['account, role and session', [root, roleArn, sessionArn], 'allowed'],
    ['everybody', ['*'], 'allowed'],
    // "If the NotPrincipal element was missing the ARN of the role, the effect of the policy might be to explicitly deny".
    ['the role alone: AWS leaves it open', [roleArn], 'unknown'],
    ['the account alone: AWS leaves it open', [root], 'unknown'],
    ['role and account without session: AWS leaves it open', [root, roleArn], 'unknown'],
  ])('a Deny that excepts %s', (_who, principals, wanted) => {
    expect(may({ fileSystemPolicy: except('Deny', ...principals) })).toBe(wanted);
  });

  // IAM user guide, "Permissions boundaries for IAM entities", Important.
  test('a Deny with it always meets a role that has a permissions boundary', () => {
    const boundary = policy(mount);
    expect(may({ boundary, fileSystemPolicy: except('Deny', root, roleArn, sessionArn) })).toBe('denied-explicit');
  });

  test.each([
    ['somebody else', ['arn:aws:iam::444455556666:root'], 'allowed'],
    ['the task', [root, roleArn, sessionArn], 'denied-implicit'],
  ])('an Allow that excepts %s', (_who, AWS, wanted) => {
    expect(may({ fileSystemPolicy: policy({ ...mount, NotPrincipal: { AWS } }) })).toBe(wanted);
  });
});
