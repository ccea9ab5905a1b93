import { DescribeSecurityGroupRulesCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionRequest,
  TagResourceCommand,
} from '@aws-sdk/client-ecs';
import { DeleteAccessPointCommand, EFSClient, PutFileSystemPolicyCommand } from '@aws-sdk/client-efs';
import type { Account } from './account.ts';
import type { SimTaskDefinition } from './ecs-state.ts';

/** What people and their tools do in a simulated account, by the same calls as everybody. */
export function people(account: Account) {
  const role = (name: string) => `arn:aws:iam::${account.accountId}:role/${name}`;
  const efs = account.client(EFSClient, role('storage-admin'));
  const ec2 = account.client(EC2Client, role('network-admin'));
  return {
    deleteAccessPoint: (AccessPointId: string) => efs.send(new DeleteAccessPointCommand({ AccessPointId })),
    putPolicy: (FileSystemId: string, Policy: string) =>
      efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy })),
    revokeIngress: (groupId: string) => revokeIngress(ec2, groupId),
    tagRevision: (arn: string, tags: Readonly<Record<string, string>>) =>
      account
        .client(ECSClient, role('ci-deploy'))
        .send(new TagResourceCommand({ resourceArn: arn, tags: listOf(tags) })),
    /** Registers the first revision of the family again, as a pipeline does that knows nothing of later ones. */
    registerAgain: (family: string, agent: string, tags: Readonly<Record<string, string>> = {}) =>
      registerAgain(account, { family, agent, tags }),
  };
}

async function revokeIngress(ec2: EC2Client, GroupId: string): Promise<void> {
  const found = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  const SecurityGroupRuleIds = (found.SecurityGroupRules ?? []).flatMap((rule) =>
    rule.IsEgress ? [] : (rule.SecurityGroupRuleId ?? []),
  );
  if (SecurityGroupRuleIds.length > 0)
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
}

interface Again {
  readonly family: string;
  readonly agent: string;
  readonly tags: Readonly<Record<string, string>>;
}

async function registerAgain(account: Account, { family, agent, tags }: Again): Promise<void> {
  const [first] = revisionsOf(account, family);
  if (!first) throw new Error(`simulated account: ${family} has no revision`);
  const client = account.client(ECSClient, `arn:aws:iam::${account.accountId}:role/ci-deploy`);
  client.config.customUserAgent = [[agent]];
  const kept = first.tags.filter(({ key }) => !(key !== undefined && key in tags));
  await client.send(
    new RegisterTaskDefinitionCommand({
      ...first.definition,
      tags: [...kept, ...listOf(tags)],
    } as RegisterTaskDefinitionRequest),
  );
}

/** Oldest first. */
export function revisionsOf(account: Account, family: string): readonly SimTaskDefinition[] {
  return Object.values(account.state.ecs.taskDefinitions[family]?.revisions ?? {});
}

function listOf(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
