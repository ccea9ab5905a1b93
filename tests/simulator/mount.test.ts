import fc from 'fast-check';
import { createAccount } from '../../lib/simulator/account.ts';
import type { SimGroupRule } from '../../lib/simulator/ec2-state.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { addressInBlock, cidrContains } from '../../lib/simulator/mount/address.ts';
import { conditionsHold } from '../../lib/simulator/mount/condition.ts';
import { identityOf, mayWrite } from '../../lib/simulator/mount/identity.ts';
import { identityVerdict, type Principal, resourceVerdict } from '../../lib/simulator/mount/policy.ts';
import { scale } from '../scale.ts';

const ADDRESS = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255)));

test('an address lies in its own block of any length, and not in the one beside it', () => {
  fc.assert(
    fc.property(ADDRESS, fc.integer({ min: 1, max: 32 }), (bytes, length) => {
      const address = bytes.join('.');
      const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
      const flipped = (number ^ (1 << (32 - length))) >>> 0;
      const beside = [24, 16, 8, 0].map((shift) => (flipped >>> shift) & 255).join('.');
      expect([cidrContains(`${address}/${length}`, address), cidrContains(`${beside}/${length}`, address)]).toEqual([
        true,
        false,
      ]);
    }),
    { seed: 7, numRuns: scale(300) },
  );
});

test.each([
  ['0.0.0.0/0', '10.0.0.1', true],
  ['10.0.0.0/24', '10.0.0.0/25', true],
  ['10.0.0.0/25', '10.0.0.0/24', false],
  ['::/0', '10.0.0.1', false],
  ['2001:db8::/32', '2001:db8:1::7', true],
  ['2001:db8::/32', '2001:db9::7', false],
  ['10.0.0.1', '10.0.0.1', true],
  ['10.0.0.300/8', '10.0.0.1', false],
  ['', '10.0.0.1', false],
])('%s contains %s: %s', (block, address, expected) => {
  expect(cidrContains(block, address)).toBe(expected);
});

test('addresses of a block are counted from its first', () => {
  expect(addressInBlock('10.0.1.0/24', 300)).toBe('10.0.2.44');
});

type Rule = Omit<SimGroupRule, 'id' | 'groupId' | 'tags' | 'isEgress'>;

const NFS = { protocol: 'tcp', fromPort: 2049, toPort: 2049 };

/** One rule of the mount target's group, in place of all others, and whether a task gets through. */
const INGRESS: readonly (readonly [string, (estate: Estate) => Rule, boolean])[] = [
  ['the task’s group', ({ clientGroupId: groupId }) => ({ ...NFS, referencedGroup: { groupId } }), true],
  ['another group', ({ defaultGroupId: groupId }) => ({ ...NFS, referencedGroup: { groupId } }), false],
  ['a block with the task', () => ({ ...NFS, cidrIpv4: '10.0.0.0/16' }), true],
  ['a block without the task', () => ({ ...NFS, cidrIpv4: '192.168.0.0/16' }), false],
  ['an IPv6 block', () => ({ ...NFS, cidrIpv6: '::/0' }), false],
  ['a prefix list with the task', () => ({ ...NFS, prefixListId: 'pl-with' }), true],
  ['a prefix list without the task', () => ({ ...NFS, prefixListId: 'pl-without' }), false],
  ['all protocols', () => ({ protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '10.0.0.0/8' }), true],
  ['protocol 6', () => ({ ...NFS, protocol: '6', cidrIpv4: '10.0.0.0/8' }), true],
  ['UDP', () => ({ ...NFS, protocol: 'udp', cidrIpv4: '10.0.0.0/8' }), false],
  ['a range around the port', () => ({ protocol: 'tcp', fromPort: 1024, toPort: 3000, cidrIpv4: '10.0.0.0/8' }), true],
  ['a range beside the port', () => ({ protocol: 'tcp', fromPort: 2050, toPort: 3000, cidrIpv4: '10.0.0.0/8' }), false],
];

function setOnlyRule(estate: Estate, account: ReturnType<typeof createAccount>, rule: Rule): void {
  const { securityGroups, prefixLists } = account.state.ec2;
  const list = { name: 'list', ownerId: account.accountId, addressFamily: 'IPv4' as const, maxEntries: 5, tags: [] };
  prefixLists['pl-with'] = { ...list, id: 'pl-with', entries: [{ cidr: '192.0.2.0/24' }, { cidr: '10.0.0.0/24' }] };
  prefixLists['pl-without'] = { ...list, id: 'pl-without', entries: [{ cidr: '192.0.2.0/24' }] };
  const group = securityGroups[estate.mountTargetGroupId];
  if (group === undefined) return;
  const only = { ...rule, id: 'sgr-only', groupId: group.id, isEgress: false, tags: [] };
  securityGroups[group.id] = { ...group, rules: { 'sgr-only': only } };
}

