import { DescribeSecurityGroupRulesCommand, type SecurityGroupRule } from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, type TaskDefinition } from '@aws-sdk/client-ecs';
import { type AccessPointDescription, DescribeAccessPointsCommand } from '@aws-sdk/client-efs';
import { GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';
import type { Estate } from './estate.ts';

/** What is there now, read by plain clients. */
export async function ingressOf(
  { ec2 }: Clients,
  { mountTargetGroupId }: Estate,
): Promise<readonly SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [mountTargetGroupId] }];
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
}

export async function grantsOf({ iam }: Clients, { taskRoleName }: Estate): Promise<readonly string[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: taskRoleName }));
  return PolicyNames;
}

export async function grantText({ iam }: Clients, { taskRoleName }: Estate, PolicyName: string): Promise<string> {
  const found = await iam.send(new GetRolePolicyCommand({ RoleName: taskRoleName, PolicyName }));
  return decodeURIComponent(found.PolicyDocument ?? '');
}

export async function accessPointsOf(
  { efs }: Clients,
  { fileSystemId }: Estate,
): Promise<readonly AccessPointDescription[]> {
  const found = await efs.send(new DescribeAccessPointsCommand({ FileSystemId: fileSystemId }));
  return found.AccessPoints ?? [];
}

export async function newestOf({ ecs }: Clients, { family }: Estate): Promise<TaskDefinition | undefined> {
  const found = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
  return found.taskDefinition;
}

/** The task definition that the service of the family runs. */
export async function deployedOf({ ecs }: Clients, { cluster, family }: Estate): Promise<string | undefined> {
  const found = await ecs.send(new DescribeServicesCommand({ cluster, services: [family] }));
  return found.services?.[0]?.taskDefinition;
}

/** What a repair could have changed. */
export async function changeable(clients: Clients, estate: Estate) {
  return {
    rules: (await ingressOf(clients, estate)).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId),
    grants: await grantsOf(clients, estate),
    accessPoints: (await accessPointsOf(clients, estate)).map(({ AccessPointId }) => AccessPointId),
    revision: (await newestOf(clients, estate))?.revision,
  };
}
