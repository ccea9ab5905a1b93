import type { ContainerDefinition, Volume } from '@aws-sdk/client-ecs';
import type { Account } from './account.ts';
import type { SimTaskDefinition } from './ecs-state.ts';
import type { MountRecord, SimTask } from './ecs-task-state.ts';
import { copyUpFails } from './mount/copy-up.ts';
import { directoriesOf } from './mount/directory.ts';
import { identityOf, mayRead, mayWrite } from './mount/identity.ts';
import type { MountFault, MountRequest, MountResult, MountSuccess, MountVolume, MountWorld } from './mount/request.ts';
import { walkMount } from './mount/walk.ts';
import { clientOf, hostOf } from './task-network.ts';

export type TaskMounts =
  | { readonly outcome: 'mounted'; readonly mounts: readonly MountRecord[] }
  | { readonly outcome: 'failed'; readonly fault: MountFault; readonly volume: MountVolume }
  | { readonly outcome: 'copy-up'; readonly volume: MountVolume; readonly container: string };

/** Mounts every EFS volume of the task, one after the other, and stops at the first that fails. */
export function mountVolumes(account: Account, { task, definition, creditsTimeOut }: MountOrder): TaskMounts {
  const world: MountWorld = { ...account, nowMs: account.clock.nowMs() };
  const mounts: MountRecord[] = [];
  for (const volume of efsVolumes(definition.definition.volumes ?? [])) {
    const result = mountOne(world, account, { task, definition, volume });
    if (!result.mounted) return { outcome: 'failed', fault: result.fault, volume };
    if (creditsTimeOut) return { outcome: 'failed', fault: { kind: 'timed-out', why: 'throughput' }, volume };
    const uses = usesOf(definition, volume);
    const stuck = uses.find((use) => onInstance(task) && cannotCopyUp(account, use, result.success));
    if (stuck !== undefined) return { outcome: 'copy-up', volume, container: stuck.container.name ?? '' };
    mounts.push(...uses.map((use) => recordMount(world, volume, { ...use, success: result.success })));
  }
  return { outcome: 'mounted', mounts };
}

export interface MountOrder {
  readonly task: SimTask;
  readonly definition: SimTaskDefinition;
  /** The server answers too slowly: no burst credits are left. */
  readonly creditsTimeOut: boolean;
}

function mountOne(world: MountWorld, account: Account, order: RequestOrder): MountResult {
  if (hostOf(account, order.task)?.volumePlugin === false) {
    return { mounted: false, fault: { kind: 'no-plugin', why: 'volume-plugin-missing' } };
  }
  return walkMount(world, requestFor(account, order));
}

function onInstance(task: SimTask): boolean {
  return task.launchType !== 'FARGATE';
}

interface Use {
  readonly container: ContainerDefinition;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

function cannotCopyUp(account: Account, use: Use, success: MountSuccess): boolean {
  return copyUpFails(account.state.ecs.images[use.container.image ?? ''], { ...use, success });
}

function efsVolumes(volumes: readonly Volume[]): readonly MountVolume[] {
  return volumes.flatMap(({ name = '', efsVolumeConfiguration: efs }) => {
    if (efs === undefined) return [];
    const { accessPointId, iam } = efs.authorizationConfig ?? {};
    const volume: MountVolume = {
      name,
      fileSystemId: efs.fileSystemId ?? '',
      rootDirectory: efs.rootDirectory ?? '/',
      tls: efs.transitEncryption === 'ENABLED',
      iam: iam === 'ENABLED',
      ...(accessPointId && { accessPointId }),
    };
    return [volume];
  });
}

interface RequestOrder {
  readonly task: SimTask;
  readonly definition: SimTaskDefinition;
  readonly volume: MountVolume;
}

function requestFor(account: Account, { task, definition, volume }: RequestOrder): MountRequest {
  const taskRoleArn = task.overrides.taskRoleArn ?? definition.definition.taskRoleArn;
  return {
    client: clientOf(account, task),
    volume,
    ...(taskRoleArn && { taskRoleArn }),
    sessionName: task.arn.split('/').at(-1) ?? '',
    botocore: hostOf(account, task)?.botocore ?? false,
  };
}

function usesOf(definition: SimTaskDefinition, volume: MountVolume): readonly Use[] {
  return definition.definition.containerDefinitions.flatMap((container) =>
    (container.mountPoints ?? [])
      .filter(({ sourceVolume }) => sourceVolume === volume.name)
      .map(({ containerPath = '', readOnly = false }) => ({ container, containerPath, readOnly })),
  );
}

function recordMount(
  world: MountWorld,
  volume: MountVolume,
  use: Use & { readonly success: MountSuccess },
): MountRecord {
  const { success, container, containerPath, readOnly } = use;
  const identity = identityOf(success, container.user);
  const directory = directoriesOf(world, volume.fileSystemId)[success.path] ?? { uid: 0, gid: 0, mode: '0000' };
  return {
    volume: volume.name,
    container: container.name ?? '',
    fileSystemId: volume.fileSystemId,
    ...(volume.accessPointId && { accessPointId: volume.accessPointId }),
    mountTargetId: success.mountTarget.id,
    path: success.path,
    containerPath,
    uid: identity.uid,
    gid: identity.gids[0],
    readOnly,
    canRead: mayRead(identity, directory),
    canWrite: !readOnly && mayWrite(identity, directory, success.permissions),
    writeRefusedBy: success.permissions.write ? 'posix' : 'policy',
    client: success.permissions,
    files: [...(directory.files ?? [])],
  };
}
