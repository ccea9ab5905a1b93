import {
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteAccessPointCommand,
  DeleteFileSystemPolicyCommand,
  DeleteMountTargetCommand,
  EFSClient,
  ModifyMountTargetSecurityGroupsCommand,
  PutFileSystemPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-efs';
import type { Account } from '../../lib/simulator/account.ts';

/** A person or a pipeline that changes things in the account, by the same calls as everybody. */
export function operator(account: Account, name = 'storage-admin') {
  const caller = `arn:aws:iam::${account.accountId}:role/${name}`;
  const efs = account.client(EFSClient, caller);
  const ec2 = account.client(EC2Client, caller);
  return {
    deleteAccessPoint: (AccessPointId: string) => efs.send(new DeleteAccessPointCommand({ AccessPointId })),
    deleteMountTarget: (MountTargetId: string) => efs.send(new DeleteMountTargetCommand({ MountTargetId })),
    putPolicy: (FileSystemId: string, Policy: string) =>
      efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy })),
    deletePolicy: (FileSystemId: string) => efs.send(new DeleteFileSystemPolicyCommand({ FileSystemId })),
    setGroups: (MountTargetId: string, SecurityGroups: string[]) =>
      efs.send(new ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups })),
    tag: (ResourceId: string, Key: string, Value: string) =>
      efs.send(new TagResourceCommand({ ResourceId, Tags: [{ Key, Value }] })),
    untag: (ResourceId: string, ...TagKeys: string[]) => efs.send(new UntagResourceCommand({ ResourceId, TagKeys })),
    tagGroup: (id: string, Key: string, Value: string) =>
      ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] })),
    untagGroup: (id: string, Key: string) => ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key }] })),
    deleteGroup: (GroupId: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId })),
    revokeAll: (GroupId: string, direction: 'ingress' | 'egress') => revokeAll(ec2, GroupId, direction),
  };
}

async function revokeAll(ec2: EC2Client, GroupId: string, direction: 'ingress' | 'egress'): Promise<void> {
  const found = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  const rules = (found.SecurityGroupRules ?? []).filter(({ IsEgress }) => IsEgress === (direction === 'egress'));
  const SecurityGroupRuleIds = rules.flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []);
  if (SecurityGroupRuleIds.length === 0) return;
  await (direction === 'egress'
    ? ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds }))
    : ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds })));
}

/** A policy that refuses what is not encrypted, admits nobody, and denies one role. */
export function denyingPolicy(fileSystemArn: string, roleArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Blocked',
        Effect: 'Deny',
        Principal: { AWS: roleArn },
        Action: 'elasticfilesystem:ClientMount',
        Resource: fileSystemArn,
      },
    ],
  });
}
