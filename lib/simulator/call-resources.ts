import type { Account } from './account.ts';
import { tagMap } from './tags.ts';

export interface CallResource {
  /** The ARN that a policy would have to name; `*` where the action takes no resource. */
  readonly resource: string;
  readonly resourceTags: Readonly<Record<string, string>>;
  readonly requestTags: Readonly<Record<string, string>>;
}

interface RawCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

type Members = Readonly<Record<string, unknown>>;
type Finder = (account: Account, operation: string, input: Members) => string;

function text(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

function arn(account: Account, service: string, rest: string): string {
  return `arn:aws:${service}:${account.region}:${account.accountId}:${rest}`;
}

function efsResource(account: Account, _operation: string, input: Members): string {
  const mountTarget = account.state.efs.mountTargets[text(input['MountTargetId']) ?? ''];
  const id =
    text(input['AccessPointId']) ??
    text(input['ResourceId']) ??
    text(input['FileSystemId']) ??
    mountTarget?.fileSystemId;
  if (id === undefined) return '*';
  if (id.startsWith('arn:')) return id;
  return arn(account, 'elasticfilesystem', `${id.startsWith('fsap-') ? 'access-point' : 'file-system'}/${id}`);
}

const EC2_KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['sg-', 'security-group'],
  ['sgr-', 'security-group-rule'],
  ['vpc-', 'vpc'],
  ['subnet-', 'subnet'],
  ['pl-', 'prefix-list'],
];

function ec2Resource(account: Account, operation: string, input: Members): string {
  if (operation.startsWith('Describe') && operation !== 'DescribeVpcAttribute') return '*';
  const id = ['GroupId', 'VpcId', 'PrefixListId', 'Resources'].map((name) => text(input[name])).find(Boolean);
  const kind = EC2_KINDS.find(([prefix]) => id?.startsWith(prefix))?.[1];
  return id === undefined || kind === undefined ? '*' : arn(account, 'ec2', `${kind}/${id}`);
}

function iamResource(account: Account, _operation: string, input: Members): string {
  const name = text(input['RoleName']);
  if (name === undefined) return text(input['PolicyArn']) ?? text(input['PolicySourceArn']) ?? '*';
  return account.state.iam.roles[name]?.arn ?? `arn:aws:iam::${account.accountId}:role/${name}`;
}

const ECS_UNSCOPED = /^(Describe|List|Deregister)TaskDefinition|^ListServices$|^ListClusters$/;

function clusterName(input: Members): string {
  return (text(input['cluster']) ?? 'default').split('/').at(-1) ?? 'default';
}

function ecsResource(account: Account, operation: string, input: Members): string {
  if (ECS_UNSCOPED.test(operation)) return '*';
  const family = text(input['family']);
  if (family !== undefined) return arn(account, 'ecs', `task-definition/${family}:*`);
  const kinds: readonly (readonly [unknown, string])[] = [
    [input['resourceArn'], ''],
    [input['service'] ?? input['services'], `service/${clusterName(input)}`],
    [input['task'] ?? input['tasks'], `task/${clusterName(input)}`],
    [input['containerInstances'], `container-instance/${clusterName(input)}`],
    [input['taskDefinition'], 'task-definition'],
    [input['clusters'] ?? input['cluster'], 'cluster'],
  ];
  const [id, kind] = kinds.find(([value]) => text(value) !== undefined) ?? [undefined, ''];
  const name = text(id);
  if (name === undefined) return '*';
  return name.startsWith('arn:') ? name : arn(account, 'ecs', `${kind}/${name}`);
}

function dynamoResource(account: Account, _operation: string, input: Members): string {
  const transact = input['TransactItems'] as readonly Record<string, { TableName?: string }>[] | undefined;
  const table =
    text(input['TableName']) ??
    Object.keys((input['RequestItems'] as object | undefined) ?? {})[0] ??
    Object.values(transact?.[0] ?? {})[0]?.TableName;
  const index = text(input['IndexName']);
  return table === undefined ? '*' : arn(account, 'dynamodb', `table/${table}${index ? `/index/${index}` : ''}`);
}

function ssmResource(account: Account, _operation: string, input: Members): string {
  const name = text(input['Name']) ?? text(input['Names']) ?? text(input['Path']);
  return name === undefined ? '*' : arn(account, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

const FINDERS: Readonly<Record<string, Finder>> = {
  EFS: efsResource,
  EC2: ec2Resource,
  IAM: iamResource,
  ECS: ecsResource,
  DynamoDB: dynamoResource,
  SSM: ssmResource,
  SNS: (_account, _operation, input) => text(input['TopicArn']) ?? '*',
  SQS: (account, _operation, input) => account.state.sqs.queues[text(input['QueueUrl']) ?? '']?.arn ?? '*',
  CloudWatchLogs: (account, _operation, input) => {
    const named = text(input['resourceArn']) ?? text(input['logGroupIdentifier']);
    const group = text(input['logGroupName']);
    return named ?? (group === undefined ? '*' : arn(account, 'logs', `log-group:${group}`));
  },
  Lambda: (account, _operation, input) => {
    const name = text(input['FunctionName']);
    return name === undefined ? '*' : name.startsWith('arn:') ? name : arn(account, 'lambda', `function:${name}`);
  },
  EventBridge: (account, _operation, input) => {
    const rule = text(input['Name']) ?? text(input['Rule']);
    return rule === undefined ? '*' : arn(account, 'events', `rule/${rule}`);
  },
};

function requestTags(input: Members): Record<string, string> {
  const specifications = (input['TagSpecifications'] ?? []) as readonly { Tags?: readonly object[] }[];
  const direct = input['Tags'] ?? input['tags'] ?? [];
  const list = Array.isArray(direct) ? direct : Object.entries(direct).map(([key, value]) => ({ key, value }));
  return tagMap([...list, ...specifications.flatMap((specification) => specification.Tags ?? [])]);
}

/** What a policy's `Resource`, `aws:ResourceTag` and `aws:RequestTag` would see of this call. */
export function resourceOf(account: Account, call: RawCall): CallResource {
  const input = call.input as Members;
  const resource = FINDERS[call.service]?.(account, call.operation, input) ?? '*';
  return { resource, resourceTags: account.tagsOf(resource), requestTags: requestTags(input) };
}
