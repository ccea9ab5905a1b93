import type {
  DescribeDhcpOptionsRequest,
  DescribeDhcpOptionsResult,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  NetworkAcl,
  NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimAclEntry, SimDhcpOptions, SimNetworkAcl, SimRouteTable } from '../ec2-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { byIds, type FilterFields, filtered } from './ec2-filters.ts';
import { notFound } from './ec2-reads.ts';

const PAGE = 1_000;

function subnetsOf(account: Account, acl: SimNetworkAcl): string[] {
  return Object.values(account.state.ec2.subnets)
    .filter((subnet) => subnet.networkAclId === acl.id)
    .map((subnet) => subnet.id);
}

const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };

/** The protocol is a number in text; ports are there only for protocols that have them. */
function describeEntry(entry: SimAclEntry): NetworkAclEntry {
  const { fromPort, toPort } = entry;
  return {
    RuleNumber: entry.ruleNumber,
    Protocol: PROTOCOL_NUMBERS[entry.protocol] ?? entry.protocol,
    RuleAction: entry.action,
    Egress: entry.egress,
    CidrBlock: entry.cidrBlock,
    Ipv6CidrBlock: entry.ipv6CidrBlock,
    PortRange: fromPort === undefined || toPort === undefined ? undefined : { From: fromPort, To: toPort },
  };
}

function describeAcl(account: Account, acl: SimNetworkAcl): NetworkAcl {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpcId,
    OwnerId: account.accountId,
    IsDefault: acl.isDefault,
    Entries: acl.entries.map(describeEntry),
    Associations: subnetsOf(account, acl).map((id) => ({
      NetworkAclAssociationId: `aclassoc-${id.slice('subnet-'.length)}`,
      NetworkAclId: acl.id,
      SubnetId: id,
    })),
    Tags: acl.tags.map((tag) => ({ ...tag })),
  };
}

function describeAcls(account: Account, input: DescribeNetworkAclsRequest): DescribeNetworkAclsResult {
  const fields: FilterFields<SimNetworkAcl> = {
    'network-acl-id': (acl) => [acl.id],
    'vpc-id': (acl) => [acl.vpcId],
    default: (acl) => [String(acl.isDefault)],
    'association.subnet-id': (acl) => subnetsOf(account, acl),
  };
  const missing = notFound('InvalidNetworkAclID.NotFound', 'networkAcl ID');
  const found = filtered(byIds(account.state.ec2.networkAcls, input.NetworkAclIds, missing), input.Filters, fields);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { NetworkAcls: page.items.map((acl) => describeAcl(account, acl)), NextToken: page.next };
}

const TABLE_FILTERS: FilterFields<SimRouteTable> = {
  'route-table-id': (table) => [table.id],
  'vpc-id': (table) => [table.vpcId],
  'association.subnet-id': (table) => table.subnetIds,
  'association.main': (table) => [String(table.main)],
};

function describeRouteTables(account: Account, input: DescribeRouteTablesRequest): DescribeRouteTablesResult {
  const missing = notFound('InvalidRouteTableID.NotFound', 'routeTable ID');
  const named = byIds(account.state.ec2.routeTables, input.RouteTableIds, missing);
  const found = filtered(named, input.Filters, TABLE_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    RouteTables: page.items.map((table) => ({
      RouteTableId: table.id,
      VpcId: table.vpcId,
      OwnerId: account.accountId,
      Associations: [
        ...(table.main ? [{ Main: true, RouteTableId: table.id }] : []),
        ...table.subnetIds.map((SubnetId) => ({ Main: false, RouteTableId: table.id, SubnetId })),
      ],
      Routes: table.routes.map((route) => ({
        DestinationCidrBlock: route.destinationCidrBlock,
        GatewayId: route.gatewayId,
        State: route.state,
      })),
      Tags: table.tags.map((tag) => ({ ...tag })),
    })),
    NextToken: page.next,
  };
}

const OPTIONS_FILTERS: FilterFields<SimDhcpOptions> = { 'dhcp-options-id': (options) => [options.id] };

function describeDhcpOptions(account: Account, input: DescribeDhcpOptionsRequest): DescribeDhcpOptionsResult {
  const missing = notFound('InvalidDhcpOptionID.NotFound', 'dhcpOption ID');
  const named = byIds(account.state.ec2.dhcpOptions, input.DhcpOptionsIds, missing);
  const found = filtered(named, input.Filters, OPTIONS_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    DhcpOptions: page.items.map((options) => ({
      DhcpOptionsId: options.id,
      OwnerId: account.accountId,
      DhcpConfigurations: [
        { Key: 'domain-name-servers', Values: options.domainNameServers.map((Value) => ({ Value })) },
      ],
      Tags: options.tags.map((tag) => ({ ...tag })),
    })),
    NextToken: page.next,
  };
}

export const pathReadHandlers: Handlers = {
  'EC2.DescribeNetworkAcls': describeAcls,
  'EC2.DescribeRouteTables': describeRouteTables,
  'EC2.DescribeDhcpOptions': describeDhcpOptions,
};
