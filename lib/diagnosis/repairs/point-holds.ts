import type { AccessPoint, FileSystem } from '../../domain/efs.ts';
import { reachOf, shareAt, shareRight } from '../../domain/place.ts';
import { TAG } from '../../domain/tags.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { mountsWritable } from '../rules/identity.ts';
import { type Hold, hold } from './draft.ts';

const WHOLE =
  'The volume has no access point, so a grant would open the whole file system. Give the volume an access point, or write the grant by hand.';

interface At {
  readonly facts: MountFacts;
  readonly volume: VolumeFacts;
  readonly point: AccessPoint;
  readonly fileSystem: FileSystem;
}

type PointRow = (at: At) => Hold | undefined;

const ROWS: readonly PointRow[] = [byMaker, byPath, byShare, byUse];

/** Why no grant may be written for the access point that the volume names, whatever the keys of role and file system. */
export function pointHold(facts: MountFacts, volume: VolumeFacts): Hold | undefined {
  const { efs, accessPoint, fileSystem } = volume;
  if (efs.accessPointId === undefined) return hold('person', WHOLE);
  if (accessPoint?.state === 'unknown')
    return hold('unknown', `The access point could not be read: ${accessPoint.why}`);
  if (accessPoint?.state !== 'present') return undefined;
  const { id, fileSystemId } = accessPoint.value;
  if (fileSystemId !== efs.fileSystemId)
    return hold('person', `${id} is an access point of ${fileSystemId}, not of ${efs.fileSystemId}.`);
  if (fileSystem.state !== 'present') return hold('unknown', `The tags of ${efs.fileSystemId} could not be read.`);
  const at: At = { facts, volume, point: accessPoint.value, fileSystem: fileSystem.value };
  return ROWS.map((row) => row(at)).find((one) => one !== undefined);
}

function byMaker({ facts, point: { id, tags }, fileSystem }: At): Hold | undefined {
  const { [TAG.managed]: managed, [TAG.family]: family } = tags;
  if (managed !== 'true' || family === undefined || family === facts.taskDefinition.family) return undefined;
  const why = `${id} was made for the family ${family}, and its directory is theirs. To share one, the owner of ${fileSystem.id} sets a tag ${TAG.share}/<name>.`;
  return hold('person', why);
}

/** Where Mountkeeper put a directory itself is right, wherever the base path is by now; what was adopted has no user. */
function byPath({ facts, point: { id, path, tags, user }, fileSystem }: At): Hold | undefined {
  if (tags[TAG.managed] === 'true' && user !== undefined) return undefined;
  const reached = reachOf(fileSystem, path, facts.taskDefinition.family);
  if (reached === undefined) return undefined;
  const why = `${id} is on ${path}, so a grant would open ${reached}. Give the volume an access point on a directory of its own, or write the grant by hand.`;
  return hold('person', why);
}

/** The right to a share may have been taken back, or be one to read only. */
function byShare({ facts, volume, point: { id, path, tags }, fileSystem }: At): Hold | undefined {
  const share = tags[TAG.share] ?? shareAt(fileSystem, path);
  if (share === undefined) return undefined;
  const { family } = facts.taskDefinition;
  const right = shareRight(fileSystem, share, family);
  if (right === 'write' || (right === 'read' && !mountsWritable(volume))) return undefined;
  const lacks = right === 'none' ? 'is not named in' : 'may only read by';
  return hold(
    'key',
    `${id} is on the share ${share}, and ${family} ${lacks} ${TAG.share}/${share} on ${fileSystem.id}.`,
  );
}

/** Nobody says whose an access point is that Mountkeeper has not made, but who has mounted it. */
function byUse({ facts, point: { id, tags } }: At): Hold | undefined {
  if (tags[TAG.managed] === 'true') return undefined;
  const others = facts.accessPointFamilies?.[id];
  if (others === undefined) return hold('unknown', `Which other families mount through ${id} was not read.`);
  if (others.length === 0) return undefined;
  const why = `${others.join(', ')} mounts through ${id} too, so its directory may be theirs. Give the family an access point of its own, or write the grant by hand.`;
  return hold('person', why);
}
