import { classify, couldBeEfs } from '../../diagnosis/classify/classify.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { aText, FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';
import { type StopDetail, StopEvent } from './stop-event.ts';

/** What is to be looked at. `stop` holds what the event said, untrusted: everything that leads to a change is read again. */
export type RemediateInput =
  | { readonly kind: 'stop'; readonly stop: Stop; readonly mayAct: boolean }
  | { readonly kind: 'task'; readonly taskArn: string; readonly clusterArn: string }
  | { readonly kind: 'service'; readonly cluster: string; readonly service: string }
  | { readonly kind: 'task-definition'; readonly reference: string };

export interface Stop {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly stopCode: string;
  readonly reason: string;
  readonly containerReasons: readonly string[];
  readonly group?: string;
  readonly zoneName?: string;
  readonly subnetId?: string;
  readonly createdAtMs?: number;
  readonly stoppedAtMs?: number;
}

const EXAMPLE = { cluster: 'example', service: 'shop', dryRun: true };
const TASK = /^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task\/(?:[\w-]+\/)?[\w-]+$/;
const NAME = /^[A-Za-z0-9_-]{1,255}$|^arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:(?:cluster|service)\/[\w/-]+$/;

const FORMS: Readonly<Record<string, Form>> = {
  task: { task: aText(TASK, 'the ARN of a task'), dryRun: FLAG },
  service: {
    cluster: { ...aText(NAME, 'the name or ARN of a cluster'), required: true },
    service: { ...aText(NAME, 'the name or ARN of a service'), required: true },
    dryRun: FLAG,
  },
  taskDefinition: {
    taskDefinition: {
      expected: 'a family, family:revision or the ARN of a task definition',
      valid: (value) => typeof value === 'string' && parseTaskDefinitionName(value) !== undefined,
    },
    dryRun: FLAG,
  },
};

export function parse(trigger: unknown, self: Self): Parsed<RemediateInput> {
  return isEvent(trigger) ? parseEvent(trigger, self) : parseRequest(trigger, self);
}

function parseEvent(event: Readonly<Record<string, unknown>>, self: Self): Parsed<RemediateInput> {
  if (event['detail-type'] !== 'ECS Task State Change' || event['source'] !== 'aws.ecs')
    return ignore('not an ECS Task State Change');
  if (isRecord(event['detail']) && event['detail']['lastStatus'] !== 'STOPPED')
    return ignore('the task has not stopped');
  const read = StopEvent.safeParse(event);
  if (!read.success) return ignore('the event has not the shape of an ECS Task State Change');
  const { account, region, detail } = read.data;
  if (account !== self.accountId || region !== self.region) return ignore('the event is of another account or Region');
  if (!TASK.test(detail.taskArn) || !parseTaskDefinitionName(detail.taskDefinitionArn))
    return ignore('the task or its task definition has no valid ARN');
  return judge(detail);
}

/** Only a task that failed to start, and never started, may lead to changes: a stop reason can be forged. */
function judge(detail: StopDetail): Parsed<RemediateInput> {
  const failedToStart =
    detail.stopCode === 'TaskFailedToStart' && !detail.startedAt && (detail.desiredStatus ?? 'STOPPED') === 'STOPPED';
  if (!failedToStart && detail.stopCode !== 'EssentialContainerExited')
    return ignore(`a task that stopped with ${shown(detail.stopCode)} is no mount failure`);
  const stop = stopOf(detail);
  if (!failedToStart && !detail.containers?.some((container) => container.exitCode !== 0))
    return ignore('every container ended with exit code 0');
  const reason = {
    text: stop.reason,
    field: 'stoppedReason',
    stopCode: stop.stopCode,
    containerReasons: stop.containerReasons,
  } as const;
  if (failedToStart && !couldBeEfs(reason)) return ignore('the stop reason is not about EFS');
  const { kind } = classify(reason);
  const family = parseTaskDefinitionName(detail.taskDefinitionArn)?.family ?? '';
  const service = detail.group?.startsWith('service:') === true;
  return {
    kind: 'go',
    input: { kind: 'stop', stop, mayAct: failedToStart },
    byHand: false,
    dryRun: false,
    lease: `family ${family}`,
    ...(service
      ? { fingerprint: `${detail.clusterArn} ${detail.group} ${family} ${kind} ${detail.availabilityZone ?? ''}` }
      : {}),
  };
}

