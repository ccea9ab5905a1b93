import type {
  NetworkAcl as Ec2Acl,
  SecurityGroup as Ec2Group,
  Instance as Ec2Instance,
  SecurityGroupRule as Ec2Rule,
  Subnet as Ec2Subnet,
  IpPermission,
  NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import type {
  AclEntry,
  GroupRule,
  Instance,
  NetworkAcl,
  RulePeer,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '../domain/ec2.ts';
import { given } from './given.ts';
import { fromTags } from './tags.ts';

const ALL_PROTOCOLS = '-1';

export function toGroup(group: Ec2Group): SecurityGroup {
  return {
    id: group.GroupId ?? '',
    name: group.GroupName ?? '',
    vpcId: group.VpcId ?? '',
    ownerId: group.OwnerId ?? '',
    ingress: (group.IpPermissions ?? []).flatMap(toGroupRules),
    egress: (group.IpPermissionsEgress ?? []).flatMap(toGroupRules),
    tags: fromTags(group.Tags),
  };
}

/** AWS folds rules that differ only in their peer into one permission. */
function toGroupRules(permission: IpPermission): GroupRule[] {
  const peers: RulePeer[] = [
    ...(permission.UserIdGroupPairs ?? []).map((pair) => groupPeer(pair.GroupId, pair.UserId)),
    ...(permission.IpRanges ?? []).map((range): RulePeer => ({ kind: 'ipv4', cidr: range.CidrIp ?? '' })),
    ...(permission.Ipv6Ranges ?? []).map((range): RulePeer => ({ kind: 'ipv6', cidr: range.CidrIpv6 ?? '' })),
    ...(permission.PrefixListIds ?? []).map(
      (list): RulePeer => ({ kind: 'prefix-list', prefixListId: list.PrefixListId ?? '' }),
    ),
  ];
  return peers.map((peer) => ({ ...portsOf(permission), peer }));
}

function groupPeer(groupId: string | undefined, ownerId: string | undefined): RulePeer {
  return given({ kind: 'group', groupId: groupId ?? '', ownerId } as const);
}

function portsOf(rule: Pick<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>): Omit<GroupRule, 'peer'> {
  const protocol = rule.IpProtocol ?? ALL_PROTOCOLS;
  if (protocol === ALL_PROTOCOLS) return { protocol };
  return given({ protocol, fromPort: rule.FromPort, toPort: rule.ToPort });
}

export function toRule(rule: Ec2Rule): SecurityGroupRule {
  return given({
    ...portsOf(rule),
    id: rule.SecurityGroupRuleId ?? '',
    groupId: rule.GroupId ?? '',
    isEgress: rule.IsEgress ?? false,
    peer: peerOf(rule),
    description: rule.Description,
    tags: fromTags(rule.Tags),
  });
}

function peerOf(rule: Ec2Rule): RulePeer {
  const { ReferencedGroupInfo: group } = rule;
  if (group?.GroupId !== undefined) return groupPeer(group.GroupId, group.UserId);
  if (rule.PrefixListId !== undefined) return { kind: 'prefix-list', prefixListId: rule.PrefixListId };
  if (rule.CidrIpv6 !== undefined) return { kind: 'ipv6', cidr: rule.CidrIpv6 };
  return { kind: 'ipv4', cidr: rule.CidrIpv4 ?? '' };
}

export function toSubnet(subnet: Ec2Subnet): Subnet {
  const ipv6 = subnet.Ipv6CidrBlockAssociationSet?.find((one) => one.Ipv6CidrBlockState?.State === 'associated');
  return given({
    id: subnet.SubnetId ?? '',
    vpcId: subnet.VpcId ?? '',
    zoneId: subnet.AvailabilityZoneId ?? '',
    zoneName: subnet.AvailabilityZone ?? '',
    ipv4Cidr: subnet.CidrBlock ?? '',
    ipv6Cidr: ipv6?.Ipv6CidrBlock,
  });
}

export function toAcl(acl: Ec2Acl): NetworkAcl {
  return {
    id: acl.NetworkAclId ?? '',
    subnetIds: (acl.Associations ?? []).flatMap((one) => one.SubnetId ?? []),
    entries: (acl.Entries ?? []).map(toEntry),
  };
}

function toEntry(entry: NetworkAclEntry): AclEntry {
  return given({
    number: entry.RuleNumber ?? 0,
    egress: entry.Egress ?? false,
    allow: entry.RuleAction === 'allow',
    protocol: entry.Protocol ?? ALL_PROTOCOLS,
    ipv4Cidr: entry.CidrBlock,
    ipv6Cidr: entry.Ipv6CidrBlock,
    fromPort: entry.PortRange?.From,
    toPort: entry.PortRange?.To,
  });
}

/** Undefined for an instance that is gone: AWS shows it for another hour. */
export function toInstance(instance: Ec2Instance): Instance | undefined {
  if (instance.SubnetId === undefined || instance.State?.Name === 'terminated') return undefined;
  return given({
    id: instance.InstanceId ?? '',
    subnetId: instance.SubnetId,
    privateIpv4: instance.PrivateIpAddress,
    groupIds: (instance.SecurityGroups ?? []).flatMap((group) => group.GroupId ?? []),
  });
}
