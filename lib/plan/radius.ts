import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { type Fact, seen } from '../domain/fact.ts';
import { allowsFamily, hasKey, TAG, type Tags } from '../domain/tags.ts';

/**
 * Everything in AWS that the mounts of a family rest on: deletions carry only an id, so it is remembered whose it was,
 * how it was (to say how it is put back), and whether its owner's key was there.
 */
export interface Radius {
  readonly family: string;
  readonly things: Readonly<Record<string, Thing>>;
}

export interface Thing {
  readonly kind: 'file-system' | 'access-point' | 'mount-target' | 'group' | 'role' | 'service';
  /** What a person needs to put it back, by name. */
  readonly was?: Readonly<Record<string, string>>;
  /** Only of things that have an owner's key. */
  readonly key?: 'open' | 'closed';
}

type Things = Readonly<Record<string, Thing>>;

/** A family whose revisions name thing after thing must not outgrow its row: DynamoDB takes 400 KB. */
const MOST_THINGS = 300;
const MOST_CHARACTERS = 100_000;

/** What was read now over what was known: a thing that is gone stays known, since its deletion may still be heard of. */
export function radiusOf(family: string, mounts: readonly MountFacts[], before: Radius | undefined): Radius {
  const now: Things = Object.assign({}, ...mounts.flatMap((mount) => thingsOf(family, mount)));
  const gone = sorted(before?.things ?? {}).filter(([id]) => now[id] === undefined);
  return { family, things: Object.fromEntries(sorted(Object.fromEntries(asManyAsFit([...sorted(now), ...gone])))) };
}

function sorted(things: Things): readonly (readonly [string, Thing])[] {
  return Object.entries(things).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The first ones count most. */
function asManyAsFit(things: readonly (readonly [string, Thing])[]): readonly (readonly [string, Thing])[] {
  let left = MOST_CHARACTERS;
  return things.slice(0, MOST_THINGS).filter((one) => {
    left -= JSON.stringify(one).length;
    return left >= 0;
  });
}

function thingsOf(family: string, mount: MountFacts): readonly Things[] {
  const groups = Object.entries(mount.groups).map(([id, fact]) => ({
    [id]: { kind: 'group' as const, ...keyOf(fact, (tags) => hasKey(tags, TAG.allow)) },
  }));
  return [
    ...mount.volumes.flatMap((volume) => volumeThings(family, volume)),
    ...groups,
    ...(mount.service ? [{ [mount.service.arn]: { kind: 'service' as const } }] : []),
    ...roleThings(mount),
  ];
}

function roleThings({ roleArn, role }: MountFacts): readonly Things[] {
  if (roleArn === undefined || role === undefined) return [];
  return [{ [roleArn]: { kind: 'role', ...keyOf(role, (tags) => hasKey(tags, TAG.allow)) } }];
}

function volumeThings(family: string, { efs, fileSystem, accessPoint, mountTargets, filePolicy }: VolumeFacts) {
  const policy = policyOf(filePolicy);
  const things: Things[] = [
    {
      [efs.fileSystemId]: {
        kind: 'file-system',
        ...keyOf(fileSystem, (tags) => allowsFamily(tags, family)),
        ...(policy === undefined ? {} : { was: { policy } }),
      },
    },
    ...(seen(mountTargets) ?? []).map((target) => ({
      [target.id]: {
        kind: 'mount-target' as const,
        was: {
          fileSystem: target.fileSystemId,
          subnet: target.subnetId,
          groups: (seen(target.groupIds) ?? []).toSorted().join(' '),
        },
      },
    })),
  ];
  const point = accessPoint && seen(accessPoint);
  if (point) {
    const user = point.user ? { user: `Uid=${point.user.uid},Gid=${point.user.gid}` } : {};
    things.push({
      [point.id]: { kind: 'access-point', was: { fileSystem: point.fileSystemId, path: point.path, ...user } },
    });
  }
  return things;
}

/** `none`: the default policy was in force. A policy too long for a command is not kept. */
function policyOf(policy: Fact<string>): string | undefined {
  if (policy.state === 'absent') return 'none';
  return policy.state === 'present' && policy.value.length <= 2_000 ? policy.value : undefined;
}

function keyOf(fact: Fact<{ readonly tags: Tags }>, turned: (tags: Tags) => boolean): Pick<Thing, 'key'> {
  if (fact.state !== 'present') return {};
  return { key: turned(fact.value.tags) ? 'open' : 'closed' };
}

/** Keys that were there when the family was last looked at, and are gone. */
export function vanishedKeys(before: Radius | undefined, now: Radius): readonly string[] {
  return changedKeys(before, now, 'closed');
}

/** Keys that appeared since: what was held may be planned again. */
export function newKeys(before: Radius | undefined, now: Radius): readonly string[] {
  return changedKeys(before, now, 'open');
}

function changedKeys(before: Radius | undefined, now: Radius, to: 'open' | 'closed'): readonly string[] {
  return Object.entries(now.things).flatMap(([id, { key }]) => {
    const was = before?.things[id]?.key;
    return was !== undefined && key === to && was !== to ? [id] : [];
  });
}
