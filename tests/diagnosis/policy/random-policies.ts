import fc from 'fast-check';
import { type ClientAction, clientActions } from '../../../lib/diagnosis/policy/types.ts';
import { fileSystemArn, variable } from './clients.ts';

/** Random policies and requests, dense enough that most statements come close to applying. */

const account = '111122223333';
const otherAccount = '444455556666';
const otherFileSystemArn = `arn:aws:elasticfilesystem:eu-west-1:${account}:file-system/fs-0fedcba9876543210`;
const accessPoint = `arn:aws:elasticfilesystem:eu-west-1:${account}:access-point/fsap-0123456789abcdef0`;
const otherAccessPoint = `arn:aws:elasticfilesystem:eu-west-1:${account}:access-point/fsap-0fedcba9876543210`;
const sessionName = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

export interface RandomCase {
  readonly action: ClientAction;
  readonly anonymous: boolean;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly sessionArn: string;
  readonly context: Readonly<Record<string, string | string[]>>;
  readonly identity: readonly object[];
  readonly boundary: object | undefined;
  readonly fileSystem: object;
}

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const some = <T>(values: readonly T[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const oneOrList = <T>(list: readonly T[]) =>
  list.length === 1 ? fc.constantFrom<T | readonly T[]>(list[0] as T, list) : fc.constant(list);

const actionPatterns = [
  ...clientActions,
  'elasticfilesystem:Client*',
  'ELASTICFILESYSTEM:clientmount',
  'elasticfilesystem:client?rite',
  'elasticfilesystem:*',
  'elasticfilesystem:Describe*',
  's3:GetObject',
  '*',
];
const resourcePatterns = [
  fileSystemArn,
  otherFileSystemArn,
  '*',
  `arn:aws:elasticfilesystem:eu-west-1:${account}:file-system/*`,
  `arn:aws:elasticfilesystem:*:${account}:file-system/fs-0123456789abcdef?`,
  `arn:aws:elasticfilesystem:eu-*-1:*:file-system/fs-0123*`,
  `arn:aws:elasticfilesystem:*:${otherAccount}:file-system/*`,
  `arn:aws:elasticfilesystem:eu-west-1:${account}:file-system/${variable('aws:PrincipalTag/fs')}`,
  accessPoint,
];

interface Key {
  readonly key: string;
  readonly operators: readonly string[];
  readonly wanted: readonly (string | boolean | number)[];
  readonly had: readonly (string | string[])[];
}

const texts =
  'StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase StringNotEqualsIgnoreCase'.split(' ');
const arns = 'ArnEquals ArnLike ArnNotEquals ArnNotLike'.split(' ');
const ranges = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const keys: readonly Key[] = [
  {
    key: 'elasticfilesystem:AccessPointArn',
    operators: [...texts, ...arns, ...arns],
    wanted: [
      accessPoint,
      otherAccessPoint,
      accessPoint.replace('fsap-0123456789abcdef0', '*'),
      accessPoint.toUpperCase(),
      '*',
    ],
    had: [accessPoint, otherAccessPoint],
  },
  {
    key: 'aws:SecureTransport',
    operators: ['Bool'],
    wanted: ['true', 'false', true, false, 'True'],
    had: ['true', 'false'],
  },
  {
    key: 'elasticfilesystem:AccessedViaMountTarget',
    operators: ['Bool', 'StringEquals'],
    wanted: ['true', 'false'],
    had: ['true', 'false'],
  },
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    wanted: ['203.0.113.0/24', '203.0.113.7/32', '198.51.100.0/22', '2001:db8:1234:5678::/64', '203.0.112.0/20'],
    had: ['203.0.113.7', '198.51.101.9', '2001:db8:1234:5678::1', '2001:db8:ffff::1'],
  },
  {
    key: 'aws:PrincipalTag/team',
    operators: texts,
    wanted: [
      'billing',
      'Billing',
      'b?ll*',
      'orders',
      variable('aws:PrincipalAccount'),
      variable("aws:PrincipalTag/none, 'billing'"),
      '',
    ],
    had: ['billing', 'orders', 'BILLING', account],
  },
  {
    key: 'aws:PrincipalTag/shape',
    operators: ['StringLike', 'StringNotLike'],
    wanted: [`a${variable('*')}b`, 'a*b', `a${variable('?')}*`, `?${variable('$')}b`],
    had: ['a*b', 'axb', 'a?b', 'a$b'],
  },
  {
    key: 'aws:PrincipalAccount',
    operators: ['StringEquals', 'StringNotEquals', 'StringLike'],
    wanted: [account, otherAccount, '1111*', variable('aws:ResourceAccount')],
    had: [account, otherAccount],
  },
  {
    key: 'aws:MultiFactorAuthAge',
    operators: ranges.map((each) => `Numeric${each}`),
    wanted: ['300', 300, '299.5', '0'],
    had: ['300', '299', '300.5'],
  },
  {
    key: 'aws:CurrentTime',
    operators: ranges.map((each) => `Date${each}`),
    wanted: ['2026-01-01T00:00:00Z', '2026-09-27', '2026-09-27T02:00:00+02:00'],
    had: ['2026-09-27T00:00:00Z', '2025-12-31T23:59:59Z'],
  },
  {
    key: 'aws:PrincipalOrgPaths',
    operators: [...texts.map((each) => `ForAnyValue:${each}`), ...texts.map((each) => `ForAllValues:${each}`)],
    wanted: ['o-1/r-1/ou-a/', 'o-1/r-1/ou-b/', 'o-1/r-1/*', 'o-2/*'],
    had: [['o-1/r-1/ou-a/'], ['o-1/r-1/ou-a/', 'o-1/r-1/ou-b/'], ['o-2/r-1/']],
  },
];

const anyCase = (key: string) => pick(key, key, key, key.toLowerCase(), key.toUpperCase());

const condition = fc.constantFrom(...keys).chain(({ key, operators, wanted }) => {
  // The two evaluators differ on ForAnyValue with IfExists; a test of its own says who is right.
  const operator = fc
    .tuple(fc.constantFrom(...operators), pick('', '', 'IfExists'))
    .map(([base, suffix]) => (base.startsWith('ForAnyValue') ? base : base + suffix));
  const tested = fc.record({
    operator,
    key: anyCase(key),
    values: some(wanted, 2).chain((list) => oneOrList<string | boolean | number>(list)),
  });
  const isNull = fc.record({
    operator: fc.constant('Null'),
    key: anyCase(key),
    values: pick<string | boolean>('true', 'false', true, false),
  });
  return fc.oneof({ weight: 9, arbitrary: tested }, { weight: 1, arbitrary: isNull });
});

const conditionBlock = fc.array(condition, { maxLength: 2 }).map((list) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of list) block[operator] = { ...block[operator], [key]: values };
  return list.length === 0 ? {} : { Condition: block };
});

