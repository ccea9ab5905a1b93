import type { MountedBy, MountFacts, VolumeFacts } from '../mount-facts.ts';

/** A container that says nothing runs as the user of its image. */
export type ContainerUser = { readonly uid: number; readonly gid?: number } | 'named' | 'image';

export function mountsWritable({ mountedBy }: VolumeFacts): boolean {
  return mountedBy.some(({ readOnly }) => !readOnly);
}

/** `user` of a container definition: `uid`, `uid:gid`, or names that only the image can resolve. */
export function userOf({ user }: MountedBy): ContainerUser {
  if (user === undefined || user === '') return 'image';
  const [name = '', group] = user.split(':');
  if (name === 'root') return { uid: 0, gid: 0 };
  if (!/^\d+$/.test(name)) return 'named';
  return group !== undefined && /^\d+$/.test(group) ? { uid: Number(name), gid: Number(group) } : { uid: Number(name) };
}

/**
 * Whether the server sees root. Where the image decides, it does so in most cases; that is worth saying only where
 * files were refused.
 */
export function mayBeRoot({ told }: MountFacts, volume: VolumeFacts): boolean {
  const { accessPoint, mountedBy } = volume;
  const mapped = accessPoint?.state === 'present' ? accessPoint.value.user : undefined;
  if (mapped) return mapped.uid === 0 || mapped.gid === 0;
  if (!mountsWritable(volume) && told?.kind !== 'posix-permission') return false;
  return mountedBy.map(userOf).some((user) => {
    if (typeof user === 'object') return user.uid === 0;
    return user === 'image' && told?.kind === 'posix-permission';
  });
}
