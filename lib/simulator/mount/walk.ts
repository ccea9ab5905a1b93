import { findAccessPoint } from './access-point.ts';
import { enterDirectory } from './directory.ts';
import { findMountTarget } from './name.ts';
import { networkBlock } from './network.ts';
import { clientPermissions, roleOf } from './permissions.ts';
import type { MountFault, MountRequest, MountResult, MountVolume, MountWorld } from './request.ts';

/**
 * Walks the path that a mount takes, in the order in which the mount helper and the server look, and stops at the first
 * thing that is wrong. Makes the access point's directory, as a first mount does.
 */
export function walkMount(world: MountWorld, request: MountRequest): MountResult {
  const { volume } = request;
  const option = missingTls(volume);
  if (option !== undefined) return failed({ kind: 'tls-option-missing', why: option });
  const target = findMountTarget(world, request);
  if ('kind' in target) return failed(target);
  if (volume.iam && roleOf(world, request.taskRoleArn) === undefined) {
    return failed({ kind: 'no-credentials', why: 'no-task-role' });
  }
  const block = networkBlock(world, request.client, target);
  if (block !== undefined) return failed({ kind: 'timed-out', why: block });
  return askServer(world, request, target);
}

function askServer(
  world: MountWorld,
  request: MountRequest,
  mountTarget: Exclude<ReturnType<typeof findMountTarget>, MountFault>,
): MountResult {
  const accessPoint = findAccessPoint(world, request.volume);
  if (typeof accessPoint === 'string') return failed({ kind: 'denied', why: accessPoint });
  const permissions = clientPermissions(world, request);
  if (!permissions.mount) return failed({ kind: 'denied', why: 'policy' });
  const path = enterDirectory(world, request.volume, accessPoint);
  if (typeof path !== 'string') return failed(path);
  const posixUser = accessPoint?.posixUser;
  return { mounted: true, success: { mountTarget, permissions, path, ...(posixUser && { posixUser }) } };
}

function missingTls(volume: MountVolume): 'iam' | 'accesspoint' | undefined {
  if (volume.tls) return undefined;
  if (volume.iam) return 'iam';
  return volume.accessPointId === undefined ? undefined : 'accesspoint';
}

function failed(fault: MountFault): MountResult {
  return { mounted: false, fault };
}
