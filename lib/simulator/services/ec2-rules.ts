import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Account } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup } from '../ec2-state.ts';

function hasPorts(rule: SimGroupRule): boolean {
  return rule.protocol !== '-1';
}

function sourceOf(account: Account, rule: SimGroupRule): Partial<IpPermission> {
  const description = rule.description === undefined ? {} : { Description: rule.description };
  if (rule.cidrIpv4 !== undefined) return { IpRanges: [{ CidrIp: rule.cidrIpv4, ...description }] };
  if (rule.cidrIpv6 !== undefined) return { Ipv6Ranges: [{ CidrIpv6: rule.cidrIpv6, ...description }] };
  if (rule.prefixListId !== undefined) return { PrefixListIds: [{ PrefixListId: rule.prefixListId, ...description }] };
  const group = rule.referencedGroup;
  return {
    UserIdGroupPairs: [
      {
        GroupId: group?.groupId,
        // AWS leaves the owner out once a referenced group of another account is gone.
        UserId: group?.userId ?? account.accountId,
        VpcId: group?.vpcId,
        ...description,
      },
    ],
  };
}

function emptyPermission(rule: SimGroupRule): IpPermission {
  const ports = hasPorts(rule) ? { FromPort: rule.fromPort, ToPort: rule.toPort } : {};
  return { IpProtocol: rule.protocol, ...ports, IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
}

function join(permission: IpPermission, source: Partial<IpPermission>): IpPermission {
  return {
    ...permission,
    IpRanges: [...(permission.IpRanges ?? []), ...(source.IpRanges ?? [])],
    Ipv6Ranges: [...(permission.Ipv6Ranges ?? []), ...(source.Ipv6Ranges ?? [])],
    PrefixListIds: [...(permission.PrefixListIds ?? []), ...(source.PrefixListIds ?? [])],
    UserIdGroupPairs: [...(permission.UserIdGroupPairs ?? []), ...(source.UserIdGroupPairs ?? [])],
  };
}

/** The rules of one direction as DescribeSecurityGroups shows them: one permission for each protocol and port range. */
export function permissionsOf(account: Account, group: SimSecurityGroup, isEgress: boolean): IpPermission[] {
  const permissions = new Map<string, IpPermission>();
  for (const rule of Object.values(group.rules)) {
    if (rule.isEgress !== isEgress) continue;
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    permissions.set(key, join(permissions.get(key) ?? emptyPermission(rule), sourceOf(account, rule)));
  }
  return [...permissions.values()];
}

/** One rule as DescribeSecurityGroupRules and the Authorize calls show it. */
export function describeRule(account: Account, rule: SimGroupRule): SecurityGroupRule {
  const group = rule.referencedGroup;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: rule.groupId,
    GroupOwnerId: account.accountId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupInfo: group && {
      GroupId: group.groupId,
      UserId: group.userId ?? account.accountId,
      VpcId: group.vpcId,
    },
    Description: rule.description,
    Tags: rule.tags.map((tag) => ({ ...tag })),
    SecurityGroupRuleArn: `arn:aws:ec2:${account.region}:${account.accountId}:security-group-rule/${rule.id}`,
  };
}
