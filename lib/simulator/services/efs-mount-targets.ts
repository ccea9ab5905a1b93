import type {
  CreateMountTargetRequest,
  DeleteMountTargetRequest,
  DescribeMountTargetsRequest,
  DescribeMountTargetsResponse,
  MountTargetDescription,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import type { SimSubnet } from '../ec2-state.ts';
import type { SimFileSystem, SimMountTarget } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { findFileSystem, requireAvailable } from './efs-file-systems.ts';
import { checkGroups, mountTargetGroupHandlers } from './efs-mount-target-groups.ts';
import { freeAddress } from './free-address.ts';

const PAGE = 10;
const CREATING_MS = 90_000;
const DELETING_MS = 30_000;

export function findMountTarget(account: Account, id: string | undefined): SimMountTarget {
  const found = account.state.efs.mountTargets[id ?? ''];
  if (found === undefined) throw simError('MountTargetNotFound', 404, `Mount target '${id}' does not exist.`);
  return found;
}

function describe(account: Account, target: SimMountTarget): MountTargetDescription {
  return {
    OwnerId: account.accountId,
    MountTargetId: target.id,
    FileSystemId: target.fileSystemId,
    SubnetId: target.subnetId,
    LifeCycleState: target.lifeCycle,
    IpAddress: target.ipAddress,
    Ipv6Address: target.ipv6Address,
    NetworkInterfaceId: target.networkInterfaceId,
    AvailabilityZoneId: target.availabilityZoneId,
    AvailabilityZoneName: target.availabilityZoneName,
    VpcId: target.vpcId,
  };
}

function checkPlace(account: Account, fileSystem: SimFileSystem, subnet: SimSubnet): void {
  const others = Object.values(account.state.efs.mountTargets).filter((one) => one.fileSystemId === fileSystem.id);
  if (others.some((other) => other.availabilityZoneId === subnet.availabilityZoneId)) {
    throw simError('MountTargetConflict', 409, 'mount target already exists in this AZ');
  }
  if (others.some((other) => other.vpcId !== subnet.vpcId)) {
    throw simError('MountTargetConflict', 409, 'requested subnet for new mount target is not in the same VPC');
  }
  const zone = fileSystem.availabilityZoneName;
  if (zone !== undefined && zone !== subnet.availabilityZone) {
    throw simError('AvailabilityZonesMismatch', 400, `The file system is in ${zone}, the subnet is not.`);
  }
}

function addInterface(account: Account, target: SimMountTarget): void {
  account.state.ec2.networkInterfaces[target.networkInterfaceId] = {
    id: target.networkInterfaceId,
    vpcId: target.vpcId,
    subnetId: target.subnetId,
    availabilityZone: target.availabilityZoneName,
    privateIpAddress: target.ipAddress,
    interfaceType: 'efs',
    description: `EFS mount target for ${target.fileSystemId} (${target.id})`,
    requesterId: account.accountId,
    groups: [...target.securityGroups],
    status: 'in-use',
    tags: [],
  };
}

function createMountTarget(account: Account, input: CreateMountTargetRequest): MountTargetDescription {
  const fileSystem = findFileSystem(account, input.FileSystemId);
  requireAvailable(fileSystem);
  const subnet = account.state.ec2.subnets[input.SubnetId ?? ''];
  if (subnet === undefined) throw simError('SubnetNotFound', 400, `The subnet ID '${input.SubnetId}' does not exist`);
  checkPlace(account, fileSystem, subnet);
  const standard = account.state.ec2.vpcs[subnet.vpcId]?.defaultSecurityGroupId;
  const target: SimMountTarget = {
    id: account.newId('fsmt'),
    fileSystemId: fileSystem.id,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    availabilityZoneId: subnet.availabilityZoneId,
    availabilityZoneName: subnet.availabilityZone,
    ipAddress: freeAddress(account, subnet, input.IpAddress),
    networkInterfaceId: account.newId('eni'),
    lifeCycle: 'creating',
    securityGroups: checkGroups(account, input.SecurityGroups ?? (standard ? [standard] : []), subnet.vpcId),
  };
  account.state.efs.mountTargets[target.id] = target;
  addInterface(account, target);
  account.clock.at(account.clock.nowMs() + CREATING_MS, () => {
    if (target.lifeCycle === 'creating') target.lifeCycle = 'available';
  });
  return describe(account, target);
}

function targetsAsked(account: Account, input: DescribeMountTargetsRequest): SimMountTarget[] {
  const { efs } = account.state;
  if (input.MountTargetId !== undefined) return [findMountTarget(account, input.MountTargetId)];
  const point = input.AccessPointId === undefined ? undefined : efs.accessPoints[input.AccessPointId];
  if (input.AccessPointId !== undefined && point === undefined) {
    throw simError('AccessPointNotFound', 404, `Access point ${input.AccessPointId} does not exist.`);
  }
  const { id } = findFileSystem(account, input.FileSystemId ?? point?.fileSystemId);
  return Object.values(efs.mountTargets).filter((target) => target.fileSystemId === id);
}

function describeMountTargets(account: Account, input: DescribeMountTargetsRequest): DescribeMountTargetsResponse {
  const given = [input.FileSystemId, input.MountTargetId, input.AccessPointId].filter((id) => id !== undefined);
  if (given.length !== 1) {
    throw simError('BadRequest', 400, 'Exactly one of FileSystemId, MountTargetId and AccessPointId is needed.');
  }
  const page = pageOf(targetsAsked(account, input), { token: input.Marker, size: pageSize(input.MaxItems, PAGE) });
  return { MountTargets: page.items.map((target) => describe(account, target)), NextMarker: page.next };
}

function deleteMountTarget(account: Account, input: DeleteMountTargetRequest): void {
  const target = findMountTarget(account, input.MountTargetId);
  target.lifeCycle = 'deleting';
  account.clock.at(account.clock.nowMs() + DELETING_MS, () => {
    delete account.state.efs.mountTargets[target.id];
    delete account.state.ec2.networkInterfaces[target.networkInterfaceId];
  });
}

export const mountTargetHandlers: Handlers = {
  'EFS.CreateMountTarget': createMountTarget,
  'EFS.DescribeMountTargets': describeMountTargets,
  'EFS.DeleteMountTarget': deleteMountTarget,
  ...mountTargetGroupHandlers,
};
