import type { Request } from './requests.ts';

/** The request again without what its owner must have given, one way each. */
type Without = Readonly<Record<string, (request: Request) => Request>>;

const withoutResourceTag = (name: string) => (request: Request) => ({
  ...request,
  resourceTags: without(request.resourceTags, name),
});
const withoutRequestTag = (name: string) => (request: Request) => ({
  ...request,
  requestTags: without(request.requestTags, name),
});
const withKeys = (keys: Request['keys']) => (request: Request) => ({ ...request, keys });
const ofAnotherAccount = (request: Request) => ({
  ...request,
  resource: request.resource.replace('111122223333', '444455556666'),
});
const named = (resource: string) => (request: Request) => ({ ...request, resource });

function without(tags: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== name));
}

const GROUP: Without = {
  "without the owner's key on the group": withoutResourceTag('mountkeeper:allow'),
  'with a key that says no': (request) => ({ ...request, resourceTags: { 'mountkeeper:allow': 'false' } }),
  'in another account': ofAnotherAccount,
};
const RULE: Without = { 'without the tag of Mountkeeper on the rule': withoutRequestTag('mountkeeper:managed') };
const authorized = (request: Request) => (request.resource.includes(':security-group-rule/') ? RULE : GROUP);
const ROLE: Without = {
  "without the owner's key on the role": withoutResourceTag('mountkeeper:allow'),
  'with a key that says no': (request) => ({ ...request, resourceTags: { 'mountkeeper:allow': 'false' } }),
  'in another account': ofAnotherAccount,
};
const PARAMETER: Without = {
  'outside of the published volumes': named('arn:aws:ssm:eu-west-1:111122223333:parameter/mountkeeper/mode'),
  'of another owner': named('arn:aws:ssm:eu-west-1:111122223333:parameter/billing/password'),
};
const ROWS: Without = { 'in another table': named('arn:aws:dynamodb:eu-west-1:111122223333:table/orders') };

/** What guards each write, by its action: design, "Opt-in: the keys". */
export const GUARDS: Readonly<Record<string, (request: Request) => Without>> = {
  'elasticfilesystem:CreateAccessPoint': () => ({
    "without the owner's key on the file system": withoutResourceTag('mountkeeper:allow'),
    'without the tag of Mountkeeper': withoutRequestTag('mountkeeper:managed'),
  }),
  'elasticfilesystem:TagResource': () => ({
    'outside of the making of an access point': withKeys({}),
    'while a file system is made': withKeys({ 'elasticfilesystem:CreateAction': 'CreateFileSystem' }),
  }),
  'elasticfilesystem:DeleteAccessPoint': () => ({
    'that Mountkeeper did not make': withoutResourceTag('mountkeeper:managed'),
  }),
  'elasticfilesystem:UpdateFileSystem': () => ({
    "without the owner's key for throughput": withoutResourceTag('mountkeeper:throughput'),
    'where it may only observe': (request) => ({
      ...request,
      resourceTags: { ...request.resourceTags, 'mountkeeper:throughput': 'observe' },
    }),
  }),
  'iam:PutRolePolicy': () => ROLE,
  'iam:DeleteRolePolicy': () => ROLE,
  'ec2:AuthorizeSecurityGroupIngress': authorized,
  'ec2:AuthorizeSecurityGroupEgress': authorized,
  'ec2:RevokeSecurityGroupIngress': () => GROUP,
  'ec2:RevokeSecurityGroupEgress': () => GROUP,
  'ec2:CreateTags': () => ({
    'outside of the making of a rule': withKeys({}),
    'while an instance is made': withKeys({ 'ec2:CreateAction': 'RunInstances' }),
    'on a group': named('arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0123456789abcdef0'),
  }),
  'ecs:UpdateService': () => ({ "without the owner's key on the service": withoutResourceTag('mountkeeper:deploy') }),
  'ecs:RegisterTaskDefinition': () => ({
    'without the tag that names its source': withoutRequestTag('mountkeeper:wired-from'),
  }),
  'ecs:TagResource': () => ({ 'outside of a registration': withKeys({}) }),
  'iam:PassRole': () => ({
    'to another service': withKeys({ 'iam:PassedToService': 'ec2.amazonaws.com' }),
    'of another account': ofAnotherAccount,
  }),
  'ssm:PutParameter': () => PARAMETER,
  'ssm:DeleteParameter': () => PARAMETER,
  'dynamodb:PutItem': () => ROWS,
  'dynamodb:DeleteItem': () => ROWS,
  'logs:FilterLogEvents': () => ({
    "without the owner's key on the log group": withoutResourceTag('mountkeeper:allow'),
    'in another account': ofAnotherAccount,
  }),
  'sns:Publish': () => ({ 'to another topic': named('arn:aws:sns:eu-west-1:111122223333:orders') }),
};

const READS = /^[a-z0-9]+:(Describe|Get|List|Lookup|Filter|Query)/;

/** Undefined for reads that need no key. Throws for a write that nobody has given a guard. */
export function guardOf(request: Request): Without | undefined {
  const guard = GUARDS[request.action];
  if (!guard && READS.test(request.action)) return undefined;
  if (!guard) throw new Error(`${request.action} changes something, and no guard of it is known`);
  return guard(request);
}
