import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup } from '../ec2-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { authorizeHandlers, findGroup, tagsFor } from './ec2-authorize.ts';
import { byIds, type FilterFields, filtered } from './ec2-filters.ts';
import { addSecurityGroup } from './ec2-network.ts';
import { revokeHandlers } from './ec2-revoke.ts';
import { describeRule, permissionsOf } from './ec2-rules.ts';

const PAGE = 1_000;

const GROUP_FILTERS: FilterFields<SimSecurityGroup> = {
  'group-id': (group) => [group.id],
  'group-name': (group) => [group.name],
  'vpc-id': (group) => [group.vpcId],
  'owner-id': (group) => [group.ownerId],
  description: (group) => [group.description],
  'ip-permission.group-id': (group) => sourceGroups(group, false),
  'egress.ip-permission.group-id': (group) => sourceGroups(group, true),
};

const RULE_FILTERS: FilterFields<SimGroupRule> = {
  'group-id': (rule) => [rule.groupId],
  'security-group-rule-id': (rule) => [rule.id],
};

function sourceGroups(group: SimSecurityGroup, isEgress: boolean): (string | undefined)[] {
  const rules = Object.values(group.rules).filter((rule) => rule.isEgress === isEgress);
  return rules.map((rule) => rule.referencedGroup?.groupId);
}

function describeGroups(account: Account, input: DescribeSecurityGroupsRequest): DescribeSecurityGroupsResult {
  const named = (input.GroupIds ?? []).map((id) => findGroup(account, id));
  const all = named.length > 0 ? named : Object.values(account.state.ec2.securityGroups);
  const found = filtered(all, input.Filters, GROUP_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return {
    SecurityGroups: page.items.map((group) => ({
      GroupId: group.id,
      GroupName: group.name,
      Description: group.description,
      OwnerId: group.ownerId,
      VpcId: group.vpcId,
      IpPermissions: permissionsOf(account, group, false),
      IpPermissionsEgress: permissionsOf(account, group, true),
      Tags: group.tags.map((tag) => ({ ...tag })),
      SecurityGroupArn: `arn:aws:ec2:${account.region}:${account.accountId}:security-group/${group.id}`,
    })),
    NextToken: page.next,
  };
}

function describeRules(account: Account, input: DescribeSecurityGroupRulesRequest): DescribeSecurityGroupRulesResult {
  const rules = Object.assign({}, ...Object.values(account.state.ec2.securityGroups).map((group) => group.rules));
  const named = byIds<SimGroupRule>(rules, input.SecurityGroupRuleIds, (id) =>
    simError('InvalidSecurityGroupRuleId.NotFound', 400, `The security group rule ID '${id}' does not exist`),
  );
  const found = filtered(named, input.Filters, RULE_FILTERS);
  const page = pageOf(found, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { SecurityGroupRules: page.items.map((rule) => describeRule(account, rule)), NextToken: page.next };
}

function createGroup(account: Account, input: CreateSecurityGroupRequest): CreateSecurityGroupResult {
  const { vpcs, securityGroups } = account.state.ec2;
  if (vpcs[input.VpcId ?? ''] === undefined) {
    throw simError('InvalidVpcID.NotFound', 400, `The vpc ID '${input.VpcId}' does not exist`);
  }
  const name = input.GroupName ?? '';
  if (Object.values(securityGroups).some((group) => group.vpcId === input.VpcId && group.name === name)) {
    throw simError(
      'InvalidGroup.Duplicate',
      400,
      `The security group '${name}' already exists for VPC '${input.VpcId}'`,
    );
  }
  const tags = tagsFor('security-group', input.TagSpecifications);
  const group = addSecurityGroup(account, {
    vpcId: input.VpcId ?? '',
    name,
    description: input.Description ?? '',
    tags,
  });
  return { GroupId: group.id, Tags: tags };
}

function isInUse(account: Account, id: string): boolean {
  const { networkInterfaces, instances, securityGroups } = account.state.ec2;
  const others = Object.values(securityGroups).filter((group) => group.id !== id);
  return (
    Object.values(networkInterfaces).some((card) => card.groups.includes(id)) ||
    Object.values(instances).some((instance) => instance.securityGroups.includes(id)) ||
    others.some((group) => Object.values(group.rules).some((rule) => rule.referencedGroup?.groupId === id))
  );
}

function deleteGroup(account: Account, input: DeleteSecurityGroupRequest): DeleteSecurityGroupResult {
  const group = findGroup(account, input.GroupId);
  if (group.name === 'default') {
    throw simError('CannotDelete', 400, 'the specified group: "default" name: "default" cannot be deleted by a user');
  }
  if (isInUse(account, group.id)) {
    throw simError('DependencyViolation', 400, `resource ${group.id} has a dependent object`);
  }
  delete account.state.ec2.securityGroups[group.id];
  return { Return: true, GroupId: group.id };
}

export const securityGroupHandlers: Handlers = {
  'EC2.DescribeSecurityGroups': describeGroups,
  'EC2.DescribeSecurityGroupRules': describeRules,
  'EC2.CreateSecurityGroup': createGroup,
  'EC2.DeleteSecurityGroup': deleteGroup,
  ...authorizeHandlers,
  ...revokeHandlers,
};