test.each(INGRESS)('a rule for %s decides about a mount', async (_source, rule, mounts) => {
  const account = createAccount();
  const estate = buildEstate(account);
  setOnlyRule(estate, account, rule(estate));
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.lastStatus).toBe(mounts ? 'RUNNING' : 'STOPPED');
});

test('ACLs are not asked where task and mount target are in one subnet', async () => {
  const account = createAccount();
  const estate = buildEstate(account, { standalone: true });
  const acl = account.state.ec2.networkAcls[estate.dataAclId];
  Object.assign(acl ?? {}, { entries: [] });
  const [zone] = estate.zones;
  const together = { ...estate, zones: [{ ...zone, appSubnetId: zone?.dataSubnetId ?? '' }] } as Estate;
  const apart = await runEstate(account, estate);
  const inside = await runEstate(account, together);
  expect([apart.tasks[0]?.lastStatus, inside.tasks[0]?.lastStatus]).toEqual(['STOPPED', 'RUNNING']);
});

test('ACL rules count by number, the lowest that matches first', async () => {
  const account = createAccount();
  const estate = buildEstate(account);
  const entry = { protocol: '6', cidrBlock: '0.0.0.0/0', egress: false, fromPort: 2049, toPort: 2049 };
  account.state.ec2.networkAcls[estate.dataAclId]?.entries.push(
    { ...entry, ruleNumber: 50, action: 'deny' },
    { ...entry, ruleNumber: 40, action: 'allow' },
  );
  const { tasks } = await runEstate(account, estate);
  expect(tasks[0]?.lastStatus).toBe('RUNNING');
});

const FILE_SYSTEM = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0';
const ACCESS_POINT = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0123456789abcdef0';
const ROLE = 'arn:aws:iam::111122223333:role/shop-api-task';
const PRINCIPAL: Principal = { roleArn: ROLE, roleId: 'AROAEXAMPLE', accountId: '111122223333', sessionName: 'task' };
const CONTEXT = { 'aws:securetransport': 'true', 'elasticfilesystem:accesspointarn': ACCESS_POINT };
const QUESTION = {
  action: 'elasticfilesystem:ClientMount',
  resource: FILE_SYSTEM,
  context: CONTEXT,
  principal: PRINCIPAL,
};
const ALLOW = { Effect: 'Allow', Action: 'elasticfilesystem:ClientMount', Resource: FILE_SYSTEM };
const onAccessPoint = (value: string) => ({ ArnEquals: { 'elasticfilesystem:AccessPointArn': value } });

const IDENTITY: readonly (readonly [string, object | object[], string])[] = [
  ['the file system', ALLOW, 'allow'],
  ['the access point as resource', { ...ALLOW, Resource: ACCESS_POINT }, 'silent'],
  ['the right access point', { ...ALLOW, Condition: onAccessPoint(ACCESS_POINT) }, 'allow'],
  ['another access point', { ...ALLOW, Condition: onAccessPoint(`${ACCESS_POINT}1`) }, 'silent'],
  ['the access point’s id', { ...ALLOW, Condition: onAccessPoint('fsap-0123456789abcdef0') }, 'silent'],
  ['all actions of the service', { ...ALLOW, Action: ['elasticfilesystem:*'], Resource: '*' }, 'allow'],
  ['an action in another case', { ...ALLOW, Action: 'ElasticFileSystem:clientmount' }, 'allow'],
  ['another action', { ...ALLOW, Action: 'elasticfilesystem:ClientWrite' }, 'silent'],
  [
    'everything but another action',
    { Effect: 'Allow', NotAction: 'elasticfilesystem:ClientWrite', Resource: '*' },
    'allow',
  ],
  ['everything but this resource', { Effect: 'Allow', Action: '*', NotResource: FILE_SYSTEM }, 'silent'],
  ['a deny beside the allow', [ALLOW, { ...ALLOW, Effect: 'Deny' }], 'deny'],
];

test.each(IDENTITY)('a role’s policy on %s is heard', (_what, statement, verdict) => {
  expect(identityVerdict(JSON.stringify({ Statement: statement }), QUESTION)).toBe(verdict);
});

