import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  GroupIdentifier,
  Instance,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimInstance, SimNetworkInterface } from '../ec2-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { byIds, type FilterFields, filtered } from './ec2-filters.ts';
import { notFound } from './ec2-reads.ts';

const PAGE = 1_000;
const STATE_CODES = { running: 16, stopped: 80, terminated: 48 } as const;

const INTERFACE_FILTERS: FilterFields<SimNetworkInterface> = {
  'network-interface-id': (card) => [card.id],
  'group-id': (card) => card.groups,
  'subnet-id': (card) => [card.subnetId],
  'vpc-id': (card) => [card.vpcId],
  'private-ip-address': (card) => [card.privateIpAddress],
  'addresses.private-ip-address': (card) => [card.privateIpAddress],
  'interface-type': (card) => [card.interfaceType],
  description: (card) => [card.description],
  status: (card) => [card.status],
};

const INSTANCE_FILTERS: FilterFields<SimInstance> = {
  'instance-id': (instance) => [instance.id],
  'vpc-id': (instance) => [instance.vpcId],
  'subnet-id': (instance) => [instance.subnetId],
  'instance.group-id': (instance) => instance.securityGroups,
  'instance-state-name': (instance) => [instance.state],
};

function groupsOf(account: Account, ids: readonly string[]): GroupIdentifier[] {
  return ids.map((id) => ({ GroupId: id, GroupName: account.state.ec2.securityGroups[id]?.name }));
}

function describeInterface(account: Account, card: SimNetworkInterface): NetworkInterface {
  return {
    NetworkInterfaceId: card.id,
    VpcId: card.vpcId,
    SubnetId: card.subnetId,
    AvailabilityZone: card.availabilityZone,
    AvailabilityZoneId: account.state.ec2.subnets[card.subnetId]?.availabilityZoneId,
    PrivateIpAddress: card.privateIpAddress,
    Ipv6Addresses: card.ipv6Address === undefined ? [] : [{ Ipv6Address: card.ipv6Address }],
    InterfaceType: card.interfaceType as NonNullable<NetworkInterface['InterfaceType']>,
    Description: card.description,
    RequesterId: card.requesterId,
    RequesterManaged: card.requesterId !== undefined,
    Groups: groupsOf(account, card.groups),
    Status: card.status,
    OwnerId: account.accountId,
    TagSet: card.tags.map((tag) => ({ ...tag })),
  };
}

function describeInterfaces(
  account: Account,
  input: DescribeNetworkInterfacesRequest,
): DescribeNetworkInterfacesResult {
  const missing = notFound('InvalidNetworkInterfaceID.NotFound', 'networkInterface ID');
  const named = byIds(account.state.ec2.networkInterfaces, input.NetworkInterfaceIds, missing);
  const found = filtered(named, input.Filters, INTERFACE_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { NetworkInterfaces: page.items.map((card) => describeInterface(account, card)), NextToken: page.next };
}

function describeInstance(account: Account, instance: SimInstance): Instance {
  const cards = instance.networkInterfaceIds.flatMap((id) => account.state.ec2.networkInterfaces[id] ?? []);
  return {
    InstanceId: instance.id,
    VpcId: instance.vpcId,
    SubnetId: instance.subnetId,
    PrivateIpAddress: instance.privateIpAddress,
    State: { Name: instance.state, Code: STATE_CODES[instance.state] },
    SecurityGroups: groupsOf(account, instance.securityGroups),
    NetworkInterfaces: cards.map((card) => ({
      NetworkInterfaceId: card.id,
      SubnetId: card.subnetId,
      VpcId: card.vpcId,
      PrivateIpAddress: card.privateIpAddress,
      Groups: groupsOf(account, card.groups),
    })),
    Tags: instance.tags.map((tag) => ({ ...tag })),
  };
}

function describeInstances(account: Account, input: DescribeInstancesRequest): DescribeInstancesResult {
  const missing = notFound('InvalidInstanceID.NotFound', 'instance ID');
  const named = byIds(account.state.ec2.instances, input.InstanceIds, missing);
  const found = filtered(named, input.Filters, INSTANCE_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    Reservations: page.items.map((instance) => ({
      ReservationId: `r-${instance.id.slice('i-'.length)}`,
      OwnerId: account.accountId,
      Instances: [describeInstance(account, instance)],
    })),
    NextToken: page.next,
  };
}

export const interfaceHandlers: Handlers = {
  'EC2.DescribeNetworkInterfaces': describeInterfaces,
  'EC2.DescribeInstances': describeInstances,
};
