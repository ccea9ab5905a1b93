import type { EfsVolume, TaskDefinition } from '../../domain/ecs.ts';
import type { Finding } from '../../domain/finding.ts';
import { TAG, TAG_PREFIX, type Tags } from '../../domain/tags.ts';
import { TAG_RULES, WRITTEN_TAGS } from './tag-rules.ts';

/** A container that mounts a volume. */
export interface Mounting {
  readonly container: string;
  readonly readOnly: boolean;
  readonly user?: string;
}

/** What the app team wants of one volume. */
export interface VolumeWish {
  readonly name: string;
  readonly fileSystemId: string;
  /** As the revision has it; absent where the tags add the volume. */
  readonly present?: EfsVolume;
  readonly added?: { readonly container: string; readonly containerPath: string };
  readonly mountedBy: readonly Mounting[];
  readonly uid?: number;
  readonly gid?: number;
  readonly permissions?: string;
  readonly share?: string;
  readonly start?: 'empty' | 'keep';
}

export interface Wishes {
  readonly volumes: readonly VolumeWish[];
  readonly wire: 'auto' | 'revision' | 'publish';
  /** All at once: the findings `tag-invalid`, and `nothing-to-provision`. */
  readonly mistakes: readonly Finding[];
}

/** An added volume without a name of its own. */
const ADDED = 'data';

/** Reads the tags of a revision into what is wanted of its EFS volumes, with every mistake in them. */
export function wishesOf(definition: TaskDefinition): Wishes {
  const { tags } = definition;
  const names = volumeNames(definition);
  const invalid = Object.entries(tags).flatMap(([tag, value]) => mistakeOf(tag, { value, names }));
  const existing = definition.volumes.flatMap(({ name, efs }) =>
    efs ? [wishOf(definition, { name, fileSystemId: efs.fileSystemId, present: efs })] : [],
  );
  const adding = addedNames(tags, existing).map((name) => addedVolume(definition, name));
  const added = adding.flatMap((one) => ('wish' in one ? [one.wish] : []));
  const volumes = [...existing, ...added];
  const mistakes = [
    ...invalid,
    ...adding.flatMap((one) => ('mistakes' in one ? one.mistakes : [])),
    ...volumes.flatMap((wish) => shareMistakes(wish, tags)),
  ];
  const nothing = volumes.length === 0 && mistakes.length === 0 ? [nothingIn(definition)] : [];
  return { volumes, wire: wireOf(tags), mistakes: [...mistakes, ...nothing] };
}

function volumeNames({ volumes, tags }: TaskDefinition): ReadonlySet<string> {
  const named = Object.keys(tags).flatMap((tag) =>
    tag.startsWith(`${TAG.fileSystem}/`) ? [tag.slice(TAG.fileSystem.length + 1)] : [],
  );
  return new Set([
    ...volumes.flatMap(({ name, efs }) => (efs ? [name] : [])),
    ...named,
    ...(TAG.fileSystem in tags ? [ADDED] : []),
  ]);
}

function mistakeOf(
  tag: string,
  { value, names }: { readonly value: string; readonly names: ReadonlySet<string> },
): readonly Finding[] {
  if (!tag.startsWith(TAG_PREFIX) || WRITTEN_TAGS.includes(tag)) return [];
  const [base = '', volume] = tag.split('/', 2);
  const rule = TAG_RULES[base];
  if (!rule) return [invalidTag(tag, value, 'no tag of this name: see the list in the README')];
  if (volume !== undefined && !rule.perVolume) return [invalidTag(tag, value, `${base} is for the whole family`)];
  if (volume !== undefined && !names.has(volume))
    return [invalidTag(tag, value, `an EFS volume of the task definition; it has ${[...names].join(', ') || 'none'}`)];
  return rule.valid(value) ? [] : [invalidTag(tag, value, rule.expected)];
}

export function invalidTag(tag: string, value: string, expected: string): Finding {
  return { code: 'tag-invalid', subject: tag, evidence: { tag, value, expected } };
}

/** The tag for this volume, else the one for all. */
function tagFor(tags: Tags, tag: string, volume: string): string | undefined {
  const value = tags[`${tag}/${volume}`] ?? tags[tag];
  return value !== undefined && TAG_RULES[tag]?.valid(value) ? value : undefined;
}

