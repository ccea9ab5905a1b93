import type { TaskDefinition } from '../../domain/ecs.ts';
import { type Fact, seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Belonging, EarlierMount, ProvisionFacts } from './facts.ts';
import type { VolumeWish } from './wishes.ts';

/** A revision this young, that no service names, has run nothing: its tags came with it. */
const FRESH_MS = 30 * 60_000;

export function mountsOf({ family, revision, volumes }: TaskDefinition): readonly EarlierMount[] {
  return volumes.flatMap(({ name, efs }) =>
    efs
      ? [
          {
            revision: `${family}:${revision}`,
            volume: name,
            fileSystemId: efs.fileSystemId,
            ...(efs.accessPointId ? { accessPointId: efs.accessPointId } : {}),
            ...(efs.rootDirectory ? { rootDirectory: efs.rootDirectory } : {}),
          },
        ]
      : [],
  );
}

interface Looking {
  readonly wish: VolumeWish;
  readonly facts: ProvisionFacts;
}

/**
 * Where data of this volume may lie already: in the newest mount of the file system by this revision, if it may have
 * run, or by an earlier one. Unknown where not all could be read.
 */
export function dataElsewhere({ wish, facts }: Looking): Fact<Finding> {
  const { family, belongings } = facts;
  if (!family) return { state: 'unknown', why: 'the family was not read' };
  const present =
    wish.present && (wish.present.accessPointId || mayHaveRun(facts)) ? mountsOf(family.sources.source) : [];
  if (family.earlier.state === 'unknown') return family.earlier;
  const newestFirst = [...present, ...(seen(family.earlier) ?? [])];
  const names = new Set(family.wishes.volumes.map(({ name }) => name));
  const mount = newestFirst.find(
    ({ fileSystemId, volume }) => fileSystemId === wish.fileSystemId && (volume === wish.name || !names.has(volume)),
  );
  // What went through a point of ours is still in its directory, where the volume is put again.
  if (!mount || isOwn(mount, { wish, belongings })) return { state: 'absent' };
  const through = mount.accessPointId
    ? { accessPoint: mount.accessPointId }
    : { directory: mount.rootDirectory ?? '/' };
  return {
    state: 'present',
    value: { code: 'volume-has-data', subject: wish.name, evidence: { mountedBy: mount.revision, ...through } },
  };
}

function isOwn(
  { accessPointId, volume }: EarlierMount,
  { wish, belongings }: { readonly wish: VolumeWish; readonly belongings: readonly Belonging[] },
): boolean {
  if (volume !== wish.name) return false;
  return belongings.some((one) => one.resource === accessPointId && one.volume === wish.name);
}

function mayHaveRun({ family, nowMs }: ProvisionFacts): boolean {
  if (!family) return true;
  const { source } = family.sources;
  if (family.services.state !== 'present') return true;
  const used = family.services.value.some(({ taskDefinitionArn, deployments }) =>
    [taskDefinitionArn, ...deployments.map((one) => one.taskDefinitionArn)].includes(source.arn),
  );
  const registeredAtMs = millisecondsOf(source.raw['registeredAt']);
  return used || registeredAtMs === undefined || nowMs - registeredAtMs > FRESH_MS;
}

/** On the wire seconds since the epoch; after the SDK a text. */
export function millisecondsOf(value: unknown): number | undefined {
  const ms = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
