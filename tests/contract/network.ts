import type { Step } from './case.ts';

/** A VPC with a subnet in each of two zones and two groups; the names are those of the answers. */
export const NETWORK: readonly Step[] = [
  { call: 'EC2.CreateVpc', input: { CidrBlock: '10.0.0.0/16' }, as: 'vpc' },
  subnet('a', '10.0.1.0/24'),
  subnet('b', '10.0.2.0/24'),
  group('efs'),
  group('task'),
];

function subnet(zone: string, CidrBlock: string): Step {
  const input = { VpcId: '$vpc.Vpc.VpcId', CidrBlock, AvailabilityZone: `eu-west-1${zone}` };
  return { call: 'EC2.CreateSubnet', input, as: `subnet-${zone}` };
}

function group(name: string): Step {
  const input = { VpcId: '$vpc.Vpc.VpcId', GroupName: name, Description: name };
  return { call: 'EC2.CreateSecurityGroup', input, as: `group-${name}` };
}

export const VPC = '$vpc.Vpc.VpcId';
export const SUBNET_A = '$subnet-a.Subnet.SubnetId';
export const SUBNET_B = '$subnet-b.Subnet.SubnetId';
export const EFS_GROUP = '$group-efs.GroupId';
export const TASK_GROUP = '$group-task.GroupId';
