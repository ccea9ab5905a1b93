import type {
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcAttributeRequest,
  DescribeVpcAttributeResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimSubnet, SimVpc } from '../ec2-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { byIds, type FilterFields, filtered } from './ec2-filters.ts';

const PAGE = 1_000;

const VPC_FILTERS: FilterFields<SimVpc> = {
  'vpc-id': (vpc) => [vpc.id],
  cidr: (vpc) => [vpc.cidrBlock],
  'is-default': (vpc) => [String(vpc.isDefault)],
  'dhcp-options-id': (vpc) => [vpc.dhcpOptionsId],
};

const SUBNET_FILTERS: FilterFields<SimSubnet> = {
  'subnet-id': (subnet) => [subnet.id],
  'vpc-id': (subnet) => [subnet.vpcId],
  'availability-zone': (subnet) => [subnet.availabilityZone],
  'availability-zone-id': (subnet) => [subnet.availabilityZoneId],
};

export function notFound(code: string, what: string): (id: string) => Error {
  return (id) => simError(code, 400, `The ${what} '${id}' does not exist`);
}

export function describeVpc(account: Account, vpc: SimVpc): Vpc {
  return {
    VpcId: vpc.id,
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociationSet: [{ CidrBlock: vpc.cidrBlock, CidrBlockState: { State: 'associated' } }],
    Ipv6CidrBlockAssociationSet: vpc.ipv6CidrBlock
      ? [{ Ipv6CidrBlock: vpc.ipv6CidrBlock, Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
    DhcpOptionsId: vpc.dhcpOptionsId,
    IsDefault: vpc.isDefault,
    State: 'available',
    OwnerId: account.accountId,
    Tags: vpc.tags.map((tag) => ({ ...tag })),
  };
}

export function describeSubnet(account: Account, subnet: SimSubnet): Subnet {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:aws:ec2:${account.region}:${account.accountId}:subnet/${subnet.id}`,
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    Ipv6CidrBlockAssociationSet: subnet.ipv6CidrBlock
      ? [{ Ipv6CidrBlock: subnet.ipv6CidrBlock, Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: subnet.availabilityZoneId,
    State: 'available',
    OwnerId: account.accountId,
    Tags: subnet.tags.map((tag) => ({ ...tag })),
  };
}

function describeVpcs(account: Account, input: DescribeVpcsRequest): DescribeVpcsResult {
  const named = byIds(account.state.ec2.vpcs, input.VpcIds, notFound('InvalidVpcID.NotFound', 'vpc ID'));
  const found = filtered(named, input.Filters, VPC_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { Vpcs: page.items.map((vpc) => describeVpc(account, vpc)), NextToken: page.next };
}

function describeSubnets(account: Account, input: DescribeSubnetsRequest): DescribeSubnetsResult {
  const named = byIds(account.state.ec2.subnets, input.SubnetIds, notFound('InvalidSubnetID.NotFound', 'subnet ID'));
  const found = filtered(named, input.Filters, SUBNET_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { Subnets: page.items.map((subnet) => describeSubnet(account, subnet)), NextToken: page.next };
}

/** One attribute a call; the others are not in the answer. */
function describeVpcAttribute(account: Account, input: DescribeVpcAttributeRequest): DescribeVpcAttributeResult {
  const vpc = account.state.ec2.vpcs[input.VpcId ?? ''];
  if (vpc === undefined) throw notFound('InvalidVpcID.NotFound', 'vpc ID')(input.VpcId ?? '');
  if (input.Attribute === 'enableDnsSupport')
    return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.enableDnsSupport } };
  if (input.Attribute === 'enableDnsHostnames') {
    return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
  }
  throw simError('InvalidParameterValue', 400, `'${input.Attribute}' is not an attribute this account knows`);
}

export const vpcReadHandlers: Handlers = {
  'EC2.DescribeVpcs': describeVpcs,
  'EC2.DescribeSubnets': describeSubnets,
  'EC2.DescribeVpcAttribute': describeVpcAttribute,
};
