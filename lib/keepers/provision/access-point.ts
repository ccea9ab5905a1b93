import type { CreateAccessPoint } from '../../domain/action.ts';
import type { AccessPoint, FileSystem, PosixUser } from '../../domain/efs.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { SHARED } from '../../domain/place.ts';
import { TAG } from '../../domain/tags.ts';
import { idOwner } from '../../plan/id-owner.ts';
import type { Belonging } from './facts.ts';
import type { VolumeWish } from './wishes.ts';

const GONE: ReadonlySet<string> = new Set(['deleting', 'deleted', 'error']);

export function isGone({ state }: AccessPoint): boolean {
  return GONE.has(state);
}

interface About {
  readonly family: string;
  readonly wish: VolumeWish;
}

/** The access point that Mountkeeper made for this volume; with several the newest generation, by id order a stable one. */
export function ownPoint(points: readonly AccessPoint[], about: About): AccessPoint | undefined {
  const mine = points.filter((point) => isOwn(point, about) && !isGone(point));
  return mine.find(({ id }) => id === about.wish.present?.accessPointId) ?? mine.toSorted(byId)[0];
}

function byId(one: AccessPoint, other: AccessPoint): number {
  return one.id < other.id ? -1 : 1;
}

function isOwn({ tags, fileSystemId }: AccessPoint, { family, wish }: About): boolean {
  return (
    tags[TAG.managed] === 'true' &&
    tags[TAG.family] === family &&
    tags[TAG.volume] === wish.name &&
    fileSystemId === wish.fileSystemId
  );
}

/** How many access points this volume had that are gone: a token is never used again while its old point goes away. */
export function generationOf(
  about: About,
  { points, belongings }: { readonly points: readonly AccessPoint[]; readonly belongings: readonly Belonging[] },
): number {
  const { wish } = about;
  const known = belongings.filter(
    ({ resource, volume, fileSystemId }) =>
      resource.startsWith('fsap-') && volume === wish.name && fileSystemId === wish.fileSystemId,
  );
  const living = new Set(points.filter((point) => !isGone(point)).map(({ id }) => id));
  const going = points.filter((point) => isOwn(point, about) && isGone(point)).map(({ id }) => id);
  return new Set([...known.map(({ resource }) => resource).filter((id) => !living.has(id)), ...going]).size;
}

export interface Placement {
  readonly path: string;
  /** Absent: an existing directory is adopted as it is. */
  readonly user?: PosixUser;
  /** The share whose directory it is, whatever the tags say by now. */
  readonly share?: string;
}

/** A family cannot be called so. */
const SHARE_PLACE = new RegExp(`/${SHARED}/([^/]+)$`);

/** Where the volume's last access point was, by the ledger: it outlives the point. */
export function formerPlacement(belongings: readonly Belonging[], wish: VolumeWish): Placement | undefined {
  const mine = belongings.filter(
    ({ resource, volume, fileSystemId }) =>
      resource.startsWith('fsap-') && volume === wish.name && fileSystemId === wish.fileSystemId,
  );
  const placements = mine.flatMap(({ note = {} }) => {
    const { path, uid, gid } = note;
    if (path === undefined || (wish.share !== undefined && !path.endsWith(`/${SHARED}/${wish.share}`))) return [];
    if (uid === undefined) return [{ path }];
    const share = SHARE_PLACE.exec(path)?.[1];
    return [{ path, user: { uid: Number(uid), gid: Number(gid ?? uid) }, ...(share === undefined ? {} : { share }) }];
  });
  return placements[0];
}

export interface NewPoint extends About {
  readonly placement: Placement;
  readonly generation: number;
}

const PERMISSIONS = '0750';
const SHARE_PERMISSIONS = '0770';

export function createPoint({ family, wish, placement, generation }: NewPoint): CreateAccessPoint {
  const { path, user, share = wish.share } = placement;
  const permissions = wish.permissions ?? (share === undefined ? PERMISSIONS : SHARE_PERMISSIONS);
  const spec = fingerprint(JSON.stringify([path, user?.uid, user?.gid, user ? permissions : undefined]));
  return {
    kind: 'create-access-point',
    fileSystemId: wish.fileSystemId,
    family,
    volume: wish.name,
    clientToken: tokenOf([wish.fileSystemId, family, wish.name, String(generation)]),
    path,
    ...(user
      ? {
          user,
          creation: { ownerUid: user.uid, ownerGid: user.gid, permissions },
          owner: idOwner({ family, ...(share === undefined ? {} : { share }) }),
        }
      : {}),
    tags: {
      [TAG.managed]: 'true',
      [TAG.family]: family,
      [TAG.volume]: wish.name,
      [TAG.spec]: spec,
      ...(share === undefined ? {} : { [TAG.share]: share }),
    },
  };
}

/** EFS API reference, CreateAccessPoint: at most 64 characters; the token holds for account and Region, not file system. */
function tokenOf(parts: readonly string[]): string {
  const text = parts.join(' ');
  return `mountkeeper-${fingerprint(text)}-${fingerprint([...parts].reverse().join('#'))}`;
}

/** What would be changed of an access point's identity or place by the tags as they are now. */
export function changesOf(point: AccessPoint, wish: VolumeWish): Readonly<Record<string, string>> {
  const wanted: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['uid', text(wish.uid), text(point.user?.uid)],
    ['gid', text(wish.gid), text(point.user?.gid)],
    ['permissions', wish.permissions?.padStart(4, '0'), point.creation?.permissions.padStart(4, '0')],
    ['share', wish.share ?? 'none', point.tags[TAG.share] ?? 'none'],
  ];
  const changed = wanted.filter(([, now, was]) => now !== undefined && now !== was);
  return Object.fromEntries(changed.map(([what, now, was]) => [what, `${was ?? 'none'}, asked for ${now}`]));
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** As EFS will describe it once it is made, under a name that stands for the id that nobody knows yet. */
export function standInFor(
  action: CreateAccessPoint,
  { id, fileSystem }: { readonly id: string; readonly fileSystem: FileSystem },
): AccessPoint {
  const { fileSystemId, path, user, creation, tags } = action;
  return {
    id,
    arn: fileSystem.arn.replace(/:file-system\/.*$/, `:access-point/${id}`),
    fileSystemId,
    state: 'available',
    path,
    ...(user ? { user } : {}),
    ...(creation ? { creation } : {}),
    tags,
  };
}
