import type { AccessPoint, FileSystem } from '../../domain/efs.ts';
import type { Finding } from '../../domain/finding.ts';
import { covers, isNamedForAdoption, mayAdopt, reachOf, shareAt, shareRight } from '../../domain/place.ts';
import { TAG } from '../../domain/tags.ts';
import type { Placement } from './access-point.ts';
import { rootRefusal } from './identity.ts';
import { pathMistake } from './place.ts';
import type { VolumeWish } from './wishes.ts';

/** Whose wish is held to which owner's tags. */
export interface Rights {
  readonly wish: VolumeWish;
  readonly family: string;
  readonly fileSystem: FileSystem;
  readonly points: readonly AccessPoint[];
}

export function shareRefusal(
  share: string | undefined,
  { wish: { name, mountedBy }, fileSystem, family }: Rights,
): Finding | undefined {
  if (share === undefined) return undefined;
  const right = shareRight(fileSystem, share, family);
  const writes = mountedBy.filter(({ readOnly }) => !readOnly).map(({ container }) => container);
  if (right === 'write' || (right === 'read' && writes.length === 0)) return undefined;
  const why =
    right === 'none'
      ? `${family} is not named`
      : `${family} may only read, and ${writes.join(', ')} mounts it writable`;
  const evidence = { volume: name, tag: `${TAG.share}/${share}`, why };
  return { code: 'share-not-allowed', subject: fileSystem.id, evidence };
}

/** Only where the owner says so, and never what Mountkeeper gave to others. */
export function adoptionRefusal(path: string, rights: Rights): Finding | undefined {
  const expected = adoptable(path, rights);
  if (expected === undefined) return undefined;
  return { code: 'tag-invalid', subject: TAG.start, evidence: { tag: TAG.start, value: 'keep', expected } };
}

function adoptable(path: string, { fileSystem, family, points }: Rights): string | undefined {
  const wrong = path === '/' ? undefined : pathMistake(path);
  if (wrong !== undefined) return wrong;
  if (!mayAdopt(fileSystem, path))
    return `a path that the owner's tag ${TAG.adopt} on ${fileSystem.id} covers; it does not cover ${path}`;
  const share = shareAt(fileSystem, path);
  const reached =
    reachOf(fileSystem, path, family) ??
    (share === undefined ? undefined : `the share ${share}`) ??
    (isNamedForAdoption(fileSystem, path) ? undefined : reachedPoint(path, { points, family }));
  return reached && `a path of the family's own; ${path} reaches ${reached}`;
}

/** What Mountkeeper gave to another family under an earlier base path, or adopted for it. */
function reachedPoint(path: string, { points, family }: Pick<Rights, 'points' | 'family'>): string | undefined {
  const theirs = points.find(
    (point) =>
      point.tags[TAG.managed] === 'true' &&
      point.tags[TAG.family] !== family &&
      (covers(path, point.path) || covers(point.path, path)),
  );
  return theirs && `${theirs.path}, which ${theirs.id} gives to the family ${theirs.tags[TAG.family] ?? 'unknown'}`;
}

/** What the owner allowed once is asked again: a new access point opens the directory anew. */
export function rightLost({ path, user, share }: Placement, rights: Rights): Finding | undefined {
  if (user === undefined) return adoptionRefusal(path, rights);
  return rootRefusal(rights.wish, user, rights.fileSystem) ?? shareRefusal(share, rights);
}