test('a document that is no JSON says nothing', () => {
  expect(identityVerdict('{', QUESTION)).toBe('silent');
});

const PRINCIPALS: readonly (readonly [string, object, string, string])[] = [
  ['everybody', { Principal: '*' }, 'allow', 'allow'],
  ['everybody in AWS', { Principal: { AWS: '*' } }, 'allow', 'allow'],
  ['the role', { Principal: { AWS: [ROLE] } }, 'allow', 'silent'],
  ['the role’s id', { Principal: { AWS: 'AROAEXAMPLE' } }, 'allow', 'silent'],
  ['the id of a role that was deleted', { Principal: { AWS: 'AROAOTHER' } }, 'silent', 'silent'],
  [
    'the session',
    { Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/shop-api-task/task' } },
    'allow',
    'silent',
  ],
  [
    'the account, which leaves it to the account',
    { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
    'silent',
    'silent',
  ],
  ['a deny of the account', { Effect: 'Deny', Principal: { AWS: '111122223333' } }, 'deny', 'silent'],
  ['a deny of all but the role', { Effect: 'Deny', NotPrincipal: { AWS: ROLE } }, 'silent', 'deny'],
];

test.each(PRINCIPALS)('a file-system policy for %s is heard, with and without IAM', (_who, part, role, anonymous) => {
  const document = JSON.stringify({ Statement: { ...ALLOW, ...part } });
  const { principal: _principal, ...nobody } = QUESTION;
  expect([resourceVerdict(document, QUESTION), resourceVerdict(document, nobody)]).toEqual([role, anonymous]);
});

test.each([
  ['a value that is there', { StringEquals: { a: ['x', 'y'] } }, true],
  ['another value', { StringEquals: { a: 'z' } }, false],
  ['a key in any case', { StringEquals: { A: 'x' } }, true],
  ['a pattern', { StringLike: { a: '?' } }, true],
  ['a missing key', { StringEquals: { b: 'x' } }, false],
  ['a missing key, if it exists', { StringEqualsIfExists: { b: 'x' } }, true],
  ['not a value', { StringNotEquals: { a: ['y', 'x'] } }, false],
  ['not a value, of a missing key', { StringNotLike: { b: 'x' } }, true],
  ['null for a missing key', { Null: { b: 'true' } }, true],
  ['null for a key that is there', { Null: { a: true } }, false],
  ['a boolean', { Bool: { t: true } }, true],
  ['two operators, one of which fails', { StringEquals: { a: 'x' }, Bool: { t: 'false' } }, false],
  ['an operator that nobody knows', { StringAlmost: { a: 'x' } }, false],
])('a condition on %s holds or not', (_what, condition, expected) => {
  expect(conditionsHold(condition, { a: 'x', t: 'true' })).toBe(expected);
});

const ALL = { mount: true, write: true, root: true };

test.each([
  ['nobody named', undefined, ALL, [0, 0]],
  ['nobody named, squashed', undefined, { ...ALL, root: false }, [65_534, 65_534]],
  ['uid and gid', '1001:1002', { ...ALL, root: false }, [1001, 1002]],
  ['uid alone', '1001', ALL, [1001, 0]],
  ['root by name', 'root', ALL, [0, 0]],
] as const)('the container’s user (%s) is whom the file system sees', (_what, user, permissions, expected) => {
  const mountTarget = {} as never;
  const identity = identityOf({ mountTarget, permissions, path: '/' }, user);
  expect([identity.uid, identity.gids[0]]).toEqual(expected);
});

test.each([
  ['its owner', { uid: 1000, gids: [5] }, '0750', true],
  ['its group, which may only read', { uid: 7, gids: [1000] }, '0750', false],
  ['a second group that may write', { uid: 7, gids: [5, 1000] }, '0770', true],
  ['others', { uid: 7, gids: [5] }, '0755', false],
  ['others, where all may', { uid: 7, gids: [5] }, '1777', true],
  ['an owner without the search bit', { uid: 1000, gids: [5] }, '0600', false],
  ['root', { uid: 0, gids: [0] }, '0000', true],
] as const)('a directory takes writes from %s or not', (_who, identity, mode, expected) => {
  expect(
    mayWrite(
      { uid: identity.uid, gids: [...identity.gids] as [number, ...number[]] },
      { uid: 1000, gid: 1000, mode },
      ALL,
    ),
  ).toBe(expected);
});
