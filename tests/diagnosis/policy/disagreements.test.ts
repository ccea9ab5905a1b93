import { decideAction } from '../../../lib/diagnosis/policy/decide.ts';
import { parsePolicies } from '../../../lib/diagnosis/policy/evaluate.ts';
import { closed, fileSystemArn, mountFor, policy, variable } from './clients.ts';
import { independentDecision } from './independent.ts';

/**
 * Where we differ from @cloud-copilot/iam-simulate 0.1.173, and the page of AWS that decides. The random comparison
 * leaves these cases out. A row fails as soon as the other evaluator changes its mind.
 */
const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const condition = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

interface Disagreement {
  /** Merged into an Allow on the role. */
  readonly statement: object;
  /** The file-system policy; one that names nobody where it is left out. */
  readonly fileSystem?: typeof closed;
  readonly page: string;
  readonly because: string;
  readonly version?: string;
  readonly context: Readonly<Record<string, string>>;
  readonly ours: string;
  readonly theirs: string;
}

const disagreements: Readonly<Record<string, Disagreement>> = {
  'the range of all IPv4 addresses': {
    page: `${guide}/reference_policies_elements_condition_operators.html#Conditions_IPAddress`,
    because: 'The value must be in the standard CIDR format; 0.0.0.0/0 holds every IPv4 address.',
    statement: condition('IpAddress', 'aws:SourceIp', '0.0.0.0/0'),
    context: { 'aws:SourceIp': '203.0.113.7' },
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
  'an IPv6 client and NotIpAddress with one IPv4 address': {
    page: `${guide}/reference_policies_elements_condition_operators.html#Conditions_IPAddress`,
    because: 'NotIpAddress holds for all IP addresses except the specified one; without a prefix that is a /32.',
    statement: condition('NotIpAddress', 'aws:SourceIp', '203.0.113.7'),
    context: { 'aws:SourceIp': '2001:db8::1' },
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
  'ForAnyValue with IfExists on a key that the request does not have': {
    page: `${guide}/reference_policies_elements_condition_operators.html#Conditions_IfExists`,
    because: 'If the key is not present, evaluate the condition element as true.',
    statement: condition('ForAnyValue:StringEqualsIfExists', 'aws:PrincipalOrgPaths', 'o-1/r-1/'),
    context: {},
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
  'a variable in a policy of the old version': {
    page: `${guide}/reference_policies_variables.html`,
    because: 'Without Version 2012-10-17, variables are treated as literal strings in the policy.',
    statement: condition('StringEquals', 'aws:PrincipalTag/team', variable('aws:PrincipalAccount')),
    version: '2008-10-17',
    context: { 'aws:PrincipalTag/team': '111122223333', 'aws:PrincipalAccount': '111122223333' },
    ours: 'denied-implicit',
    theirs: 'allowed',
  },
  'a fixed asterisk in StringEquals': {
    page: `${guide}/reference_policies_variables.html#policy-vars-specialchars`,
    because: 'The predefined variables can be used in any string where you can use regular policy variables.',
    statement: condition('StringEquals', 'aws:PrincipalTag/team', `a${variable('*')}b`),
    context: { 'aws:PrincipalTag/team': 'a*b' },
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
  'an asterisk at the end of a segment of a resource': {
    page: `${guide}/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards`,
    because: 'If the * wildcard is the last character of a segment, it can expand to match beyond colon boundaries.',
    statement: { Action: 's3:*' },
    fileSystem: policy(mountFor('*', { Resource: 'arn:aws:elasticfilesystem:*:file-system/fs-0123456789abcdef0' })),
    context: {},
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
  'epoch time beside a date': {
    page: `${guide}/reference_policies_elements_condition_operators.html#Conditions_Date`,
    because: 'Date values may be in epoch (UNIX) time, which counts seconds.',
    statement: condition('DateLessThan', 'aws:CurrentTime', '1790000000'),
    context: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' },
    ours: 'allowed',
    theirs: 'denied-implicit',
  },
};

const named = Object.entries(disagreements).map(([what, row]) => [what, row.page, row] as const);

test.each(named)('%s: decided by %s', async (_what, _page, row) => {
  expect([decideHere(row), await independentDecision(caseOf(row))]).toEqual([row.ours, row.theirs]);
});

const roleArn = 'arn:aws:iam::111122223333:role/task-role';
const sessionName = '0a1b2c3d4e5f';

function caseOf(row: Disagreement) {
  return {
    action: 'elasticfilesystem:ClientMount',
    anonymous: false,
    roleArn,
    sessionName,
    sessionArn: `arn:aws:sts::111122223333:assumed-role/task-role/${sessionName}`,
    context: { ...row.context },
    identity: [identityPolicy(row)],
    boundary: undefined,
    fileSystem: (row.fileSystem ?? closed).document as object,
  } as const;
}

function identityPolicy({ version, statement }: Disagreement) {
  const allow = { Effect: 'Allow', Action: 'elasticfilesystem:ClientMount', Resource: fileSystemArn, ...statement };
  return { Version: version ?? '2012-10-17', Statement: [allow] };
}

function decideHere(row: Disagreement): string {
  const request = {
    fileSystemArn,
    principal: { kind: 'role', arn: roleArn, sessionName },
    secureTransport: true,
  } as const;
  const identity = [{ state: 'present', name: 'a policy', document: identityPolicy(row) }] as const;
  const policies = parsePolicies({ request, identity, fileSystemPolicy: row.fileSystem ?? closed });
  const lookup = (key: string) => {
    const value = row.context[key];
    return value === undefined ? ({ state: 'absent' } as const) : ({ state: 'present', values: [value] } as const);
  };
  return decideAction({ action: 'elasticfilesystem:ClientMount', request, policies, lookup }).decision;
}
