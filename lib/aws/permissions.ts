/** What a verb needs of IAM. */
export interface Needs {
  /** The actions of the calls that it makes. */
  readonly calls: readonly string[];
  /** Further actions that AWS checks inside of these calls (Service Authorization Reference, "Dependent actions"). */
  readonly implied?: readonly string[];
}

const EC2_RULE_TAG = { implied: ['ec2:CreateTags'] } as const;

/** IAM actions by verb of the world; roles are tested against it. */
export const PERMISSIONS = {
  'ecs.taskDefinition': { calls: ['ecs:DescribeTaskDefinition'] },
  'ecs.families': { calls: ['ecs:ListTaskDefinitionFamilies'] },
  'ecs.newestRevisions': { calls: ['ecs:ListTaskDefinitions'] },
  'ecs.revisions': { calls: ['ecs:ListTaskDefinitions'] },
  'ecs.task': { calls: ['ecs:DescribeTasks'] },
  'ecs.tasks': { calls: ['ecs:ListTasks', 'ecs:DescribeTasks'] },
  'ecs.service': { calls: ['ecs:DescribeServices'] },
  'ecs.clusters': { calls: ['ecs:ListClusters'] },
  'ecs.services': { calls: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'] },
  'ecs.servicesOf': { calls: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'] },
  'ecs.containerInstance': { calls: ['ecs:DescribeContainerInstances'] },
  'ecs.register': { calls: ['ecs:RegisterTaskDefinition'], implied: ['ecs:TagResource', 'iam:PassRole'] },
  'ecs.updateService': { calls: ['ecs:UpdateService'] },
  'efs.fileSystem': { calls: ['elasticfilesystem:DescribeFileSystems'] },
  'efs.fileSystems': { calls: ['elasticfilesystem:DescribeFileSystems'] },
  'efs.mountTargets': {
    calls: ['elasticfilesystem:DescribeMountTargets', 'elasticfilesystem:DescribeMountTargetSecurityGroups'],
    implied: ['ec2:DescribeNetworkInterfaceAttribute'],
  },
  'efs.mountTarget': {
    calls: ['elasticfilesystem:DescribeMountTargets', 'elasticfilesystem:DescribeMountTargetSecurityGroups'],
    implied: ['ec2:DescribeNetworkInterfaceAttribute'],
  },
  'efs.everyKnownMountTarget': { calls: ['elasticfilesystem:DescribeFileSystems', 'ec2:DescribeNetworkInterfaces'] },
  'efs.accessPoint': { calls: ['elasticfilesystem:DescribeAccessPoints'] },
  'efs.accessPoints': { calls: ['elasticfilesystem:DescribeAccessPoints'] },
  'efs.everyAccessPoint': { calls: ['elasticfilesystem:DescribeAccessPoints'] },
  'efs.policy': {
    calls: ['elasticfilesystem:DescribeFileSystemPolicy', 'elasticfilesystem:DescribeFileSystems'],
  },
  'efs.createAccessPoint': {
    calls: ['elasticfilesystem:CreateAccessPoint'],
    implied: ['elasticfilesystem:TagResource'],
  },
  'efs.deleteAccessPoint': { calls: ['elasticfilesystem:DeleteAccessPoint'] },
  'efs.updateThroughput': { calls: ['elasticfilesystem:UpdateFileSystem'] },
  'ec2.group': { calls: ['ec2:DescribeSecurityGroups'] },
  'ec2.defaultGroup': { calls: ['ec2:DescribeSecurityGroups'] },
  'ec2.rules': { calls: ['ec2:DescribeSecurityGroupRules'] },
  'ec2.subnet': { calls: ['ec2:DescribeSubnets'] },
  'ec2.acl': { calls: ['ec2:DescribeNetworkAcls'] },
  'ec2.dns': { calls: ['ec2:DescribeVpcAttribute'] },
  'ec2.instance': { calls: ['ec2:DescribeInstances'] },
  'ec2.prefixList': { calls: ['ec2:DescribeManagedPrefixLists', 'ec2:GetManagedPrefixListEntries'] },
  'ec2.fileSystemsBehind': { calls: ['ec2:DescribeNetworkInterfaces'] },
  'ec2.interfacesWith': { calls: ['ec2:DescribeNetworkInterfaces'] },
  'ec2.interfaceGroups': { calls: ['ec2:DescribeNetworkInterfaces'] },
  'ec2.authorize ingress': {
    calls: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DescribeSecurityGroupRules'],
    ...EC2_RULE_TAG,
  },
  'ec2.authorize egress': {
    calls: ['ec2:AuthorizeSecurityGroupEgress', 'ec2:DescribeSecurityGroupRules'],
    ...EC2_RULE_TAG,
  },
  'ec2.revoke ingress': { calls: ['ec2:RevokeSecurityGroupIngress'] },
  'ec2.revoke egress': { calls: ['ec2:RevokeSecurityGroupEgress'] },
  'iam.role': { calls: ['iam:GetRole'] },
  'iam.policies': {
    calls: [
      'iam:GetRole',
      'iam:ListRolePolicies',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
    ],
  },
  'iam.everyRole': { calls: ['iam:GetAccountAuthorizationDetails', 'iam:GetPolicy', 'iam:GetPolicyVersion'] },
  'iam.inlinePolicy': { calls: ['iam:GetRolePolicy'] },
  'iam.putRolePolicy': { calls: ['iam:PutRolePolicy'] },
  'iam.deleteRolePolicy': { calls: ['iam:DeleteRolePolicy'] },
  'trail.runTask': { calls: ['cloudtrail:LookupEvents'] },
  'metrics.efs': { calls: ['cloudwatch:GetMetricData'] },
  'logs.phrases': { calls: ['logs:ListTagsForResource', 'logs:FilterLogEvents'] },
  'tagged.taskDefinitions': { calls: ['tag:GetResources'] },
  'parameters.get': { calls: ['ssm:GetParameter'] },
  'parameters.under': { calls: ['ssm:GetParametersByPath'] },
  'parameters.put': { calls: ['ssm:PutParameter'] },
  'parameters.remove': { calls: ['ssm:DeleteParameter'] },
  'plumbing.subscriptions': { calls: ['sns:ListSubscriptionsByTopic'] },
  'plumbing.queueDepth': { calls: ['sqs:GetQueueAttributes'] },
  'plumbing.rule': { calls: ['events:DescribeRule'] },
  'plumbing.trails': {
    calls: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  },
  publish: { calls: ['sns:Publish'] },
  ledger: { calls: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query'] },
} as const satisfies Readonly<Record<string, Needs>>;

export type Verb = keyof typeof PERMISSIONS;

/** All actions that a role needs to use these verbs, sorted. */
export function actionsOf(verbs: readonly Verb[]): readonly string[] {
  const needs: readonly Needs[] = verbs.map((verb) => PERMISSIONS[verb]);
  return [...new Set(needs.flatMap(({ calls, implied = [] }) => [...calls, ...implied]))].toSorted();
}
