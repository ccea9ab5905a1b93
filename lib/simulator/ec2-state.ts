import type { SimTag } from './efs-state.ts';

export interface SimVpc {
  readonly id: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string;
  readonly isDefault: boolean;
  readonly defaultSecurityGroupId: string;
  readonly dhcpOptionsId: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  tags: SimTag[];
}

export interface SimSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string;
  readonly availabilityZone: string;
  readonly availabilityZoneId: string;
  networkAclId: string;
  tags: SimTag[];
}

/** One rule, as DescribeSecurityGroupRules shows it: exactly one of the four sources is set. */
export interface SimGroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1`. */
  readonly protocol: string;
  /** -1 where the protocol has no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly referencedGroup?: { readonly groupId: string; readonly userId?: string; readonly vpcId?: string };
  readonly description?: string;
  tags: SimTag[];
}

export interface SimSecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly rules: Record<string, SimGroupRule>;
  tags: SimTag[];
}

export interface SimAclEntry {
  readonly ruleNumber: number;
  readonly protocol: string;
  readonly action: 'allow' | 'deny';
  readonly egress: boolean;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

export interface SimNetworkAcl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  entries: SimAclEntry[];
  tags: SimTag[];
}

export interface SimNetworkInterface {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly privateIpAddress: string;
  readonly ipv6Address?: string;
  readonly interfaceType: string;
  readonly description: string;
  readonly requesterId?: string;
  groups: string[];
  status: 'available' | 'in-use';
  tags: SimTag[];
}

export interface SimInstance {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly privateIpAddress: string;
  readonly networkInterfaceIds: readonly string[];
  state: 'running' | 'stopped' | 'terminated';
  securityGroups: string[];
  tags: SimTag[];
}

export interface SimPrefixList {
  readonly id: string;
  readonly name: string;
  /** The account, or `AWS` for AWS-managed lists. */
  readonly ownerId: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  readonly maxEntries: number;
  entries: { readonly cidr: string; readonly description?: string }[];
  tags: SimTag[];
}

export interface SimRouteTable {
  readonly id: string;
  readonly vpcId: string;
  readonly main: boolean;
  subnetIds: string[];
  routes: {
    readonly destinationCidrBlock: string;
    readonly gatewayId: string;
    readonly state: 'active' | 'blackhole';
  }[];
  tags: SimTag[];
}

export interface SimDhcpOptions {
  readonly id: string;
  domainNameServers: string[];
  tags: SimTag[];
}

export interface SimStaleGroup {
  readonly groupId: string;
  readonly vpcId: string;
  readonly ruleIds: readonly string[];
}

export interface Ec2State {
  readonly vpcs: Record<string, SimVpc>;
  readonly subnets: Record<string, SimSubnet>;
  readonly securityGroups: Record<string, SimSecurityGroup>;
  readonly networkAcls: Record<string, SimNetworkAcl>;
  readonly networkInterfaces: Record<string, SimNetworkInterface>;
  readonly instances: Record<string, SimInstance>;
  readonly prefixLists: Record<string, SimPrefixList>;
  readonly routeTables: Record<string, SimRouteTable>;
  readonly dhcpOptions: Record<string, SimDhcpOptions>;
  readonly staleGroups: Record<string, SimStaleGroup>;
}

export function emptyEc2State(): Ec2State {
  return {
    vpcs: {},
    subnets: {},
    securityGroups: {},
    networkAcls: {},
    networkInterfaces: {},
    instances: {},
    prefixLists: {},
    routeTables: {},
    dhcpOptions: {},
    staleGroups: {},
  };
}
