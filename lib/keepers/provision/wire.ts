import type { TaskDefinition } from '../../domain/ecs.ts';
import type { AccessPoint } from '../../domain/efs.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { TAG, type Tags } from '../../domain/tags.ts';
import type { VolumeWish } from './wishes.ts';

/** ECS API reference, TaskDefinition: members that only the answer has, and RegisterTaskDefinition refuses or ignores. */
const OUTPUT_ONLY: ReadonlySet<string> = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
  'tags',
]);

export interface WiredVolume {
  readonly wish: VolumeWish;
  readonly point: AccessPoint;
}

export interface Wiring {
  readonly source: TaskDefinition;
  readonly volumes: readonly WiredVolume[];
}

type Json = Readonly<Record<string, unknown>>;

export interface Wired {
  readonly input: Json;
  /** Of everything that is asked for, whichever revision it is made from. */
  readonly specHash: string;
}

/** The input of a new revision: the source with every member kept, and the volumes as they shall be mounted. */
export function wire(wiring: Wiring): Wired {
  const { source } = wiring;
  const kept = Object.fromEntries(Object.entries(source.raw).filter(([name]) => !OUTPUT_ONLY.has(name)));
  const definition: Json = {
    ...kept,
    containerDefinitions: records(kept['containerDefinitions']).map((one) => wiredContainer(one, wiring)),
    volumes: wiredVolumes(records(kept['volumes']), wiring),
  };
  const tags = carriedTags(source.tags);
  const specHash = fingerprint(sortedJson([definition, tags, wiring.volumes.map(specOf)]).replaceAll(ACCESS_POINT, ''));
  const ours = { [TAG.wiredFrom]: `${source.family}:${source.revision}`, [TAG.spec]: specHash };
  const all = Object.entries({ ...tags, ...ours }).map(([key, value]) => ({ key, value }));
  return { input: { ...definition, tags: all }, specHash };
}

/** A point that is made anew under another id is still the same wiring. */
const ACCESS_POINT = /fsap-[0-9a-f]{8,40}/g;

function specOf({ wish, point }: WiredVolume): Json {
  return { volume: wish.name, fileSystemId: wish.fileSystemId, path: point.path, user: point.user };
}

/** Tags that begin with `aws:` are AWS's own and are refused; ours are written anew. */
function carriedTags(tags: Tags): Tags {
  const ours: readonly string[] = [TAG.wiredFrom, TAG.spec];
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:') && !ours.includes(key)));
}

function wiredVolumes(volumes: readonly Json[], { volumes: wanted, source }: Wiring): readonly Json[] {
  const iam = source.taskRoleArn !== undefined;
  const present = volumes.map((volume) => {
    const wired = wanted.find(({ wish }) => wish.name === volume['name']);
    const efs = record(volume['efsVolumeConfiguration']);
    return wired && efs ? { ...volume, efsVolumeConfiguration: wiredEfs(efs, wired, iam) } : volume;
  });
  const added = wanted
    .filter(({ wish }) => wish.added)
    .map((wired) => ({
      name: wired.wish.name,
      efsVolumeConfiguration: wiredEfs({ fileSystemId: wired.wish.fileSystemId }, wired, iam),
    }));
  return [...present, ...added];
}

/** Without a task role there is nobody to authorize: IAM stays as it was. */
function wiredEfs(efs: Json, { point }: WiredVolume, iam: boolean): Json {
  const { rootDirectory: _dropped, ...rest } = efs;
  return {
    ...rest,
    transitEncryption: 'ENABLED',
    authorizationConfig: {
      ...record(efs['authorizationConfig']),
      accessPointId: point.id,
      ...(iam ? { iam: 'ENABLED' } : {}),
    },
  };
}

function wiredContainer(container: Json, { volumes }: Wiring): Json {
  const points = volumes.flatMap(({ wish: { added, name } }) =>
    added?.container === container['name']
      ? [{ sourceVolume: name, containerPath: added?.containerPath, readOnly: false }]
      : [],
  );
  if (points.length === 0) return container;
  return { ...container, mountPoints: [...records(container['mountPoints']), ...points] };
}

/** Whether a revision mounts everything as it shall be: what it is decided by, not by who registered it. */
export function isWired({ source, volumes }: Wiring): boolean {
  return volumes.every(({ wish, point }) => {
    const efs = source.volumes.find(({ name }) => name === wish.name)?.efs;
    return (
      efs !== undefined &&
      efs.fileSystemId === wish.fileSystemId &&
      efs.accessPointId === point.id &&
      efs.transitEncryption &&
      (efs.iam || source.taskRoleArn === undefined) &&
      (efs.rootDirectory === undefined || efs.rootDirectory === '/')
    );
  });
}

/** Before an access point is known its volume stands there without one. */
export interface Viewing {
  readonly source: TaskDefinition;
  readonly volumes: readonly { readonly wish: VolumeWish; readonly point: AccessPoint | undefined }[];
}

/** The family as it will be, for the rules and repairs that judge a mount. */
export function wiredView({ source, volumes }: Viewing): TaskDefinition {
  const iam = source.taskRoleArn !== undefined;
  const views = volumes.map(({ wish, point }) => ({
    name: wish.name,
    kind: 'efs' as const,
    efs: {
      ...(wish.present?.transitEncryptionPort ? { transitEncryptionPort: wish.present.transitEncryptionPort } : {}),
      fileSystemId: wish.fileSystemId,
      ...(point ? { accessPointId: point.id } : {}),
      transitEncryption: true,
      iam: iam || (wish.present?.iam ?? false),
    },
  }));
  const containers = source.containers.map((container) => ({
    ...container,
    mountPoints: [
      ...container.mountPoints,
      ...volumes.flatMap(({ wish: { added, name } }) =>
        added?.container === container.name
          ? [{ sourceVolume: name, containerPath: added.containerPath, readOnly: false }]
          : [],
      ),
    ],
  }));
  const others = source.volumes.filter(({ efs }) => !efs);
  return { ...source, containers, volumes: [...others, ...views] };
}

/** One text whatever the order of members. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    const object = record(member);
    return object
      ? Object.fromEntries(Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : member;
  });
}

function record(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map((item) => record(item) ?? {}) : [];
}
