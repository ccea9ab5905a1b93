import type { Account, Call } from './account.ts';
import type { SimulatedError } from './errors.ts';
import { ec2TrailShape, hideEnvironment, trailShape } from './trail-shapes.ts';

interface LoggedService {
  /** `detail.eventSource` without `.amazonaws.com`, and the event's `source` after `aws.`. */
  readonly name: string;
  readonly apiVersion: string;
  readonly shape: (value: unknown) => unknown;
  /** IAM logs in us-east-1 only: nothing is heard of it on another Region's bus. */
  readonly global?: true;
}

/** Services whose writes are management events. Publish, Invoke, PutItem and the like are data events. */
const LOGGED: Readonly<Record<string, LoggedService>> = {
  EFS: { name: 'elasticfilesystem', apiVersion: '2015-02-01', shape: trailShape },
  ECS: { name: 'ecs', apiVersion: '2014-11-13', shape: (value) => hideEnvironment(trailShape(value)) },
  EC2: { name: 'ec2', apiVersion: '2016-11-15', shape: ec2TrailShape },
  IAM: { name: 'iam', apiVersion: '2010-05-08', shape: trailShape, global: true },
  SSM: { name: 'ssm', apiVersion: '2014-11-06', shape: trailShape },
};
const READS = /^(Describe|Get|List|Lookup|Simulate|Filter)/;
/** Refusals are called alike in the records of most services; EC2 says whose fault it was. */
function errorName(call: Call, code: string): string {
  if (call.service === 'EC2') return `Client.${code}`;
  return code === 'AccessDeniedException' ? 'AccessDenied' : code;
}

/** Who called, as a record names it: a role shows as a session with its issuer. */
export function userIdentity(account: Account, caller: string): Record<string, unknown> {
  const { accountId } = account;
  const name = caller.split('/').at(-1) ?? caller;
  if (!caller.startsWith('arn:')) return { type: 'AWSService', invokedBy: caller };
  if (!caller.includes(':role/')) {
    return {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: caller,
      accountId,
      accessKeyId: 'EXAMPLEACCESSKEYID',
      userName: name,
    };
  }
  const principalId = account.state.iam.roles[name]?.id ?? 'AROAEXAMPLE';
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:session`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/session`,
    accountId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId, arn: caller, accountId, userName: name },
    },
  };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

type Result = { readonly output: object } | { readonly error: SimulatedError };

function outcome(call: Call, service: LoggedService, result: Result): Record<string, unknown> {
  if ('error' in result) {
    const { code, message } = result.error;
    return { errorCode: errorName(call, code), errorMessage: message, responseElements: null };
  }
  return { responseElements: isEmpty(result.output) ? null : service.shape(result.output) };
}

/** EC2's newer calls are recorded whole, with the names of the query protocol. */
const WHOLE: ReadonlySet<string> = new Set(['ModifySecurityGroupRules']);

function requestOf({ operation, input }: Call, service: LoggedService): unknown {
  if (isEmpty(input)) return null;
  return WHOLE.has(operation) ? { [`${operation}Request`]: input } : service.shape(input);
}

function recordOf(account: Account, call: Call, result: Result): Record<string, unknown> | undefined {
  const service = LOGGED[call.service];
  if (service === undefined || READS.test(call.operation)) return undefined;
  return {
    eventVersion: '1.08',
    userIdentity: userIdentity(account, call.caller),
    eventTime: account.clock.nowIso().replace(/\.\d+Z$/, 'Z'),
    eventSource: `${service.name}.amazonaws.com`,
    eventName: call.operation,
    awsRegion: service.global ? 'us-east-1' : account.region,
    sourceIPAddress: '192.0.2.10',
    userAgent: call.userAgent,
    ...outcome(call, service, result),
    requestParameters: requestOf(call, service),
    requestID: account.newUuid(),
    eventID: account.newUuid(),
    readOnly: false,
    eventType: 'AwsApiCall',
    apiVersion: service.apiVersion,
    managementEvent: true,
    recipientAccountId: account.accountId,
    eventCategory: 'Management',
  };
}

/** Keeps the record of a mutating call, and puts it on the bus of its Region. */
export function logCall(account: Account, call: Call, result: Result): void {
  const service = LOGGED[call.service];
  const detail = recordOf(account, call, result);
  if (service === undefined || detail === undefined) return;
  account.state.trail.push(detail);
  if (service.global) return;
  account.bus.publish({
    id: account.newUuid(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service.name}`,
    account: account.accountId,
    time: String(detail['eventTime']),
    region: account.region,
    resources: [],
    detail,
  });
}
