import { canonicalPolicy, samePolicy } from '../../../lib/plan/grant/canonical-policy.ts';

const roles = ['arn:aws:iam::111122223333:role/b', 'arn:aws:iam::111122223333:role/a'];
const actions = ['elasticfilesystem:ClientWrite', 'elasticfilesystem:ClientMount'];
const allow = {
  Effect: 'Allow',
  Principal: { AWS: roles },
  Action: actions,
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': true } },
};
const deny = { Effect: 'Deny', Principal: '*', NotAction: 's3:*', NotResource: ['*'] };
const policy = { Version: '2012-10-17', Statement: [allow, deny] };
const reordered = {
  ...policy,
  Statement: [deny, { ...allow, Action: [...actions].reverse(), Principal: { AWS: [...roles].reverse() } }],
};

test.each([
  [
    'other order of members',
    '{"Statement":[{"Resource":"*","Action":"s3:*","Effect":"Allow"}],"Version":"2012-10-17"}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:*"],"Resource":["*"]}}',
  ],
  ['other order of statements and lists', policy, reordered],
  [
    'case of actions and condition keys, booleans as text',
    policy,
    JSON.stringify(policy)
      .replace('ClientWrite', 'clientwrite')
      .replace('aws:SecureTransport', 'AWS:securetransport')
      .replace('true', '"true"'),
  ],
  ['a value named twice', policy, JSON.stringify(policy).replace('["*"]', '["*","*"]')],
])('is one text for %s', (_what, one, other) => {
  expect(samePolicy(one, other)).toBe(true);
});

test.each([
  ['another effect', 'Allow', 'Deny'],
  ['another action', 'ClientWrite', 'ClientRootAccess'],
  ['another resource', '"NotResource":["*"]', '"NotResource":["A"]'],
  ['another operator', 'Bool', 'Null'],
  ['another value', ':true', ':false'],
  ['Action instead of NotAction', 'NotAction', 'Action'],
  ['another principal', 'role/b', 'role/c'],
])('tells apart %s', (_what, from, to) => {
  expect(samePolicy(policy, JSON.stringify(policy).replace(from, to))).toBe(false);
});

test('throws where the text is no JSON', () => {
  expect(() => canonicalPolicy('{')).toThrow(SyntaxError);
});

test('keeps what it does not know', () => {
  expect(canonicalPolicy({ Statement: 'x', Other: [2, 1] })).toBe('{"Other":[2,1],"Statement":["x"]}');
});