const roleArn = (owner: string) => `arn:aws:iam::${owner}:role/task-role`;
const sessionArn = (owner: string) => `arn:aws:sts::${owner}:assumed-role/task-role/${sessionName}`;
const principalIds = [account, otherAccount].flatMap((owner) => [
  `arn:aws:iam::${owner}:root`,
  owner,
  roleArn(owner),
  roleArn(owner),
  `arn:aws:iam::${owner}:role/another-role`,
  sessionArn(owner),
  `${sessionArn(owner)}0`,
  `arn:aws:iam::${owner}:user/ana`,
]);
const wholeChain = (owner: string) => [`arn:aws:iam::${owner}:root`, roleArn(owner), sessionArn(owner)];

const principalBlock = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ Principal: '*' }) },
  { weight: 1, arbitrary: fc.constant({ Principal: { AWS: '*' } }) },
  {
    weight: 6,
    arbitrary: some(principalIds, 3)
      .chain(oneOrList)
      .map((AWS) => ({ Principal: { AWS } })),
  },
  { weight: 1, arbitrary: fc.constant({ Principal: { Service: 'elasticfilesystem.amazonaws.com' } }) },
  { weight: 1, arbitrary: pick(account, otherAccount).map((owner) => ({ NotPrincipal: { AWS: wholeChain(owner) } })) },
  { weight: 1, arbitrary: some(principalIds, 3).map((AWS) => ({ NotPrincipal: { AWS } })) },
);

const effect = pick('Allow', 'Allow', 'Allow', 'Deny');
const scope = fc.tuple(
  fc.oneof(
    {
      weight: 5,
      arbitrary: some(actionPatterns)
        .chain(oneOrList)
        .map((Action) => ({ Action })),
    },
    { weight: 1, arbitrary: some(actionPatterns, 2).map((NotAction) => ({ NotAction })) },
  ),
  fc.oneof(
    {
      weight: 5,
      arbitrary: some(resourcePatterns)
        .chain(oneOrList)
        .map((Resource) => ({ Resource })),
    },
    {
      weight: 1,
      arbitrary: some(
        resourcePatterns.filter((each) => each !== '*'),
        2,
      ).map((NotResource) => ({ NotResource })),
    },
  ),
  conditionBlock,
);

const identityStatement = fc
  .tuple(effect, scope)
  .map(([Effect, parts]) => Object.assign({ Effect }, ...parts) as object);
const fileSystemStatement = fc
  .tuple(effect, principalBlock, scope)
  .map(([Effect, principal, parts]) => Object.assign({ Effect }, principal, ...parts) as object);
const version = pick('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17');
// The other evaluator reads variables in both versions; a test of its own says who is right.
const policyOf = (statement: fc.Arbitrary<object>, most: number) =>
  fc
    .record({ Version: version, Statement: fc.array(statement, { minLength: 1, maxLength: most }) })
    .map((policy) => (JSON.stringify(policy).includes('${') ? { ...policy, Version: '2012-10-17' } : policy));

const context = fc.record(Object.fromEntries(keys.map(({ key, had }) => [key, fc.constantFrom(...had)])), {
  requiredKeys: [],
});

export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    action: fc.constantFrom(...clientActions),
    anonymous: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
    owner: pick(account, account, account, otherAccount),
    context,
    fsTag: pick(undefined, 'fs-0123456789abcdef0'),
    identity: fc.array(policyOf(identityStatement, 3), { maxLength: 2 }),
    boundary: fc.option(policyOf(identityStatement, 3), { nil: undefined, freq: 2 }),
    fileSystem: policyOf(fileSystemStatement, 4),
  })
  .map(({ owner, fsTag, ...rest }) => ({
    ...rest,
    roleArn: roleArn(owner),
    sessionName,
    sessionArn: sessionArn(owner),
    context: {
      ...rest.context,
      'aws:ResourceAccount': account,
      ...(fsTag !== undefined && { 'aws:PrincipalTag/fs': fsTag }),
    },
  }));
