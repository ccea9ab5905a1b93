import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Account } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup } from '../ec2-state.ts';
import { simError } from '../errors.ts';
import { cidrContains } from '../mount/address.ts';

/** A rule that has no id yet. */
export type RuleShape = Omit<SimGroupRule, 'id' | 'groupId' | 'tags'>;

const NAMES: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };
const WITH_PORTS = ['tcp', 'udp'];
const WITH_TYPES = ['icmp', 'icmpv6'];
const DESCRIPTION = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]{0,255}$/;
const LAST_PORT = 65_535;
const MOST_RULES = 60;

function invalid(message: string): never {
  throw simError('InvalidParameterValue', 400, message);
}

function protocolOf(given: string | undefined): string {
  const name = NAMES[given ?? ''] ?? (given ?? '').toLowerCase();
  const known = WITH_PORTS.includes(name) || WITH_TYPES.includes(name) || /^(-1|\d{1,3})$/.test(name);
  return known ? name : invalid(`Invalid value '${given}' for IP protocol`);
}

function portsOf(protocol: string, permission: IpPermission): { fromPort: number; toPort: number } {
  if (!WITH_PORTS.includes(protocol)) {
    return WITH_TYPES.includes(protocol)
      ? { fromPort: permission.FromPort ?? -1, toPort: permission.ToPort ?? -1 }
      : { fromPort: -1, toPort: -1 };
  }
  const { FromPort: fromPort, ToPort: toPort } = permission;
  if (fromPort === undefined || toPort === undefined)
    return invalid('Invalid value for portRange. Must specify both from and to ports with TCP/UDP.');
  const inRange = fromPort >= 0 && toPort <= LAST_PORT && fromPort <= toPort;
  return inRange ? { fromPort, toPort } : invalid(`Invalid TCP/UDP port range (${fromPort}:${toPort})`);
}

function blockOf(block: string | undefined): string {
  if (block === undefined || !block.includes('/') || !cidrContains(block, block))
    invalid(`CIDR block ${block} is malformed`);
  return block;
}

function groupOf(account: Account, group: { GroupId?: string | undefined; UserId?: string | undefined }) {
  const groupId = group.GroupId ?? invalid('A source group needs its GroupId');
  if (group.UserId !== undefined && group.UserId !== account.accountId) return { groupId, userId: group.UserId };
  const found = account.state.ec2.securityGroups[groupId];
  if (found === undefined)
    throw simError('InvalidGroup.NotFound', 400, `The security group '${groupId}' does not exist`);
  return { groupId };
}

function described(text: string | undefined): { description?: string } {
  if (text === undefined || text === '') return {};
  return DESCRIPTION.test(text)
    ? { description: text }
    : invalid('Invalid rule description: at most 255 characters of a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*');
}

/** The rules that one permission stands for: one for each of its sources. */
export function rulesOf(account: Account, permission: IpPermission, isEgress: boolean): RuleShape[] {
  const protocol = protocolOf(permission.IpProtocol);
  const base = { isEgress, protocol, ...portsOf(protocol, permission) };
  const rules: RuleShape[] = [
    ...(permission.IpRanges ?? []).map((one) => ({
      ...base,
      cidrIpv4: blockOf(one.CidrIp),
      ...described(one.Description),
    })),
    ...(permission.Ipv6Ranges ?? []).map((one) => ({
      ...base,
      cidrIpv6: blockOf(one.CidrIpv6),
      ...described(one.Description),
    })),
    ...(permission.PrefixListIds ?? []).map((one) => ({
      ...base,
      prefixListId: prefixList(account, one.PrefixListId),
      ...described(one.Description),
    })),
    ...(permission.UserIdGroupPairs ?? []).map((one) => ({
      ...base,
      referencedGroup: groupOf(account, one),
      ...described(one.Description),
    })),
  ];
  return rules.length > 0 ? rules : invalid('A rule needs a source: CIDR, prefix list or security group');
}

function prefixList(account: Account, id: string | undefined): string {
  if (account.state.ec2.prefixLists[id ?? ''] !== undefined) return id ?? '';
  throw simError('InvalidPrefixListID.NotFound', 400, `The prefix list ID '${id}' does not exist`);
}

/** Two rules with the same key are the same to AWS; the description does not count. */
export function ruleKey(rule: RuleShape): string {
  const source = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedGroup?.groupId;
  return [rule.isEgress, rule.protocol, rule.fromPort, rule.toPort, source].join(' ');
}

function weight(account: Account, rule: RuleShape, family: 'IPv4' | 'IPv6'): number {
  const list = rule.prefixListId === undefined ? undefined : account.state.ec2.prefixLists[rule.prefixListId];
  if (list !== undefined) return list.addressFamily === family ? list.maxEntries : 0;
  if (rule.referencedGroup !== undefined) return 1;
  return (family === 'IPv4' ? rule.cidrIpv4 : rule.cidrIpv6) === undefined ? 0 : 1;
}

/**
 * 60 rules a direction, counted apart for IPv4 and IPv6; a group counts in both, a prefix list as its maximum of entries
 * ("Amazon VPC quotas").
 */
export function checkQuota(account: Account, group: SimSecurityGroup, added: readonly RuleShape[]): void {
  for (const isEgress of [false, true]) {
    const rules = [...Object.values(group.rules), ...added].filter((rule) => rule.isEgress === isEgress);
    for (const family of ['IPv4', 'IPv6'] as const) {
      const total = rules.reduce((sum, rule) => sum + weight(account, rule, family), 0);
      if (total > MOST_RULES) {
        throw simError(
          'RulesPerSecurityGroupLimitExceeded',
          400,
          'The maximum number of rules per security group has been reached.',
        );
      }
    }
  }
}
