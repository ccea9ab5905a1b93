import { TAG_PREFIX } from '../../domain/tags.ts';
import type { Parsed } from '../../keeper.ts';
import type { Self } from '../../world.ts';
import { aText, FLAG, type Form, isEvent, isRecord, problemsOf, shown } from '../by-hand.ts';
import { readCall, type TrailCall } from '../cloud-trail.ts';
import { type Proof, parseConnection } from './connection.ts';

/** What somebody did, in their own words: told, and never the ground for a change. */
export interface Change {
  readonly call: string;
  readonly who: string;
  readonly at: string;
  readonly from: string;
  readonly with: string;
  /** Tags that were taken away, where it was that. */
  readonly tagKeys: readonly string[];
}

export type DriftInput =
  | { readonly kind: 'changed'; readonly resource: string; readonly change?: Change }
  /** A security group could not be deleted: another group's rule names it. */
  | { readonly kind: 'blocked'; readonly groupId: string; readonly change: Change }
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'family'; readonly family: string };

const EXAMPLE = { family: 'shop', dryRun: true };
const FORM: Form = {
  family: { ...aText(/^[A-Za-z0-9_-]{1,255}$/, 'the family of a task definition'), required: true },
  dryRun: FLAG,
};

export function parse(trigger: unknown, self: Self): Parsed<DriftInput> {
  if (!isEvent(trigger)) return parseRequest(trigger);
  switch (trigger['detail-type']) {
    case 'AWS Service Event via CloudTrail':
      return parseProof(trigger, self);
    case 'Tag Change on Resource':
      return parseTagChange(trigger, self);
    default:
      return isBlockedDeletion(trigger) ? parseBlocked(trigger, self) : parseChange(trigger, self);
  }
}

/** Where the id of what was changed stands in the request, or in the answer where AWS made it up. */
const RESOURCES: Readonly<Record<string, (call: TrailCall) => unknown>> = {
  'elasticfilesystem DeleteAccessPoint': ({ request }) => request['accessPointId'],
  'elasticfilesystem CreateMountTarget': ({ request }) => request['fileSystemId'],
  'elasticfilesystem DeleteMountTarget': ({ request }) => request['mountTargetId'],
  'elasticfilesystem ModifyMountTargetSecurityGroups': ({ request }) => request['mountTargetId'],
  'elasticfilesystem PutFileSystemPolicy': ({ request }) => request['fileSystemId'],
  'elasticfilesystem DeleteFileSystemPolicy': ({ request }) => request['fileSystemId'],
  'elasticfilesystem UpdateFileSystem': ({ request }) => request['fileSystemId'],
  'elasticfilesystem CreateFileSystem': ({ answer }) => answer['fileSystemId'],
  'elasticfilesystem DeleteFileSystem': ({ request }) => request['fileSystemId'],
  'elasticfilesystem TagResource': ({ request }) => request['resourceId'],
  'elasticfilesystem UntagResource': ({ request }) => request['resourceId'],
  'ec2 RevokeSecurityGroupIngress': ({ request }) => request['groupId'],
  'ec2 RevokeSecurityGroupEgress': ({ request }) => request['groupId'],
  'ec2 ModifySecurityGroupRules': ({ request }) => request['groupId'] ?? wrappedGroup(request),
  'ec2 DeleteSecurityGroup': ({ request }) => request['groupId'],
};

/** Records of EC2's newer calls hold the request whole, as its query protocol names it. */
function wrappedGroup({ ModifySecurityGroupRulesRequest: wrapped }: TrailCall['request']): unknown {
  return isRecord(wrapped) ? wrapped['GroupId'] : undefined;
}

const ID = /^(?:fs|fsap|fsmt|sg)-[0-9a-f]{8,40}$/;