function wishOf(
  { tags, containers }: TaskDefinition,
  base: Pick<VolumeWish, 'name' | 'fileSystemId' | 'present' | 'added'>,
): VolumeWish {
  const { name, added } = base;
  const mountedBy = containers.flatMap(({ name: container, user, mountPoints }) => [
    ...mountPoints
      .filter(({ sourceVolume }) => sourceVolume === name)
      .map(({ readOnly }) => ({ container, readOnly, ...(user ? { user } : {}) })),
    ...(added?.container === container ? [{ container, readOnly: false, ...(user ? { user } : {}) }] : []),
  ]);
  const uid = tagFor(tags, TAG.uid, name);
  const gid = tagFor(tags, TAG.gid, name);
  const permissions = tagFor(tags, TAG.permissions, name);
  const share = tagFor(tags, TAG.share, name);
  const start = tagFor(tags, TAG.start, name);
  return {
    ...base,
    mountedBy,
    ...(uid === undefined ? {} : { uid: Number(uid) }),
    ...(gid === undefined ? {} : { gid: Number(gid) }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(share === undefined ? {} : { share }),
    ...(start === 'empty' || start === 'keep' ? { start } : {}),
  };
}

/** Volumes that the tags add. Where the revision has an EFS volume of that name, the tags have been followed already. */
function addedNames(tags: Tags, existing: readonly VolumeWish[]): readonly string[] {
  const wanted = Object.keys(tags).flatMap((tag) => {
    if (tag === TAG.fileSystem) return [ADDED];
    return tag.startsWith(`${TAG.fileSystem}/`) ? [tag.slice(TAG.fileSystem.length + 1)] : [];
  });
  return wanted.filter((name) => {
    const same = existing.find((wish) => wish.name === name);
    return same?.fileSystemId !== tagFor(tags, TAG.fileSystem, name);
  });
}

type Added = { readonly wish: VolumeWish } | { readonly mistakes: readonly Finding[] };

function addedVolume(definition: TaskDefinition, name: string): Added {
  const { tags, containers, volumes } = definition;
  const fileSystemId = tagFor(tags, TAG.fileSystem, name);
  if (fileSystemId === undefined) return { mistakes: [] };
  const clash = clashOf(definition, { name, fileSystemId });
  if (clash) return { mistakes: [clash] };
  const containerPath = tagFor(tags, TAG.mount, name);
  const wanted = tagFor(tags, TAG.container, name);
  const container = containers.find((one) => (wanted === undefined ? one.essential : one.name === wanted));
  const mistakes = [
    ...(containerPath === undefined && !(TAG.mount in tags) && !(`${TAG.mount}/${name}` in tags)
      ? [invalidTag(TAG.mount, '', 'where the added volume is mounted in the container, such as /data')]
      : []),
    ...(container === undefined
      ? [invalidTag(TAG.container, wanted ?? '', `one of ${containers.map((one) => one.name).join(', ')}`)]
      : []),
    ...takenPath({ containerPath, container, volumes }),
  ];
  if (mistakes.length > 0 || containerPath === undefined || container === undefined) return { mistakes };
  return { wish: wishOf(definition, { name, fileSystemId, added: { container: container.name, containerPath } }) };
}

/** A volume of that name, or an EFS volume of another name, is there already. */
function clashOf(
  { volumes }: TaskDefinition,
  { name, fileSystemId }: { readonly name: string; readonly fileSystemId: string },
): Finding | undefined {
  const same = volumes.find((volume) => volume.name === name);
  if (same)
    return invalidTag(TAG.fileSystem, fileSystemId, `no tag, since the task definition has a volume ${name} already`);
  const other = volumes.find(({ efs }) => efs);
  if (name !== ADDED || !other) return undefined;
  const expected = `no tag, since the volume ${other.name} is there already; ${TAG.fileSystem}/<name> adds a second one`;
  return invalidTag(TAG.fileSystem, fileSystemId, expected);
}

function takenPath({
  containerPath,
  container,
}: {
  readonly containerPath: string | undefined;
  readonly container: TaskDefinition['containers'][number] | undefined;
  readonly volumes: TaskDefinition['volumes'];
}): readonly Finding[] {
  const taken = container?.mountPoints.find((point) => point.containerPath === containerPath);
  if (!taken) return [];
  return [invalidTag(TAG.mount, containerPath ?? '', `a path that ${container?.name} does not use already`)];
}

/** A share has an identity of its own, so a family cannot bring one. */
function shareMistakes({ name, share }: VolumeWish, tags: Tags): readonly Finding[] {
  if (share === undefined) return [];
  return [TAG.uid, TAG.gid, TAG.permissions, TAG.start].flatMap((tag) => {
    const value = tagFor(tags, tag, name);
    return value === undefined ? [] : [invalidTag(tag, value, `no tag, since the share ${share} has its own`)];
  });
}

function wireOf(tags: Tags): Wishes['wire'] {
  const value = tags[TAG.wire];
  return value === 'revision' || value === 'publish' ? value : 'auto';
}

function nothingIn({ arn }: TaskDefinition): Finding {
  return { code: 'nothing-to-provision', subject: arn, evidence: {} };
}
