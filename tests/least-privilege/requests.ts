import { actionOf } from '../../lib/aws/calls.ts';
import type { Call } from '../../lib/simulator/account.ts';
import { ACCOUNT_ID, REGION } from './roles.ts';

/** What AWS asks the role's policies for one call: an action on one resource, with the keys of the request. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly resourceTags: Readonly<Record<string, string>>;
  readonly requestTags: Readonly<Record<string, string>>;
  /** Condition keys of the service. */
  readonly keys: Readonly<Record<string, string>>;
}

type Expand = (request: Request, input: Readonly<Record<string, unknown>>) => readonly Request[];

const ec2 = (rest: string) => `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:${rest}`;
const efs = (rest: string) => `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT_ID}:${rest}`;

/** Rule and tags are resources of the call as well: Service Authorization Reference of EC2. */
const authorize: Expand = (request) => {
  const CreateAction = request.action.split(':')[1] ?? '';
  const rule = { ...request, resource: ec2('security-group-rule/*'), resourceTags: {} };
  const tagging = { ...rule, action: 'ec2:CreateTags', keys: { 'ec2:CreateAction': CreateAction } };
  return [request, ...(Object.keys(request.requestTags).length > 0 ? [rule, tagging] : [])];
};

/** Where no id is given, AWS asks for every one of the kind. */
const every =
  (resource: string): Expand =>
  (request) => [request.resource === '*' ? { ...request, resource } : request];

const EXPANSIONS: Readonly<Record<string, Expand>> = {
  'ec2:AuthorizeSecurityGroupIngress': authorize,
  'ec2:AuthorizeSecurityGroupEgress': authorize,
  'elasticfilesystem:CreateAccessPoint': (request) => [
    request,
    {
      ...request,
      action: 'elasticfilesystem:TagResource',
      resource: efs('access-point/*'),
      resourceTags: {},
      keys: { 'elasticfilesystem:CreateAction': 'CreateAccessPoint' },
    },
  ],
  'elasticfilesystem:DescribeMountTargetSecurityGroups': (request) => [
    request,
    { ...request, action: 'ec2:DescribeNetworkInterfaceAttribute', resource: '*', resourceTags: {} },
  ],
  'elasticfilesystem:DescribeFileSystems': every(efs('file-system/*')),
  'elasticfilesystem:DescribeAccessPoints': every(efs('file-system/*')),
  'ecs:ListTasks': (request) => {
    const cluster = request.resource.split('/').at(-1);
    return [{ ...request, resource: `arn:aws:ecs:${REGION}:${ACCOUNT_ID}:container-instance/${cluster}/*` }];
  },
  'ecs:RegisterTaskDefinition': (request, input) => [
    request,
    ...(Object.keys(request.requestTags).length > 0
      ? [{ ...request, action: 'ecs:TagResource', keys: { 'ecs:CreateAction': 'RegisterTaskDefinition' } }]
      : []),
    ...[input['taskRoleArn'], input['executionRoleArn']]
      .filter((arn) => typeof arn === 'string')
      .map((resource) => ({
        action: 'iam:PassRole',
        resource,
        resourceTags: {},
        requestTags: {},
        keys: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
      })),
  ],
};

/** Every request that IAM sees of a call that reached the simulated account. */
export function requestsOf(call: Call): readonly Request[] {
  const { resource, resourceTags, requestTags, service, operation } = call;
  const action = actionOf(`${service}Client`, `${operation}Command`);
  const request = { action, resource, resourceTags, requestTags, keys: {} };
  return EXPANSIONS[action]?.(request, call.input as Readonly<Record<string, unknown>>) ?? [request];
}

/** Requests that differ for a policy, once each: ids and the tags of others say nothing. */
export function distinct(requests: readonly Request[]): readonly Request[] {
  return [...new Map(requests.map((request) => [patternOf(request), request])).values()];
}

/** The tags that roles ask for. */
const ASKED = ['allow', 'managed', 'deploy', 'throughput', 'wired-from'].map((name) => `mountkeeper:${name}`);

export function patternOf({ action, resource, resourceTags, requestTags, keys }: Request): string {
  const ours = (tags: Readonly<Record<string, string>>) =>
    Object.entries(tags)
      .filter(([name]) => ASKED.includes(name))
      .toSorted();
  const named = action.startsWith('ssm:') || action.startsWith('sqs:') || action.startsWith('sns:');
  const kind = named ? resource : resource.replace(/[/:][^/:]*$/, '');
  return JSON.stringify([action, kind, ours(resourceTags), ours(requestTags), keys]);
}

export function shown({ action, resource, resourceTags, requestTags }: Request): string {
  return `${action} on ${resource} ${JSON.stringify({ resourceTags, requestTags })}`;
}
