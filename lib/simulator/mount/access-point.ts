import type { SimAccessPoint } from '../efs-state.ts';
import type { Denial, MountVolume, MountWorld } from './request.ts';

/** The access point that the server accepts, or why it says "access denied". Undefined: none was asked for. */
export function findAccessPoint(world: MountWorld, volume: MountVolume): SimAccessPoint | Denial | undefined {
  if (volume.accessPointId === undefined) return undefined;
  const accessPoint = world.state.efs.accessPoints[volume.accessPointId];
  if (accessPoint === undefined || accessPoint.lifeCycle === 'deleted') return 'access-point-missing';
  if (accessPoint.fileSystemId !== volume.fileSystemId) return 'access-point-of-other-file-system';
  return accessPoint.lifeCycle === 'available' ? accessPoint : 'access-point-not-available';
}
