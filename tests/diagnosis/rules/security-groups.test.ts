import type { MountFacts, VolumeFacts } from '../../../lib/diagnosis/mount-facts.ts';
import { rulesUsed } from '../../../lib/diagnosis/rule-quota.ts';
import { judgeRuleQuota } from '../../../lib/diagnosis/rules/rule-quota.ts';
import { judgeEgress, judgeIngress } from '../../../lib/diagnosis/rules/security-groups.ts';
import type { GroupRule } from '../../../lib/domain/ec2.ts';
import { present, unknown } from '../../../lib/domain/fact.ts';
import {
  CLIENT_GROUP,
  facts,
  group,
  groups,
  nfsFrom,
  place,
  rulesOf,
  subnet,
  TARGET_GROUP,
  target,
  told,
  volume,
} from '../build-facts.ts';
import { codes } from './codes.ts';

const open = (ingress: readonly GroupRule[]): MountFacts['groups'] =>
  groups({ [TARGET_GROUP]: present(group(TARGET_GROUP, { ingress })) });
const out = (egress: readonly GroupRule[]): MountFacts['groups'] =>
  groups({ [CLIENT_GROUP]: present(group(CLIENT_GROUP, { egress })) });
const cidr = (text: string): GroupRule => ({
  ...nfsFrom(''),
  peer: { kind: text.includes(':') ? 'ipv6' : 'ipv4', cidr: text },
});

describe('ingress of the mount target', () => {
  const judge = (change: Partial<MountFacts>, mounted: Partial<VolumeFacts> = {}) =>
    judgeIngress(facts(change), { ...volume(), ...mounted });

  test('a rule for the group of the task', () => expect(judge({})).toEqual([]));

  test('no rule: one finding for both subnets, with what is needed', () => {
    expect(judge({ groups: open([]) })).toEqual([
      {
        code: 'security-group-ingress-missing',
        subject: TARGET_GROUP,
        evidence: {
          needs: `TCP 2049 from ${CLIENT_GROUP} to ${TARGET_GROUP}`,
          taskGroups: CLIENT_GROUP,
          mountTargetGroups: TARGET_GROUP,
          mountTargets: 'fsmt-a fsmt-b',
          subnets: 'subnet-app-a subnet-app-b',
          groupsKnownFrom: 'service',
          fileSystem: 'fs-0123456789abcdef0',
        },
      },
    ]);
  });

  test('a rule for the subnet of the failed task only: the other one is missing, and cannot be behind the failure', () => {
    const [found, ...rest] = judge({ groups: open([cidr('10.0.1.0/24')]) });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code: 'security-group-ingress-missing', evidence: { subnets: 'subnet-app-b' } });
    expect(found?.evidence['elsewhere']).toMatch('another subnet');
  });

  test('a rule for a part of the subnets', () => {
    expect(codes(judge({ groups: open([cidr('10.0.1.0/25'), cidr('10.0.2.0/25')]) }))).toEqual([
      'security-group-ingress-partial',
    ]);
  });

  test('an address that is known decides: outside of the rule it is missing, inside the rest is still open', () => {
    const at = (ipv4: string) => ({ places: [place('a', { ipv4 })], groups: open([cidr('10.0.1.0/25')]) });
    expect(codes(judge(at('10.0.1.200')))).toEqual(['security-group-ingress-missing']);
    const [inside] = judge(at('10.0.1.20'));
    expect(inside).toMatchObject({ code: 'security-group-ingress-partial' });
    expect(inside?.evidence['elsewhere']).toMatch('let through');
  });

  test('several configurations of the service are judged each', () => {
    const other = place('a', { groupIds: present(['sg-old']), failed: false });
    const given = { places: [place('a'), other], groups: groups({ 'sg-old': present(group('sg-old')) }) };
    expect(judge(given).map(({ evidence }) => evidence['taskGroups'])).toEqual(['sg-old']);
  });

  test('groups that could not be read: not checked', () => {
    expect(codes(judge({ groups: groups({ [TARGET_GROUP]: unknown('denied') }) }))).toEqual(['not-checked']);
    const hidden = present([target('a', { groupIds: unknown('denied') })]);
    expect(codes(judge({}, { mountTargets: hidden }))).toEqual(['not-checked']);
    expect(codes(judge({ places: [place('a', { groupIds: unknown('no record') })] }))).toEqual(['not-checked']);
  });

  test('groups of the task that are not known do not matter where everybody is admitted', () => {
    const given = { places: [place('a', { groupIds: unknown('no record') })], groups: open([cidr('0.0.0.0/0')]) };
    expect(judge(given)).toEqual([]);
  });

  test('a mount target that has no address yet: not checked', () => {
    const { ipv4: _none, ...fresh } = target('a');
    expect(codes(judge({}, { mountTargets: present([fresh]) }))).toEqual(['not-checked']);
  });
});

