import type {
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  DescribeStaleSecurityGroupsRequest,
  DescribeStaleSecurityGroupsResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
  StaleIpPermission,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimGroupRule, SimPrefixList } from '../ec2-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { byIds, type FilterFields, filtered } from './ec2-filters.ts';
import { notFound } from './ec2-reads.ts';

const PAGE = 100;

const LIST_FILTERS: FilterFields<SimPrefixList> = {
  'prefix-list-id': (list) => [list.id],
  'prefix-list-name': (list) => [list.name],
  'owner-id': (list) => [list.ownerId],
};
const missingList = notFound('InvalidPrefixListID.NotFound', 'prefix list ID');

function describeLists(account: Account, input: DescribeManagedPrefixListsRequest): DescribeManagedPrefixListsResult {
  const named = byIds(account.state.ec2.prefixLists, input.PrefixListIds, missingList);
  const found = filtered(named, input.Filters, LIST_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    PrefixLists: page.items.map((list) => ({
      PrefixListId: list.id,
      PrefixListName: list.name,
      OwnerId: list.ownerId,
      AddressFamily: list.addressFamily,
      MaxEntries: list.maxEntries,
      State: 'create-complete',
      Tags: list.tags.map((tag) => ({ ...tag })),
    })),
    NextToken: page.next,
  };
}

function listEntries(account: Account, input: GetManagedPrefixListEntriesRequest): GetManagedPrefixListEntriesResult {
  const list = account.state.ec2.prefixLists[input.PrefixListId ?? ''];
  if (list === undefined) throw missingList(input.PrefixListId ?? '');
  const page = pageOf(list.entries, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    Entries: page.items.map((entry) => ({ Cidr: entry.cidr, Description: entry.description })),
    NextToken: page.next,
  };
}

function stalePermission(rule: SimGroupRule): StaleIpPermission {
  return {
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    UserIdGroupPairs: [{ GroupId: rule.referencedGroup?.groupId }],
  };
}

function describeStaleGroups(
  account: Account,
  input: DescribeStaleSecurityGroupsRequest,
): DescribeStaleSecurityGroupsResult {
  const { staleGroups, securityGroups } = account.state.ec2;
  const found = Object.values(staleGroups).filter((stale) => stale.vpcId === input.VpcId);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    StaleSecurityGroupSet: page.items.map((stale) => {
      const group = securityGroups[stale.groupId];
      const rules = stale.ruleIds.flatMap((id) => group?.rules[id] ?? []);
      return {
        GroupId: stale.groupId,
        GroupName: group?.name,
        VpcId: stale.vpcId,
        StaleIpPermissions: rules.filter((rule) => !rule.isEgress).map(stalePermission),
        StaleIpPermissionsEgress: rules.filter((rule) => rule.isEgress).map(stalePermission),
      };
    }),
    NextToken: page.next,
  };
}

export const prefixListHandlers: Handlers = {
  'EC2.DescribeManagedPrefixLists': describeLists,
  'EC2.GetManagedPrefixListEntries': listEntries,
  'EC2.DescribeStaleSecurityGroups': describeStaleGroups,
};
