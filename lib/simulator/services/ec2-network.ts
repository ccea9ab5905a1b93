import type { CreateSubnetRequest, CreateSubnetResult, CreateVpcRequest, CreateVpcResult } from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup, SimSubnet, SimVpc } from '../ec2-state.ts';
import type { SimTag } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { cidrContains } from '../mount/address.ts';
import { tagsFor } from './ec2-authorize.ts';
import { describeSubnet, describeVpc } from './ec2-reads.ts';

interface NewGroup {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: SimTag[];
}

/** A group as AWS makes it: nothing comes in, everything goes out. */
export function addSecurityGroup(account: Account, wanted: NewGroup): SimSecurityGroup {
  const id = account.newId('sg');
  const open: SimGroupRule = {
    id: account.newId('sgr'),
    groupId: id,
    isEgress: true,
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    cidrIpv4: '0.0.0.0/0',
    tags: [],
  };
  const group: SimSecurityGroup = { ...wanted, id, ownerId: account.accountId, rules: { [open.id]: open } };
  account.state.ec2.securityGroups[id] = group;
  return group;
}

/** The default group also lets its own members in. */
function addDefaultGroup(account: Account, vpcId: string): string {
  const group = addSecurityGroup(account, {
    vpcId,
    name: 'default',
    description: 'default VPC security group',
    tags: [],
  });
  const rule: SimGroupRule = {
    id: account.newId('sgr'),
    groupId: group.id,
    isEgress: false,
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    referencedGroup: { groupId: group.id },
    tags: [],
  };
  group.rules[rule.id] = rule;
  return group.id;
}

/** A VPC with all that AWS makes along with it: default group, open network ACL, main route table, DHCP options. */
export function addVpc(account: Account, cidrBlock: string, tags: SimTag[] = []): SimVpc {
  const { ec2 } = account.state;
  const id = account.newId('vpc');
  const dhcpOptionsId = account.newId('dopt');
  ec2.dhcpOptions[dhcpOptionsId] = { id: dhcpOptionsId, domainNameServers: ['AmazonProvidedDNS'], tags: [] };
  const aclId = account.newId('acl');
  const everything = { protocol: '-1', cidrBlock: '0.0.0.0/0' };
  ec2.networkAcls[aclId] = {
    id: aclId,
    vpcId: id,
    isDefault: true,
    entries: [false, true].flatMap((egress) => [
      { ...everything, ruleNumber: 100, action: 'allow', egress },
      { ...everything, ruleNumber: 32_767, action: 'deny', egress },
    ]),
    tags: [],
  };
  const routeTableId = account.newId('rtb');
  const local = { destinationCidrBlock: cidrBlock, gatewayId: 'local', state: 'active' } as const;
  ec2.routeTables[routeTableId] = { id: routeTableId, vpcId: id, main: true, subnetIds: [], routes: [local], tags: [] };
  const vpc: SimVpc = {
    id,
    cidrBlock,
    isDefault: false,
    defaultSecurityGroupId: addDefaultGroup(account, id),
    dhcpOptionsId,
    enableDnsSupport: true,
    enableDnsHostnames: false,
    tags,
  };
  ec2.vpcs[id] = vpc;
  return vpc;
}

interface NewSubnet {
  readonly vpcId: string;
  readonly cidrBlock: string;
  /** `eu-west-1a`; its id, which is the same in every account, is made from the letter. */
  readonly availabilityZone: string;
  readonly tags?: SimTag[];
}

function zoneIdOf(zone: string): string {
  const [area = '', side = '', rest = ''] = zone.split('-');
  return `${area}${side.charAt(0)}${rest.charAt(0)}-az${rest.charCodeAt(1) - 'a'.charCodeAt(0) + 1}`;
}

export function addSubnet(account: Account, wanted: NewSubnet): SimSubnet {
  const { ec2 } = account.state;
  const acl = Object.values(ec2.networkAcls).find((one) => one.vpcId === wanted.vpcId && one.isDefault);
  const subnet: SimSubnet = {
    id: account.newId('subnet'),
    vpcId: wanted.vpcId,
    cidrBlock: wanted.cidrBlock,
    availabilityZone: wanted.availabilityZone,
    availabilityZoneId: zoneIdOf(wanted.availabilityZone),
    networkAclId: acl?.id ?? '',
    tags: wanted.tags ?? [],
  };
  ec2.subnets[subnet.id] = subnet;
  return subnet;
}

function createVpc(account: Account, input: CreateVpcRequest): CreateVpcResult {
  return { Vpc: describeVpc(account, addVpc(account, input.CidrBlock ?? '', tagsFor('vpc', input.TagSpecifications))) };
}

function createSubnet(account: Account, input: CreateSubnetRequest): CreateSubnetResult {
  const vpc = account.state.ec2.vpcs[input.VpcId ?? ''];
  if (vpc === undefined) throw simError('InvalidVpcID.NotFound', 400, `The vpc ID '${input.VpcId}' does not exist`);
  const cidrBlock = input.CidrBlock ?? '';
  const twin = Object.values(account.state.ec2.subnets).find(
    (one) => one.vpcId === vpc.id && one.cidrBlock === cidrBlock,
  );
  if (!cidrContains(vpc.cidrBlock, cidrBlock))
    throw simError('InvalidSubnet.Range', 400, `The CIDR '${cidrBlock}' is invalid.`);
  if (twin !== undefined) {
    throw simError('InvalidSubnet.Conflict', 400, `The CIDR '${cidrBlock}' conflicts with another subnet`);
  }
  const availabilityZone = input.AvailabilityZone ?? `${account.region}a`;
  const tags = tagsFor('subnet', input.TagSpecifications);
  return { Subnet: describeSubnet(account, addSubnet(account, { vpcId: vpc.id, cidrBlock, availabilityZone, tags })) };
}

export const networkHandlers: Handlers = {
  'EC2.CreateVpc': createVpc,
  'EC2.CreateSubnet': createSubnet,
};