describe('IPv6', () => {
  const dual = present([target('a', { ipv6: 'fd00:0:0:101::10' })]);
  const places = [place('a', { subnet: present(subnet('a', { ipv6Cidr: 'fd00:0:0:1::/64' })) })];
  const judge = (rules: readonly GroupRule[], change: Partial<MountFacts> = {}, targets = dual) =>
    codes(judgeIngress(facts({ places, groups: open(rules), ...change }), volume({ mountTargets: targets })));

  test('a group reference covers it', () => expect(judge([nfsFrom(CLIENT_GROUP)])).toEqual([]));
  test('both families by block', () => expect(judge([cidr('10.0.0.0/16'), cidr('::/0')])).toEqual([]));
  test('IPv4 alone may work', () => expect(judge([cidr('10.0.0.0/16')])).toEqual(['security-group-ingress-partial']));
  test('IPv4 alone does not, once a task has timed out', () => {
    expect(judge([cidr('10.0.0.0/16')], { told: told('network-timeout') })).toEqual(['security-group-ingress-missing']);
  });
  test('a subnet without IPv6 needs none', () => {
    expect(judge([cidr('10.0.0.0/16')], { places: [place('a')] })).toEqual([]);
  });
  test('a mount target with IPv6 only needs it', () => {
    const { ipv4: _none, ...six } = target('a', { ipv6: 'fd00:0:0:101::10' });
    expect(judge([cidr('10.0.0.0/16')], {}, present([six]))).toEqual(['security-group-ingress-missing']);
    expect(judge([cidr('fd00::/16')], {}, present([six]))).toEqual([]);
  });
});

describe('egress of the task', () => {
  const judge = (change: Partial<MountFacts>) => judgeEgress(facts(change), volume());
  test.each<[string, readonly GroupRule[], readonly string[]]>([
    ['everything', [{ protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } }], []],
    ['no rule at all', [], ['security-group-egress-missing']],
    ['HTTPS only', [{ ...cidr('0.0.0.0/0'), fromPort: 443, toPort: 443 }], ['security-group-egress-missing']],
    ['to the group of the mount target', [nfsFrom(TARGET_GROUP)], []],
    ['to the addresses of the mount targets', [cidr('10.0.101.10/32'), cidr('10.0.102.10/32')], []],
    ['to another network', [cidr('192.0.2.0/24')], ['security-group-egress-missing']],
  ])('%s', (_name, rules, wanted) => expect(codes(judge({ groups: out(rules) }))).toEqual(wanted));

  test('the subject is the group of the task', () => {
    expect(judge({ groups: out([]) })[0]?.subject).toBe(CLIENT_GROUP);
  });

  test('no groups known: not checked', () => {
    expect(codes(judge({ places: [place('a', { groupIds: unknown('no record') })] }))).toEqual(['not-checked']);
  });
});

describe('quota', () => {
  const with_ = (count: number) => facts({ groups: open([nfsFrom(CLIENT_GROUP), ...rulesOf(count - 1)]) });
  test('is near at 48 of 60 rules', () => {
    expect(codes(judgeRuleQuota(with_(48), volume()))).toEqual(['rule-quota-near']);
    expect(judgeRuleQuota(with_(47), volume())).toEqual([]);
  });

  test('a group reference counts in both families, a prefix list with its maximum', () => {
    const lists = { 'pl-1': present({ id: 'pl-1', cidrs: [], maxEntries: 20 }) };
    const list: GroupRule = { ...nfsFrom(''), peer: { kind: 'prefix-list', prefixListId: 'pl-1' } };
    const rules = [nfsFrom('sg-1'), cidr('10.0.0.0/16'), cidr('fd00::/16'), cidr('fd01::/16')];
    const used = (ingress: readonly GroupRule[]) => rulesUsed(group('sg-x', { ingress }), 'ingress', lists);
    expect(used(rules)).toEqual(present(3));
    expect(used([...rules, list])).toEqual(present(23));
    expect(rulesUsed(group('sg-x', { ingress: [list] }), 'ingress', {}).state).toBe('unknown');
  });
});
