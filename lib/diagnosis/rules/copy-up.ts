import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding } from '../rule.ts';

/** Docker's words where the server refuses the new owner (aws/amazon-ecs-agent issue 4702); Fargate does not copy. */
const CHOWN = /\bchown\b/i;

export function judgeCopyUp({ told, launch }: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const { accessPoint, efs, mountedBy, name } = volume;
  if (launch.type === 'FARGATE' || told?.kind !== 'posix-permission' || !CHOWN.test(told.cause)) return [];
  const user = accessPoint?.state === 'present' ? accessPoint.value.user : undefined;
  return [
    finding('copy-up-chown', efs.accessPointId ?? efs.fileSystemId, {
      volume: name,
      mountedAt: mountedBy.map(({ container, containerPath }) => `${container}:${containerPath}`).join(' '),
      accessPointUser: user ? `${user.uid}:${user.gid}` : 'none: only root with ClientRootAccess may change owners',
    }),
  ];
}
