import { evaluateClientAccess } from '../../../lib/diagnosis/policy/evaluate.ts';
import { type ClientRequest, clientActions } from '../../../lib/diagnosis/policy/types.ts';
import {
  accessPointArn,
  closed,
  fileSystemArn,
  may,
  mount,
  mountDecision,
  mountFor,
  otherAccessPointArn,
  policy,
  role,
  roleArn,
  variable,
} from './clients.ts';

const everybody = policy(mountFor('*'));
const unread = { state: 'unknown', name: 'team-policy', why: 'iam:GetRolePolicy was denied' } as const;

describe('without a file-system policy', () => {
  test.each([
    ['a client without IAM', { kind: 'anonymous' }],
    ['a role without any policy', role],
  ] as const)('%s may read, write and be root', (_who, principal) => {
    const request = { fileSystemArn, principal, secureTransport: false };
    const access = evaluateClientAccess({ request, identity: [], fileSystemPolicy: { state: 'absent' } });
    expect(clientActions.map((each) => access[each].decision)).toEqual(['allowed', 'allowed', 'allowed']);
  });

  test('a Deny on the role is told, since the default policy does not ask IAM', () => {
    const identity = [policy({ ...mount, Effect: 'Deny', Sid: 'Never' })];
    const { decision, by, notChecked } = mountDecision({ identity, fileSystemPolicy: { state: 'absent' } });
    expect([decision, by[0]?.policy, notChecked[0]?.statement]).toEqual([
      'allowed',
      'default file-system policy',
      'Never',
    ]);
  });
});

describe('in one account', () => {
  test('an Allow on the role is enough', () => {
    expect(may({ identity: [policy(mount)] })).toBe('allowed');
  });

  test('an Allow in the file-system policy is enough', () => {
    expect(may({ fileSystemPolicy: policy(mountFor({ AWS: roleArn })) })).toBe('allowed');
  });

  test('no Allow is an implicit denial', () => {
    expect(may({})).toBe('denied-implicit');
  });

  test.each([
    ['role', { identity: [policy(mount, { ...mount, Effect: 'Deny' })] }],
    ['file-system policy', { identity: [policy(mount)], fileSystemPolicy: policy(mountFor('*', { Effect: 'Deny' })) }],
    ['boundary', { identity: [policy(mount)], boundary: policy(mount, { ...mount, Effect: 'Deny' }) }],
  ])('a Deny on the %s wins', (_where, policies) => {
    expect(may(policies)).toBe('denied-explicit');
  });

  test('each action is decided for itself', () => {
    const identity = [policy({ ...mount, Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] })];
    const request = { fileSystemArn, principal: role, secureTransport: true };
    const access = evaluateClientAccess({ request, identity, fileSystemPolicy: closed });
    expect(clientActions.map((each) => access[each].decision)).toEqual(['allowed', 'allowed', 'denied-implicit']);
  });
});

describe('across accounts', () => {
  const request = { principal: { ...role, arn: 'arn:aws:iam::444455556666:role/billing-task' } };
  const toAccount = policy(mountFor({ AWS: '444455556666' }));
  const toNobody = policy(mountFor({ AWS: '777788889999' }));

  test.each([
    ['both allow', { identity: [policy(mount)], fileSystemPolicy: toAccount }, 'allowed'],
    ['only the role allows', { identity: [policy(mount)], fileSystemPolicy: toNobody }, 'denied-implicit'],
    ['only the file-system policy allows', { identity: [], fileSystemPolicy: everybody }, 'denied-implicit'],
  ])('%s', (_who, policies, wanted) => {
    expect(may({ request, ...policies })).toBe(wanted);
  });
});

describe('a volume without IAM is an anonymous client', () => {
  const request = { principal: { kind: 'anonymous' } } as const;

  test.each([
    ['everybody', '*', 'allowed'],
    ['everybody in the other spelling', { AWS: '*' }, 'allowed'],
    ['the account', { AWS: '111122223333' }, 'denied-implicit'],
    ['the role of the task', { AWS: roleArn }, 'denied-implicit'],
    ['a service', { Service: 'elasticfilesystem.amazonaws.com' }, 'denied-implicit'],
  ])('let in by a statement for %s: %s', (_who, principal, wanted) => {
    expect(may({ request, fileSystemPolicy: policy(mountFor(principal)) })).toBe(wanted);
  });

  test('what the task role may do does not help it', () => {
    expect(may({ request, identity: [policy(mount)] })).toBe('denied-implicit');
  });

  test('nor can a policy of the role that was not read harm it', () => {
    expect(may({ request, identity: [unread], boundary: unread, fileSystemPolicy: everybody })).toBe('allowed');
  });

  test('a Deny for everybody else than some role meets it', () => {
    const deny = { ...mount, Effect: 'Deny', NotPrincipal: { AWS: roleArn } };
    expect(may({ request, fileSystemPolicy: policy(mountFor('*'), deny) })).toBe('denied-explicit');
  });
});

