import { parseArn, parseTaskDefinitionName } from '../../domain/ids.ts';
import { TAG, TAG_PREFIX } from '../../domain/tags.ts';
import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';
import { readCall, type TrailCall } from '../cloud-trail.ts';

/** Which family is to be looked at, and the hints that only the event has. Nothing is built from them. */
export interface ProvisionInput {
  readonly family: string;
  readonly byHand: boolean;
  readonly heard: 'register' | 'tag' | 'untag' | 'deregister' | 'service' | 'request';
  /** The revision that the event names. */
  readonly revision?: number;
  /** The keys that were taken away; empty but for `untag`. */
  readonly untagged: readonly string[];
  /** Of the call that registered a revision: tells Terraform and CloudFormation from people. */
  readonly userAgent?: string;
  readonly service?: { readonly clusterArn: string; readonly serviceArn: string };
}

const EXAMPLE = { taskDefinition: 'shop', dryRun: true };

const FORM: Form = {
  taskDefinition: {
    expected: 'a family, family:revision or the ARN of a task definition',
    valid: (value) => typeof value === 'string' && value.length <= 2048 && parseTaskDefinitionName(value) !== undefined,
    required: true,
  },
  dryRun: FLAG,
};

export function parse(trigger: unknown, self: Self): Parsed<ProvisionInput> {
  if (!isEvent(trigger)) return parseRequest(trigger, self);
  if (trigger['detail-type'] === 'Tag Change on Resource') return parseTagChange(trigger, self);
  const read = readCall(trigger, self);
  return read.kind === 'ignore' ? read : parseCall(read.call, self);
}

type Reader = (call: TrailCall, self: Self) => Parsed<ProvisionInput>;

const READERS: Readonly<Record<string, Reader>> = {
  RegisterTaskDefinition: (call) =>
    go(inAnswer(call, 'taskDefinition', 'taskDefinitionArn') ?? call.request['family'], {
      heard: 'register',
      userAgent: call.userAgent,
    }),
  DeregisterTaskDefinition: (call) => go(call.request['taskDefinition'], { heard: 'deregister' }),
  TagResource: (call) => ofTags(call.request['resourceArn'], { keys: keysOf(call.request['tags']), heard: 'tag' }),
  UntagResource: (call) =>
    ofTags(call.request['resourceArn'], { keys: textsOf(call.request['tagKeys']), heard: 'untag' }),
  CreateService: ofService,
  UpdateService: ofService,
};

function parseCall(call: TrailCall, self: Self): Parsed<ProvisionInput> {
  const reader = call.service === 'ecs' && Object.hasOwn(READERS, call.name) ? READERS[call.name] : undefined;
  return reader ? reader(call, self) : ignore(`${shown(call.name)} is no call that provisioning listens to`);
}

function ofTags(
  resource: unknown,
  { keys, heard }: { readonly keys: readonly string[] | undefined; readonly heard: 'tag' | 'untag' },
): Parsed<ProvisionInput> {
  if (typeof resource !== 'string' || !resource.includes(':task-definition/'))
    return ignore('the tagged resource is no task definition');
  if (keys && !keys.some((key) => key.startsWith(TAG_PREFIX))) return ignore('no tag of Mountkeeper was changed');
  return go(resource, { heard, untagged: heard === 'untag' ? (keys ?? []) : [] });
}

/** What autoscaling sends, often: nothing in it concerns a mount. */
const SCALING: ReadonlySet<string> = new Set(['cluster', 'service', 'desiredCount']);

/** A service tells of its family, and of itself: it is remembered as one of the family's. */
function ofService(call: TrailCall): Parsed<ProvisionInput> {
  if (Object.keys(call.request).every((member) => SCALING.has(member)) && call.name === 'UpdateService')
    return ignore('only the number of tasks was changed');
  const reference = inAnswer(call, 'service', 'taskDefinition') ?? call.request['taskDefinition'];
  const clusterArn = inAnswer(call, 'service', 'clusterArn');
  const serviceArn = inAnswer(call, 'service', 'serviceArn');
  if (typeof reference !== 'string') return ignore('the service names no task definition');
  const service =
    typeof clusterArn === 'string' && typeof serviceArn === 'string' ? { service: { clusterArn, serviceArn } } : {};
  return go(reference, { heard: 'service', ...service });
}

function parseTagChange(event: Readonly<Record<string, unknown>>, self: Self): Parsed<ProvisionInput> {
  const { account, region, resources, detail } = event;
  if (account !== self.accountId || region !== self.region) return ignore('the event is of another account or Region');
  if (!isRecord(detail) || detail['service'] !== 'ecs') return ignore('the tag change is not of ECS');
  const changed = textsOf(detail['changed-tag-keys']) ?? [];
  const left = isRecord(detail['tags']) ? detail['tags'] : {};
  const gone = changed.filter((key) => !(key in left));
  return ofTags(textsOf(resources)?.[0], {
    keys: gone.length > 0 ? gone : changed,
    heard: gone.length > 0 ? 'untag' : 'tag',
  });
}

function parseRequest(request: unknown, self: Self): Parsed<ProvisionInput> {
  if (!isRecord(request)) return bad([{ field: '(the request)', got: shown(request), expected: 'a JSON object' }]);
  const problems = problemsOf(request, FORM);
  if (problems.length > 0) return bad(problems);
  const reference = String(request['taskDefinition']);
  const arn = parseArn(reference);
  if (arn && (arn.accountId !== self.accountId || arn.region !== self.region))
    return bad([
      {
        field: 'taskDefinition',
        got: shown(reference),
        expected: `an ARN of account ${self.accountId} in ${self.region}`,
      },
    ]);
  return { ...go(reference, { heard: 'request' }), dryRun: request['dryRun'] === true } as Parsed<ProvisionInput>;
}

function go(reference: unknown, rest: Pick<ProvisionInput, 'heard'> & Partial<ProvisionInput>): Parsed<ProvisionInput> {
  const named = typeof reference === 'string' ? parseTaskDefinitionName(reference) : undefined;
  if (!named) return ignore('the event names no task definition');
  const byHand = rest.heard === 'request';
  return {
    kind: 'go',
    input: { untagged: [], ...rest, ...named, byHand },
    byHand,
    dryRun: false,
    lease: `family ${named.family}`,
  };
}

/** The tag that opts in was taken from this revision: an opt-out in words, unlike a revision that never had it. */
export function tookBack(input: ProvisionInput, revision: number): boolean {
  return input.heard === 'untag' && input.untagged.includes(TAG.enabled) && input.revision === revision;
}

function inAnswer({ answer }: TrailCall, thing: string, member: string): unknown {
  const inside = answer[thing];
  return isRecord(inside) ? inside[member] : undefined;
}

/** Absent where the record says nothing readable of them: then the tags are read again anyway. */
function keysOf(tags: unknown): readonly string[] | undefined {
  if (!Array.isArray(tags)) return undefined;
  return tags.flatMap((tag: unknown) => (isRecord(tag) && typeof tag['key'] === 'string' ? [tag['key']] : []));
}

function textsOf(values: unknown): readonly string[] | undefined {
  if (!Array.isArray(values)) return undefined;
  return values.filter((value) => typeof value === 'string');
}

function bad(problems: readonly { readonly field: string; readonly got: string; readonly expected: string }[]) {
  return { kind: 'bad', problems, example: EXAMPLE } as const;
}

function ignore(why: string): { readonly kind: 'ignore'; readonly why: string } {
  return { kind: 'ignore', why };
}
