import type { Tags } from './tags.ts';

export type RulePeer =
  | { readonly kind: 'group'; readonly groupId: string; readonly ownerId?: string }
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string };

export interface GroupRule {
  /** `tcp`, `udp`, `-1` or a protocol number, as AWS gives it. */
  readonly protocol: string;
  /** Absent for `-1` and for protocols without ports: all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly peer: RulePeer;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly ingress: readonly GroupRule[];
  readonly egress: readonly GroupRule[];
  readonly tags: Tags;
}

/** One rule with an id of its own, as DescribeSecurityGroupRules gives it: the form that can be revoked. */
export interface SecurityGroupRule extends GroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  readonly description?: string;
  readonly tags: Tags;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly zoneName: string;
  readonly ipv4Cidr: string;
  readonly ipv6Cidr?: string;
}

export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly allow: boolean;
  readonly protocol: string;
  readonly ipv4Cidr?: string;
  readonly ipv6Cidr?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

export interface NetworkAcl {
  readonly id: string;
  readonly subnetIds: readonly string[];
  readonly entries: readonly AclEntry[];
}

export interface VpcDns {
  readonly support: boolean;
  readonly hostNames: boolean;
}

export interface Instance {
  readonly id: string;
  readonly subnetId: string;
  readonly privateIpv4?: string;
  readonly groupIds: readonly string[];
}

export interface PrefixList {
  readonly id: string;
  readonly cidrs: readonly string[];
  readonly maxEntries: number;
}