describe('a permissions boundary', () => {
  const boundary = policy({ ...mount, Action: 's3:*' });

  test("limits what the role's own policies allow", () => {
    expect(may({ identity: [policy(mount)], boundary })).toBe('denied-implicit');
  });

  test('lets pass what it allows itself', () => {
    expect(may({ identity: [policy(mount)], boundary: policy(mount) })).toBe('allowed');
  });

  test('gives nothing by itself', () => {
    expect(may({ boundary: policy(mount) })).toBe('denied-implicit');
  });

  // IAM user guide, "Policy evaluation for requests within a single account": "IAM role" and "IAM role session".
  test.each([
    ['limits what the file-system policy gives to the role', { AWS: roleArn }, 'denied-implicit'],
    [
      'does not limit what it gives to the session',
      { AWS: 'arn:aws:sts::111122223333:assumed-role/billing-task/0a1b2c3d4e5f' },
      'allowed',
    ],
    ['does not limit what it gives to everybody', '*', 'allowed'],
  ])('%s', (_what, principal, wanted) => {
    expect(may({ boundary, fileSystemPolicy: policy(mountFor(principal)) })).toBe(wanted);
  });

  test('is named where it is what keeps an Allow from counting', () => {
    const { misses } = mountDecision({ identity: [policy({ ...mount, Sid: 'Mount' })], boundary });
    expect(misses).toContainEqual(expect.objectContaining({ statement: 'Mount', failed: 'boundary' }));
  });
});

describe('what could not be read is not taken for absent', () => {
  test.each([
    ['a policy of the role', { identity: [unread] }, 'unknown'],
    ['a policy of the role, beside an Allow: it may hold a Deny', { identity: [policy(mount), unread] }, 'unknown'],
    ['the boundary', { identity: [policy(mount)], boundary: unread }, 'unknown'],
    ['the file-system policy', { identity: [policy(mount)], fileSystemPolicy: unread }, 'unknown'],
    ['a malformed file-system policy', { fileSystemPolicy: { ...closed, document: '{' } }, 'unknown'],
    [
      'a policy of the role, beside a Deny',
      { identity: [unread], fileSystemPolicy: policy(mountFor('*', { Effect: 'Deny' })) },
      'denied-explicit',
    ],
    ['the boundary, where nothing is allowed anyhow', { boundary: unread }, 'denied-implicit'],
  ])('%s', (_what, policies, wanted) => {
    expect(may(policies)).toBe(wanted);
  });

  test('it is told with its name and the reason', () => {
    expect(mountDecision({ identity: [unread] }).notChecked).toEqual([
      { policy: 'team-policy', why: 'iam:GetRolePolicy was denied' },
    ]);
  });
});

