import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';
import { userOf } from './identity.ts';

/**
 * Whether a container runs with another id than the one that its files get. Reading and writing work; a program that
 * looks at the owner, or changes it, is refused.
 */
export function judgePosixUser(
  { told }: MountFacts,
  { accessPoint, mountedBy, name }: VolumeFacts,
): readonly Finding[] {
  const mapped = accessPoint?.state === 'present' ? accessPoint.value.user : undefined;
  if (accessPoint?.state !== 'present' || !mapped) return [];
  const { id } = accessPoint.value;
  const code = told?.kind === 'posix-permission' ? 'posix-mismatch' : 'posix-identity-differs';
  return mountedBy.flatMap((mount) => {
    const user = userOf(mount);
    if (typeof user !== 'object') return [];
    const same = user.uid === mapped.uid && (user.gid ?? mapped.gid) === mapped.gid;
    if (same) return [];
    return [
      finding(code, id, {
        volume: name,
        container: mount.container,
        containerUser: mount.user ?? '',
        accessPointUser: `${mapped.uid}:${mapped.gid}`,
      }),
    ];
  });
}
