/** IAM's prefix of each service, by the name of its client. An action is called like the API operation. */
const PREFIX: Readonly<Record<string, string>> = {
  CloudTrail: 'cloudtrail',
  CloudWatch: 'cloudwatch',
  CloudWatchLogs: 'logs',
  DynamoDB: 'dynamodb',
  EC2: 'ec2',
  ECS: 'ecs',
  EFS: 'elasticfilesystem',
  EventBridge: 'events',
  IAM: 'iam',
  Lambda: 'lambda',
  ResourceGroupsTaggingAPI: 'tag',
  SNS: 'sns',
  SQS: 'sqs',
  SSM: 'ssm',
};

const actions = new WeakMap<object, string>();

/** `EFSClient` and `DescribeFileSystemsCommand` give `elasticfilesystem:DescribeFileSystems`. */
export function actionOf(clientName: string, commandName: string): string {
  const service = clientName.replace(/Client$/, '');
  return `${PREFIX[service] ?? service}:${commandName.replace(/Command$/, '')}`;
}

export function rememberAction(error: unknown, action: string): void {
  if (typeof error === 'object' && error !== null) actions.set(error, action);
}

export function actionOfError(error: object): string | undefined {
  return actions.get(error);
}