function parseChange(event: unknown, self: Self): Parsed<DriftInput> {
  const read = readCall(event, self);
  if (read.kind === 'ignore') return read;
  const { call } = read;
  const find = RESOURCES[`${call.service} ${call.name}`];
  if (!find) return ignore(`${shown(call.name)} is no call that drift listens to`);
  if (isAboutTags(call) && !tagKeysOf(call).some((key) => key.startsWith(TAG_PREFIX)))
    return ignore('no tag of Mountkeeper was changed');
  const resource = idIn(find(call));
  if (resource === undefined) return ignore('the call names no file system, access point, mount target or group');
  return go({ kind: 'changed', resource, change: changeOf(call) }, `drift ${resource}`);
}

function isAboutTags({ name }: TrailCall): boolean {
  return name === 'TagResource' || name === 'UntagResource';
}

/** The resource may be named by its ARN. */
function idIn(value: unknown): string | undefined {
  const id = typeof value === 'string' ? (value.split('/').at(-1) ?? '') : '';
  return ID.test(id) ? id : undefined;
}

function tagKeysOf({ request }: TrailCall): readonly string[] {
  const { tags, tagKeys } = request;
  const set = Array.isArray(tags) ? tags.map((tag) => (isRecord(tag) ? tag['key'] : undefined)) : [];
  const all = Array.isArray(tagKeys) ? [...set, ...tagKeys] : set;
  return all.filter((key) => typeof key === 'string');
}

function changeOf(call: TrailCall): Change {
  return {
    call: call.name,
    who: call.principal,
    at: call.at,
    from: call.sourceAddress,
    with: call.userAgent,
    tagKeys: call.name === 'UntagResource' ? tagKeysOf(call) : [],
  };
}

function isBlockedDeletion({ detail }: Readonly<Record<string, unknown>>): boolean {
  return (
    isRecord(detail) &&
    detail['eventName'] === 'DeleteSecurityGroup' &&
    detail['errorCode'] === 'Client.DependencyViolation'
  );
}

/** The one failed call that is listened to. */
function parseBlocked(event: Readonly<Record<string, unknown>>, self: Self): Parsed<DriftInput> {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const read = readCall({ ...event, detail: { ...detail, errorCode: null } }, self);
  if (read.kind === 'ignore') return read;
  const groupId = idIn(read.call.request['groupId']);
  if (read.call.service !== 'ec2' || !groupId?.startsWith('sg-')) return ignore('the call names no security group');
  return go({ kind: 'blocked', groupId, change: changeOf(read.call) }, `drift ${groupId}`);
}

function parseProof(event: unknown, self: Self): Parsed<DriftInput> {
  const read = parseConnection(event, self);
  return 'why' in read ? ignore(read.why) : go({ kind: 'proof', proof: read }, `proof ${read.accessPointId}`);
}

function parseTagChange(event: Readonly<Record<string, unknown>>, self: Self): Parsed<DriftInput> {
  const { account, region, resources, detail } = event;
  if (account !== self.accountId || region !== self.region) return ignore('the event is of another account or Region');
  const keys = isRecord(detail) && Array.isArray(detail['changed-tag-keys']) ? detail['changed-tag-keys'] : [];
  if (!keys.some((key) => typeof key === 'string' && key.startsWith(TAG_PREFIX)))
    return ignore('no tag of Mountkeeper was changed');
  const resource = idIn(Array.isArray(resources) ? resources[0] : undefined);
  if (resource === undefined) return ignore('the tagged thing is none that a mount rests on');
  return go({ kind: 'changed', resource }, `drift ${resource}`);
}

function parseRequest(request: unknown): Parsed<DriftInput> {
  if (!isRecord(request)) {
    const problem = { field: '(the request)', got: shown(request), expected: 'a JSON object' };
    return { kind: 'bad', problems: [problem], example: EXAMPLE };
  }
  const problems = problemsOf(request, FORM);
  if (problems.length > 0) return { kind: 'bad', problems, example: EXAMPLE };
  const family = String(request['family']);
  return {
    kind: 'go',
    input: { kind: 'family', family },
    byHand: true,
    dryRun: request['dryRun'] === true,
    lease: `family ${family}`,
  };
}

function go(input: DriftInput, lease: string): Parsed<DriftInput> {
  return { kind: 'go', input, byHand: false, dryRun: false, lease };
}

function ignore(why: string): Parsed<DriftInput> {
  return { kind: 'ignore', why };
}
