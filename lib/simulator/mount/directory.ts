import type { SimAccessPoint, SimDirectory } from '../efs-state.ts';
import type { MountFault, MountVolume, MountWorld } from './request.ts';

/** The directories of a file system; the root is there from the start and belongs to root. */
export function directoriesOf(world: MountWorld, fileSystemId: string): Record<string, SimDirectory> {
  const { directories } = world.state.efs;
  directories[fileSystemId] ??= {};
  const ofFileSystem = directories[fileSystemId];
  ofFileSystem['/'] ??= { uid: 0, gid: 0, mode: '0755' };
  return ofFileSystem;
}

/** The path that the volume mounts; an access point's directory is made at its first mount if the point says how. */
export function enterDirectory(
  world: MountWorld,
  volume: MountVolume,
  accessPoint: SimAccessPoint | undefined,
): string | MountFault {
  const directories = directoriesOf(world, volume.fileSystemId);
  const top = accessPoint?.path ?? '/';
  if (directories[top] === undefined && accessPoint !== undefined) {
    if (accessPoint.creationInfo === undefined) return { kind: 'denied', why: 'access-point-directory-missing' };
    makeWithParents(directories, top, accessPoint.creationInfo);
  }
  const path = joinPaths(top, volume.rootDirectory);
  return directories[path] === undefined ? { kind: 'no-directory', why: 'directory-missing' } : path;
}

function makeWithParents(
  directories: Record<string, SimDirectory>,
  path: string,
  info: NonNullable<SimAccessPoint['creationInfo']>,
): void {
  const parts = path.split('/').filter((part) => part !== '');
  for (let depth = 1; depth < parts.length; depth += 1) {
    directories[`/${parts.slice(0, depth).join('/')}`] ??= { uid: 0, gid: 0, mode: '0755' };
  }
  directories[path] = { uid: info.ownerUid, gid: info.ownerGid, mode: info.permissions };
}

function joinPaths(top: string, below: string): string {
  const joined = `${top}/${below}`.replace(/\/+/g, '/');
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}
