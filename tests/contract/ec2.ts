import type { Case, Data, Step } from './case.ts';
import { EFS_GROUP, NETWORK, SUBNET_A, TASK_GROUP, VPC } from './network.ts';

const NO_GROUP = 'sg-0123456789abcdef0';
const NFS = { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049 };
const PERMISSION = { ...NFS, UserIdGroupPairs: [{ GroupId: TASK_GROUP, Description: 'nfs' }] };
const TAGS = [
  { Key: 'mountkeeper:managed', Value: 'true' },
  { Key: 'mountkeeper:journal', Value: 'change-1' },
];
const TAGGED = [{ ResourceType: 'security-group-rule', Tags: TAGS }];

function authorize(direction: 'Ingress' | 'Egress', changes: Readonly<Record<string, Data>> = {}): Step {
  const input = { GroupId: EFS_GROUP, IpPermissions: [PERMISSION], TagSpecifications: TAGGED, ...changes };
  return { call: `EC2.AuthorizeSecurityGroup${direction}`, input, as: 'made' };
}

const OF_GROUP = { Filters: [{ Name: 'group-id', Values: [EFS_GROUP] }] };
const RULE_ID = '$made.SecurityGroupRules.0.SecurityGroupRuleId';

export const ec2Cases: readonly Case[] = [
  {
    name: 'a new group lets everything out and nothing in',
    steps: [
      ...NETWORK,
      {
        call: 'EC2.DescribeSecurityGroups',
        input: { GroupIds: [EFS_GROUP] },
        expect: {
          SecurityGroups: [
            {
              GroupId: EFS_GROUP,
              VpcId: VPC,
              GroupName: 'efs',
              IpPermissions: [],
              IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a VPC comes with a default group that admits itself',
    steps: [
      ...NETWORK,
      {
        call: 'EC2.DescribeSecurityGroups',
        input: {
          Filters: [
            { Name: 'vpc-id', Values: [VPC] },
            { Name: 'group-name', Values: ['default'] },
          ],
        },
        expect: { SecurityGroups: [{ GroupName: 'default', VpcId: VPC }] },
      },
    ],
  },
  {
    name: 'a rule between groups is told with its id, direction and ports',
    steps: [
      ...NETWORK,
      {
        ...authorize('Ingress'),
        expect: { Return: true, SecurityGroupRules: [{ SecurityGroupRuleId: /^sgr-/, IsEgress: false }] },
      },
      {
        call: 'EC2.DescribeSecurityGroupRules',
        input: { SecurityGroupRuleIds: [RULE_ID] },
        expect: {
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: RULE_ID,
              GroupId: EFS_GROUP,
              IsEgress: false,
              ...NFS,
              ReferencedGroupInfo: { GroupId: TASK_GROUP },
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a rule carries the tags of the call that made it',
    steps: [
      ...NETWORK,
      authorize('Ingress', { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: TAGS.slice(0, 1) }] }),
      {
        call: 'EC2.DescribeSecurityGroupRules',
        input: { SecurityGroupRuleIds: [RULE_ID] },
        expect: { SecurityGroupRules: [{ Tags: TAGS.slice(0, 1) }] },
      },
    ],
  },
  {
    // Overlaid: see the README of the end-to-end tests.
    name: 'the description of a rule is told with the rule',
    steps: [
      ...NETWORK,
      authorize('Ingress'),
      {
        call: 'EC2.DescribeSecurityGroupRules',
        input: { SecurityGroupRuleIds: [RULE_ID] },
        expect: { SecurityGroupRules: [{ Description: 'nfs' }] },
      },
    ],
  },
  {
    name: 'rules of a group are found by its id, both directions',
    steps: [
      ...NETWORK,
      authorize('Ingress'),
      { call: 'EC2.DescribeSecurityGroupRules', input: OF_GROUP, expect: { SecurityGroupRules: [{}, {}] } },
    ],
  },
  {
    name: 'the same rule a second time is InvalidPermission.Duplicate',
    steps: [
      ...NETWORK,
      authorize('Ingress'),
      { ...authorize('Ingress'), fails: { name: 'InvalidPermission.Duplicate' } },
      authorize('Egress'),
      { ...authorize('Egress'), fails: { name: 'InvalidPermission.Duplicate' } },
    ],
  },
  {
    name: 'a rule needs groups that exist',
    steps: [
      ...NETWORK,
      { ...authorize('Ingress', { GroupId: NO_GROUP }), fails: { name: 'InvalidGroup.NotFound' } },
      {
        ...authorize('Ingress', { IpPermissions: [{ ...NFS, UserIdGroupPairs: [{ GroupId: NO_GROUP }] }] }),
        fails: { name: 'InvalidGroup.NotFound' },
      },
    ],
  },
  {
    name: 'a rule is revoked by its id, once',
    steps: [
      ...NETWORK,
      authorize('Ingress'),
      {
        call: 'EC2.RevokeSecurityGroupIngress',
        input: { GroupId: EFS_GROUP, SecurityGroupRuleIds: [RULE_ID] },
        expect: { Return: true },
      },
      {
        call: 'EC2.DescribeSecurityGroupRules',
        input: { Filters: [{ Name: 'group-id', Values: [EFS_GROUP] }] },
        expect: { SecurityGroupRules: [{ IsEgress: true }] },
      },
      {
        call: 'EC2.RevokeSecurityGroupIngress',
        input: { GroupId: EFS_GROUP, SecurityGroupRuleIds: [RULE_ID] },
        fails: { name: 'InvalidSecurityGroupRuleId.NotFound' },
        differs: {
          moto: 'InvalidPermission.NotFound, the code for rules named by their permissions',
          source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
        },
      },
    ],
  },
  {
    name: 'unknown groups, rules and subnets have each an error of their own',
    steps: [
      {
        call: 'EC2.DescribeSecurityGroups',
        input: { GroupIds: [NO_GROUP] },
        fails: { name: 'InvalidGroup.NotFound' },
      },
      {
        call: 'EC2.DescribeSecurityGroupRules',
        input: { SecurityGroupRuleIds: ['sgr-0123456789abcdef0'] },
        fails: { name: 'InvalidSecurityGroupRuleId.NotFound' },
      },
      {
        call: 'EC2.DescribeSubnets',
        input: { SubnetIds: ['subnet-0123456789abcdef0'] },
        fails: { name: 'InvalidSubnetID.NotFound' },
      },
    ],
  },
  {
    name: 'a subnet is told with its zone and network',
    steps: [
      ...NETWORK,
      {
        call: 'EC2.DescribeSubnets',
        input: { SubnetIds: [SUBNET_A] },
        expect: {
          Subnets: [{ SubnetId: SUBNET_A, VpcId: VPC, AvailabilityZone: 'eu-west-1a', CidrBlock: '10.0.1.0/24' }],
        },
      },
    ],
  },
  {
    name: 'a new VPC resolves names and gives none',
    steps: [
      ...NETWORK,
      {
        call: 'EC2.DescribeVpcAttribute',
        input: { VpcId: VPC, Attribute: 'enableDnsSupport' },
        expect: { EnableDnsSupport: { Value: true } },
      },
      {
        call: 'EC2.DescribeVpcAttribute',
        input: { VpcId: VPC, Attribute: 'enableDnsHostnames' },
        expect: { EnableDnsHostnames: { Value: false } },
      },
    ],
  },
  {
    name: 'a subnet has the default network ACL, which lets everything through',
    steps: [
      ...NETWORK,
      {
        call: 'EC2.DescribeNetworkAcls',
        input: { Filters: [{ Name: 'association.subnet-id', Values: [SUBNET_A] }] },
        expect: { NetworkAcls: [{ VpcId: VPC, IsDefault: true, Entries: [{}, {}, {}, {}] }] },
      },
    ],
  },
];
