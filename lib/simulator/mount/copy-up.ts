import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { SimImage } from '../ecs-state.ts';
import type { MountSuccess } from './request.ts';

/**
 * Docker on EC2 gives a volume the owner that the mounted directory has in the image. Through an access point with a
 * user the server refuses that for any other id; without one it takes root with ClientRootAccess.
 */
export function copyUpFails(
  image: SimImage | undefined,
  mount: { readonly container: ContainerDefinition; readonly containerPath: string; readonly success: MountSuccess },
): boolean {
  const inImage = image?.directories[mount.containerPath];
  if (inImage === undefined) return false;
  const { posixUser, permissions } = mount.success;
  if (posixUser === undefined) return !permissions.root;
  return posixUser.uid !== inImage.uid || posixUser.gid !== inImage.gid;
}
