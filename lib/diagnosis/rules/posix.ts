import type { AccessPoint, CreationInfo } from '../../domain/efs.ts';
import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';
import { mountsWritable, userOf } from './identity.ts';

/** Whom the server sees; a gid that only the image knows is left out. */
interface Identity {
  readonly who: string;
  readonly uid: number;
  readonly gids?: readonly number[];
}

const READ = 0o5;
const WRITE = 0o3;

/** Whether owner and permissions that the access point gives its directory admit whoever uses it. */
export function judgePosix(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const { accessPoint } = volume;
  if (accessPoint?.state === 'present' && accessPoint.value.creation) {
    return refusedIn(volume, accessPoint.value, accessPoint.value.creation);
  }
  const why = 'owner and permissions of a directory that exists already cannot be seen through AWS APIs';
  return facts.told?.kind === 'posix-permission' ? [...onNewRoot(volume), notChecked('POSIX identity', why)] : [];
}

function refusedIn(volume: VolumeFacts, accessPoint: AccessPoint, creation: CreationInfo): readonly Finding[] {
  const needed = mountsWritable(volume) ? WRITE : READ;
  const refused = identitiesOf(volume, accessPoint).filter((identity) => !admits(creation, identity, needed));
  return refused.map(({ who, uid, gids }) =>
    finding('posix-mismatch', accessPoint.id, {
      volume: volume.name,
      who,
      identity: `uid ${uid}, gid ${gids?.join(' ') ?? 'of the image'}`,
      directory: `${accessPoint.path}: ${creation.ownerUid}:${creation.ownerGid} ${creation.permissions}`,
      note: 'Owner and permissions are given when the directory is made; one that existed before has its own.',
    }),
  );
}

function identitiesOf({ mountedBy }: VolumeFacts, { user }: AccessPoint): readonly Identity[] {
  if (user) return [{ who: 'the access point', uid: user.uid, gids: [user.gid, ...(user.secondaryGids ?? [])] }];
  return mountedBy.flatMap((mount) => {
    const found = userOf(mount);
    if (typeof found !== 'object') return [];
    const gids = found.gid === undefined ? {} : { gids: [found.gid] };
    return [{ who: `container ${mount.container}`, uid: found.uid, ...gids }];
  });
}

/** Root may do anything, unless it is squashed, which is another rule's business. A group not known may admit. */
function admits({ ownerUid, ownerGid, permissions }: CreationInfo, { uid, gids }: Identity, bits: number): boolean {
  if (uid === 0) return true;
  const mode = Number.parseInt(permissions, 8);
  const has = (shift: number) => ((mode >> shift) & bits) === bits;
  if (uid === ownerUid) return has(6);
  if (gids === undefined) return has(3) || has(0);
  return gids.includes(ownerGid) ? has(3) : has(0);
}

/** EFS user guide, "Working with users, groups, and permissions": a new root directory is root's alone to write. */
function onNewRoot(volume: VolumeFacts): readonly Finding[] {
  const { efs, mountedBy } = volume;
  if (efs.accessPointId !== undefined || (efs.rootDirectory ?? '/') !== '/') return [];
  return mountedBy.flatMap((mount) => {
    const user = userOf(mount);
    if (mount.readOnly || typeof user !== 'object' || user.uid === 0) return [];
    const evidence = {
      volume: volume.name,
      who: `container ${mount.container}`,
      identity: `uid ${user.uid}`,
      directory: '/: of root, 0755, unless somebody changed it',
    };
    return [finding('posix-mismatch', efs.fileSystemId, evidence)];
  });
}
