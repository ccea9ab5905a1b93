import {
  AuthorizeSecurityGroupEgressCommand,
  type AuthorizeSecurityGroupEgressCommandInput,
  AuthorizeSecurityGroupIngressCommand,
  type AuthorizeSecurityGroupIngressCommandInput,
  CreateTagsCommand,
  type CreateTagsCommandInput,
  type DescribeInstancesCommandInput,
  type DescribeManagedPrefixListsCommandInput,
  type DescribeNetworkAclsCommandInput,
  type DescribeNetworkInterfacesCommandInput,
  type DescribeSecurityGroupRulesCommandInput,
  type DescribeSecurityGroupsCommandInput,
  type DescribeSubnetsCommandInput,
  DescribeVpcAttributeCommand,
  type DescribeVpcAttributeCommandInput,
  EC2Client,
  type GetManagedPrefixListEntriesCommandInput,
  paginateDescribeInstances,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateGetManagedPrefixListEntries,
  RevokeSecurityGroupEgressCommand,
  type RevokeSecurityGroupEgressCommandInput,
  RevokeSecurityGroupIngressCommand,
  type RevokeSecurityGroupIngressCommandInput,
} from '@aws-sdk/client-ec2';
import type { Setup } from './setup.ts';

export type Ec2Api = ReturnType<typeof createEc2>;

export function createEc2(setup: Setup) {
  const client = setup(EC2Client);
  return {
    groupPages: (input: DescribeSecurityGroupsCommandInput) => paginateDescribeSecurityGroups({ client }, input),
    rulePages: (input: DescribeSecurityGroupRulesCommandInput) => paginateDescribeSecurityGroupRules({ client }, input),
    subnetPages: (input: DescribeSubnetsCommandInput) => paginateDescribeSubnets({ client }, input),
    aclPages: (input: DescribeNetworkAclsCommandInput) => paginateDescribeNetworkAcls({ client }, input),
    instancePages: (input: DescribeInstancesCommandInput) => paginateDescribeInstances({ client }, input),
    interfacePages: (input: DescribeNetworkInterfacesCommandInput) =>
      paginateDescribeNetworkInterfaces({ client }, input),
    prefixListPages: (input: DescribeManagedPrefixListsCommandInput) =>
      paginateDescribeManagedPrefixLists({ client }, input),
    prefixListEntryPages: (input: GetManagedPrefixListEntriesCommandInput) =>
      paginateGetManagedPrefixListEntries({ client }, input),
    vpcAttribute: (input: DescribeVpcAttributeCommandInput) => client.send(new DescribeVpcAttributeCommand(input)),
    tag: (input: CreateTagsCommandInput) => client.send(new CreateTagsCommand(input)),
    authorizeIngress: (input: AuthorizeSecurityGroupIngressCommandInput) =>
      client.send(new AuthorizeSecurityGroupIngressCommand(input)),
    authorizeEgress: (input: AuthorizeSecurityGroupEgressCommandInput) =>
      client.send(new AuthorizeSecurityGroupEgressCommand(input)),
    revokeIngress: (input: RevokeSecurityGroupIngressCommandInput) =>
      client.send(new RevokeSecurityGroupIngressCommand(input)),
    revokeEgress: (input: RevokeSecurityGroupEgressCommandInput) =>
      client.send(new RevokeSecurityGroupEgressCommand(input)),
  };
}
