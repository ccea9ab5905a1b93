import type {
  AccessPointDescription,
  PosixUser as EfsPosixUser,
  FileSystemDescription,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import type { AccessPoint, CreationInfo, FileSystem, LifeCycleState, MountTarget, PosixUser } from '../domain/efs.ts';
import type { Fact } from '../domain/fact.ts';
import { given } from './given.ts';
import { fromTags } from './tags.ts';

const STATES: readonly string[] = [
  'creating',
  'available',
  'updating',
  'deleting',
  'deleted',
  'error',
] satisfies LifeCycleState[];

/** A state that is not in the model is taken for an error: nobody may wait for it or count on it. */
function toState(state: string | undefined): LifeCycleState {
  return STATES.includes(state ?? '') ? (state as LifeCycleState) : 'error';
}

export function toFileSystem(found: FileSystemDescription): FileSystem {
  return given({
    id: found.FileSystemId ?? '',
    arn: found.FileSystemArn ?? '',
    ownerId: found.OwnerId ?? '',
    name: found.Name,
    state: toState(found.LifeCycleState),
    performanceMode: found.PerformanceMode ?? 'generalPurpose',
    throughputMode: found.ThroughputMode ?? 'bursting',
    provisionedMibps: found.ProvisionedThroughputInMibps,
    sizeStandardBytes: found.SizeInBytes?.ValueInStandard ?? found.SizeInBytes?.Value ?? 0,
    zoneName: found.AvailabilityZoneName,
    tags: fromTags(found.Tags),
  });
}

export function toMountTarget(found: MountTargetDescription, groupIds: Fact<readonly string[]>): MountTarget {
  return given({
    id: found.MountTargetId ?? '',
    fileSystemId: found.FileSystemId ?? '',
    vpcId: found.VpcId ?? '',
    subnetId: found.SubnetId ?? '',
    zoneId: found.AvailabilityZoneId ?? '',
    zoneName: found.AvailabilityZoneName ?? '',
    ipv4: found.IpAddress,
    ipv6: found.Ipv6Address,
    state: toState(found.LifeCycleState),
    networkInterfaceId: found.NetworkInterfaceId,
    groupIds,
  });
}

export function toAccessPoint(found: AccessPointDescription): AccessPoint {
  return given({
    id: found.AccessPointId ?? '',
    arn: found.AccessPointArn ?? '',
    fileSystemId: found.FileSystemId ?? '',
    state: toState(found.LifeCycleState),
    path: found.RootDirectory?.Path ?? '/',
    user: toUser(found.PosixUser),
    creation: toCreation(found),
    tags: fromTags(found.Tags),
  });
}

function toUser(user: EfsPosixUser | undefined): PosixUser | undefined {
  if (user?.Uid === undefined || user.Gid === undefined) return undefined;
  const secondaryGids = user.SecondaryGids?.length ? user.SecondaryGids : undefined;
  return given({ uid: user.Uid, gid: user.Gid, secondaryGids });
}

function toCreation(found: AccessPointDescription): CreationInfo | undefined {
  const info = found.RootDirectory?.CreationInfo;
  if (info?.OwnerUid === undefined || info.OwnerGid === undefined) return undefined;
  return { ownerUid: info.OwnerUid, ownerGid: info.OwnerGid, permissions: info.Permissions ?? '' };
}