function stopOf(detail: StopDetail): Stop {
  const attachment = detail.attachments?.find((one) => one.type === 'eni' || one.type === 'ElasticNetworkInterface');
  const subnetId = attachment?.details?.find((one) => one.name === 'subnetId')?.value;
  const createdAtMs = milliseconds(detail.createdAt);
  const stoppedAtMs = milliseconds(detail.stoppedAt);
  return {
    taskArn: detail.taskArn,
    clusterArn: detail.clusterArn,
    taskDefinitionArn: detail.taskDefinitionArn,
    stopCode: detail.stopCode ?? '',
    reason: detail.stoppedReason ?? '',
    containerReasons: (detail.containers ?? []).flatMap((container) => (container.reason ? [container.reason] : [])),
    ...(detail.group ? { group: detail.group } : {}),
    ...(detail.availabilityZone ? { zoneName: detail.availabilityZone } : {}),
    ...(subnetId ? { subnetId } : {}),
    ...(createdAtMs === undefined ? {} : { createdAtMs }),
    ...(stoppedAtMs === undefined ? {} : { stoppedAtMs }),
  };
}

function milliseconds(iso: string | null | undefined): number | undefined {
  const ms = Date.parse(iso ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

function parseRequest(request: unknown, self: Self): Parsed<RemediateInput> {
  if (!isRecord(request))
    return {
      kind: 'bad',
      problems: [{ field: '(the request)', got: shown(request), expected: 'a JSON object' }],
      example: EXAMPLE,
    };
  const form = FORMS[formOf(request)] ?? {};
  const problems = problemsOf(request, form);
  const where = placeOf(request, self);
  if (problems.length > 0 || where.length > 0)
    return { kind: 'bad', problems: [...problems, ...where], example: EXAMPLE };
  return {
    kind: 'go',
    input: inputOf(request),
    byHand: true,
    dryRun: request['dryRun'] === true,
    lease: leaseOf(request),
  };
}

function formOf(request: Readonly<Record<string, unknown>>): string {
  if ('task' in request) return 'task';
  return 'taskDefinition' in request ? 'taskDefinition' : 'service';
}

/** ARNs of another account or Region are refused: Mountkeeper works where it lives. */
function placeOf(request: Readonly<Record<string, unknown>>, self: Self) {
  const foreign = Object.entries(request).filter(
    ([, value]) =>
      typeof value === 'string' && value.startsWith('arn:') && !value.includes(`:${self.region}:${self.accountId}:`),
  );
  return foreign.map(([field, value]) => ({
    field,
    got: shown(value),
    expected: `an ARN of account ${self.accountId} in ${self.region}`,
  }));
}

function inputOf(request: Readonly<Record<string, unknown>>): RemediateInput {
  if (typeof request['task'] === 'string')
    return { kind: 'task', taskArn: request['task'], clusterArn: clusterOf(request['task']) };
  if (typeof request['taskDefinition'] === 'string')
    return { kind: 'task-definition', reference: request['taskDefinition'] };
  return { kind: 'service', cluster: String(request['cluster']), service: String(request['service']) };
}

/** `…:task/<cluster>/<id>`; old ARNs without a cluster mean the default one. */
function clusterOf(taskArn: string): string {
  const parts = taskArn.split('/');
  return parts.length === 3 && parts[1] ? parts[1] : 'default';
}

function leaseOf(request: Readonly<Record<string, unknown>>): string {
  const family =
    typeof request['taskDefinition'] === 'string'
      ? parseTaskDefinitionName(request['taskDefinition'])?.family
      : undefined;
  return family ? `family ${family}` : `by hand ${String(request['task'] ?? request['service'])}`;
}

function ignore(why: string): Parsed<RemediateInput> {
  return { kind: 'ignore', why };
}
