import type { MountedBy, VolumeFacts } from '../diagnosis/mount-facts.ts';
import type { EfsVolume, TaskDefinition } from '../domain/ecs.ts';
import type { World } from '../world.ts';
import { gatherLogPhrases } from './gather-log-phrases.ts';
import type { MountInput } from './mount-input.ts';

export interface EfsVolumeOf {
  readonly name: string;
  readonly efs: EfsVolume;
}

export function efsVolumesOf({ volumes }: TaskDefinition): readonly EfsVolumeOf[] {
  return volumes.flatMap(({ name, efs }) => (efs ? [{ name, efs }] : []));
}

/** Everything that hangs on the volume alone, read at once. */
export async function gatherVolume({ name, efs }: EfsVolumeOf, input: MountInput, world: World): Promise<VolumeFacts> {
  const { fileSystemId, accessPointId } = efs;
  const mountedBy = mountedByOf(input.taskDefinition, name);
  const [fileSystem, mountTargets, filePolicy, accessPoint, logPhrases] = await Promise.all([
    world.efs.fileSystem(fileSystemId),
    world.efs.mountTargets(fileSystemId),
    world.efs.policy(fileSystemId),
    accessPointId === undefined ? undefined : world.efs.accessPoint(accessPointId),
    gatherLogPhrases(input, { name, mountedBy }, world),
  ]);
  return {
    name,
    efs,
    mountedBy,
    fileSystem,
    mountTargets,
    filePolicy,
    ...(accessPoint && { accessPoint }),
    ...(logPhrases && { logPhrases }),
  };
}

function mountedByOf({ containers }: TaskDefinition, volume: string): readonly MountedBy[] {
  return containers.flatMap(({ name: container, user, mountPoints }) =>
    mountPoints
      .filter(({ sourceVolume }) => sourceVolume === volume)
      .map(({ containerPath, readOnly }) => ({ container, containerPath, readOnly, ...(user && { user }) })),
  );
}
