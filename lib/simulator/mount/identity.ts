import type { SimDirectory } from '../efs-state.ts';
import type { ClientPermissions, MountSuccess } from './request.ts';

export interface Identity {
  readonly uid: number;
  readonly gids: readonly [number, ...number[]];
}

/** Whom NFS takes a squashed root for. */
const NOBODY = 65_534;

/**
 * Whom the file system sees: the access point's user, else the container's. Root stays root only with
 * ClientRootAccess. A name instead of a number stands for an id that only the image knows; 1000 is as good as any.
 */
export function identityOf(success: MountSuccess, containerUser: string | undefined): Identity {
  const asked = success.posixUser
    ? { uid: success.posixUser.uid, gids: [success.posixUser.gid, ...(success.posixUser.secondaryGids ?? [])] as const }
    : parseUser(containerUser);
  if (asked.uid !== 0 || success.permissions.root) return asked;
  return { uid: NOBODY, gids: [NOBODY] };
}

function parseUser(user: string | undefined): Identity {
  const [uid = '0', gid = '0'] = (user ?? '0:0').split(':');
  return { uid: toId(uid), gids: [toId(gid)] };
}

function toId(text: string): number {
  if (text === 'root') return 0;
  return /^\d+$/.test(text) ? Number(text) : 1000;
}

/** May this identity write into the directory (write and search)? */
export function mayWrite(identity: Identity, directory: SimDirectory, permissions: ClientPermissions): boolean {
  if (!permissions.write) return false;
  return has(identity, directory, 0o3);
}

/** May this identity list and enter the directory? */
export function mayRead(identity: Identity, directory: SimDirectory): boolean {
  return has(identity, directory, 0o5);
}

function has({ uid, gids }: Identity, directory: SimDirectory, bits: number): boolean {
  if (uid === 0) return true;
  const mode = Number.parseInt(directory.mode, 8);
  const shift = uid === directory.uid ? 6 : gids.includes(directory.gid) ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}
