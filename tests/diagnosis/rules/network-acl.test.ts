import type { MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { judgeAcls } from '../../../lib/diagnosis/rules/network-acl.ts';
import type { AclEntry } from '../../../lib/domain/ec2.ts';
import { present, unknown } from '../../../lib/domain/fact.ts';
import { acl, aclEntry, acls, facts, place, subnet, target, told, volume } from '../build-facts.ts';
import { codes } from './codes.ts';

const app = (entries: readonly AclEntry[]) => acls({ 'subnet-app-a': present(acl('acl-app', entries)) });
const data = (entries: readonly AclEntry[]) => acls({ 'subnet-data-a': present(acl('acl-data', entries)) });
const inward = (number: number, change: Partial<AclEntry> = {}) => aclEntry(number, { egress: false, ...change });
const tcp = (fromPort: number, toPort = fromPort) => ({ protocol: '6', fromPort, toPort });

function judge(change: Partial<MountFacts>, mounted: Partial<VolumeFacts> = {}) {
  return judgeAcls(facts({ places: [place('a')], ...change }), { ...volume(), ...mounted });
}

test('everything passes', () => expect(judge({})).toEqual([]));

describe('each of the four passes can be blocked', () => {
  test.each<[string, MountFacts['acls'], string, string]>([
    ['out of the task', app([inward(100)]), 'acl-app', 'egress TCP 2049 to 10.0.101.10'],
    [
      'into the mount target',
      data([aclEntry(100), inward(90, { ...tcp(2049), allow: false }), inward(100)]),
      'acl-data',
      'ingress TCP 2049 from 10.0.1.0/24',
    ],
    ['out of the mount target', data([inward(100)]), 'acl-data', 'egress TCP 1024-65535 to 10.0.1.0/24'],
    [
      'back into the task',
      app([aclEntry(100), inward(100, tcp(443))]),
      'acl-app',
      'ingress TCP 1024-65535 from 10.0.101.10',
    ],
  ])('%s', (_name, given, subject, passes) => {
    expect(judge({ acls: given })).toMatchObject([{ code: 'network-acl-blocks', subject, evidence: { passes } }]);
  });
});

describe('partly', () => {
  test('only the usual Linux ports are open for replies', () => {
    expect(codes(judge({ acls: app([aclEntry(100), inward(100, tcp(32_768, 65_535))]) }))).toEqual([
      'network-acl-partial',
    ]);
  });

  test('half of the subnet is let in, unless the task stood in the other half', () => {
    const half = data([aclEntry(100), inward(100, { ipv4Cidr: '10.0.1.0/25' })]);
    expect(codes(judge({ acls: half }))).toEqual(['network-acl-partial']);
    expect(codes(judge({ acls: half, places: [place('a', { ipv4: '10.0.1.200' })] }))).toEqual(['network-acl-blocks']);
  });

  test('IPv6 is blocked where IPv4 passes, until a task has timed out', () => {
    const given = { places: [place('a', { subnet: present(subnet('a', { ipv6Cidr: 'fd00:0:0:1::/64' })) })] };
    const dual = { mountTargets: present([target('a', { ipv6: 'fd00:0:0:101::10' })]) };
    expect(codes(judge(given, dual))).toEqual(['network-acl-partial', 'network-acl-partial']);
    expect(codes(judge({ ...given, told: told('network-timeout') }, dual))).toEqual([
      'network-acl-blocks',
      'network-acl-blocks',
    ]);
  });
});

test('within one subnet ACLs are not asked', () => {
  const same = { mountTargets: present([target('a', { subnetId: 'subnet-app-a' })]) };
  expect(judge({ acls: {} }, same)).toEqual([]);
});

test('another zone cannot be behind the failure', () => {
  const given = facts({ acls: acls({ 'subnet-app-b': present(acl('acl-b', [])) }) });
  expect(judgeAcls(given, volume())[0]?.evidence['elsewhere']).toMatch('another subnet');
});

test('what could not be read is not checked', () => {
  const denied = judge({ acls: acls({ 'subnet-data-a': unknown('denied') }) });
  expect(denied).toMatchObject([{ code: 'not-checked', evidence: { why: 'subnet-data-a: denied' } }]);
  expect(codes(judge({ acls: {} }))).toEqual(['not-checked', 'not-checked']);
});