describe('TLS', () => {
  const denyWithoutTls = mountFor(
    { AWS: '*' },
    { Effect: 'Deny', Sid: 'Tls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  );
  const fileSystemPolicy = policy(mountFor('*'), denyWithoutTls);

  test('a Deny without TLS meets a volume without transit encryption, and names itself', () => {
    const { decision, by } = mountDecision({ request: { secureTransport: false }, fileSystemPolicy });
    expect([decision, by]).toEqual([
      'denied-explicit',
      [{ kind: 'file-system', policy: 'a policy', statement: 'Tls' }],
    ]);
  });

  test('and lets a volume with it pass', () => {
    expect(may({ fileSystemPolicy })).toBe('allowed');
  });
});

describe('condition keys outside the EFS list', () => {
  const orgOnly = (Condition: object) => policy(mountFor('*', { Sid: 'Org', Condition }));
  const byTag = orgOnly({ StringEquals: { 'aws:PrincipalTag/team': 'billing' } });

  test('leave the decision open, and say so', () => {
    const { decision, notChecked } = mountDecision({ fileSystemPolicy: byTag });
    expect([decision, notChecked]).toEqual([
      'unknown',
      [
        {
          policy: 'a policy',
          statement: 'Org',
          why: 'aws:PrincipalTag/team is not one of the condition keys that EFS enforces for NFS clients',
        },
      ],
    ]);
  });

  test.each([
    ['billing', 'allowed'],
    ['orders', 'denied-implicit'],
  ])('the decision if they counted is given beside it: team %s', (team, wanted) => {
    const request = { principal: { ...role, tags: { Team: team } } };
    expect(mountDecision({ request, fileSystemPolicy: byTag }).ifEveryKeyCounts).toBe(wanted);
  });

  test.each<[string, Partial<ClientRequest>, Readonly<Record<string, object>>, string]>([
    ['the tags of the role are not known', {}, { StringEquals: { 'aws:PrincipalTag/team': 'x' } }, 'unknown'],
    [
      'a tag the role has not',
      { principal: { ...role, tags: {} } },
      { Null: { 'aws:PrincipalTag/team': 'true' } },
      'allowed',
    ],
    [
      'tags of the file system',
      { fileSystemTags: { stage: 'prod' } },
      { StringEquals: { 'aws:ResourceTag/stage': 'prod' } },
      'allowed',
    ],
    ['the role', {}, { ArnEquals: { 'aws:PrincipalArn': roleArn } }, 'allowed'],
    ['the account', {}, { StringEquals: { 'aws:PrincipalAccount': variable('aws:ResourceAccount') } }, 'allowed'],
    ['the user id', {}, { StringLike: { 'aws:userid': 'AROAEXAMPLEBILLING000:*' } }, 'allowed'],
    ['the region', {}, { StringEquals: { 'aws:RequestedRegion': 'eu-west-2' } }, 'denied-implicit'],
    ['a key nobody knows', {}, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'unknown'],
    [
      'a client without identity',
      { principal: { kind: 'anonymous' } },
      { Null: { 'aws:PrincipalArn': 'true' } },
      'allowed',
    ],
    [
      'a client without tags',
      { principal: { kind: 'anonymous' } },
      { Null: { 'aws:PrincipalTag/team': 'true' } },
      'allowed',
    ],
  ])('if they counted: %s', (_what, request, condition, wanted) => {
    expect(mountDecision({ request, fileSystemPolicy: orgOnly(condition) }).ifEveryKeyCounts).toBe(wanted);
  });

  test('do not matter where another statement decides', () => {
    expect(may({ identity: [policy(mount)], fileSystemPolicy: byTag })).toBe('allowed');
  });

  test('the address that EFS sees is open until it is known', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const fileSystemPolicy = policy(mountFor('*', { Condition }));
    expect(may({ fileSystemPolicy })).toBe('unknown');
    expect(may({ request: { sourceIp: '203.0.113.9' }, fileSystemPolicy })).toBe('allowed');
  });

  test('a client that comes another way is not one of a mount target', () => {
    const Condition = { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } };
    const fileSystemPolicy = policy(mountFor('*', { Condition }));
    expect([may({ fileSystemPolicy }), may({ request: { viaMountTarget: false }, fileSystemPolicy })]).toEqual([
      'allowed',
      'denied-implicit',
    ]);
  });
});

describe('an Allow that misses says why', () => {
  const through = (arn: string) => ({
    ...mount,
    Sid: 'Mine',
    Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': arn } },
  });

  test('another access point', () => {
    expect(mountDecision({ identity: [policy(through(otherAccessPointArn))] }).misses).toEqual([
      {
        kind: 'identity',
        policy: 'a policy',
        statement: 'Mine',
        failed: 'condition',
        detail: `ArnEquals elasticfilesystem:AccessPointArn wants ${otherAccessPointArn}; it is ${accessPointArn}`,
      },
      expect.objectContaining({ kind: 'file-system', failed: 'principal' }),
    ]);
  });

  test('no access point', () => {
    const request = { fileSystemArn, principal: role, secureTransport: true };
    const access = evaluateClientAccess({
      request,
      identity: [policy(through(accessPointArn))],
      fileSystemPolicy: closed,
    });
    expect(access['elasticfilesystem:ClientMount'].misses[0]?.detail).toMatch(/; the request has none$/);
  });

  test('the access point as resource', () => {
    const [miss] = mountDecision({ identity: [policy({ ...mount, Resource: accessPointArn })] }).misses;
    expect([miss?.failed, miss?.detail]).toEqual(['resource', `it names ${accessPointArn}`]);
  });

  test('a resource left out', () => {
    const { Resource, ...rest } = mount;
    const [miss] = mountDecision({ identity: [policy({ ...rest, NotResource: Resource })] }).misses;
    expect([miss?.statement, miss?.detail]).toEqual(['#1', `it leaves out ${fileSystemArn}`]);
  });

  test("only the account is named, which lets the role's own policies decide", () => {
    const [miss] = mountDecision({ fileSystemPolicy: policy(mountFor({ AWS: '111122223333' })) }).misses;
    expect(miss?.detail).toBe('it names the account, which leaves the decision to the policies of the role');
  });
});
