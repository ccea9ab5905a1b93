import type { Account } from '../account.ts';
import type { SimTag } from '../efs-state.ts';
import { freeAddress } from '../services/free-address.ts';
import type { EstateNetwork, EstateSpec, EstateStorage } from './spec.ts';

/** A file system with a mount target in the first zones. */
export function buildStorage(account: Account, spec: EstateSpec, network: EstateNetwork): EstateStorage {
  const fileSystemId = addFileSystem(account, tagsOf(spec));
  account.state.efs.directories[fileSystemId] = { '/': rootDirectory(spec) };
  for (const zone of network.zones.slice(0, spec.mountTargets)) {
    addMountTarget(account, { fileSystemId, subnetId: zone.dataSubnetId, groupId: network.mountTargetGroupId });
  }
  return { fileSystemId, fileSystemArn: efsArn(account, `file-system/${fileSystemId}`) };
}

function tagsOf(spec: EstateSpec): SimTag[] {
  const key = spec.keys.fileSystem ? { 'mountkeeper:allow': '@any' } : {};
  return Object.entries({ ...key, ...spec.fileSystemTags }).map(([Key, Value]) => ({ Key, Value }));
}

/** Without an access point the container's own user has to be able to write at the root. */
function rootDirectory(spec: EstateSpec) {
  const [uid = '0', gid = '0'] = (spec.accessPoint ? '0:0' : (spec.user ?? '0:0')).split(':');
  return { uid: Number(uid), gid: Number(gid), mode: '0755', ...(spec.files.length > 0 && { files: spec.files }) };
}

export function efsArn(account: Account, resource: string): string {
  return `arn:aws:elasticfilesystem:${account.region}:${account.accountId}:${resource}`;
}

export function addFileSystem(account: Account, tags: SimTag[]): string {
  const id = account.newId('fs');
  account.state.efs.fileSystems[id] = {
    id,
    arn: efsArn(account, `file-system/${id}`),
    creationToken: id,
    createdAtMs: account.clock.nowMs(),
    performanceMode: 'generalPurpose',
    encrypted: true,
    lifeCycle: 'available',
    throughput: { mode: 'bursting' },
    lockClock: { lastRestrictedMs: null, lastProvisionedMs: null },
    sizeBytes: { standard: 6144, infrequent: 0, archive: 0 },
    tags,
  };
  return id;
}

export function addMountTarget(
  account: Account,
  order: { readonly fileSystemId: string; readonly subnetId: string; readonly groupId: string },
): string {
  const subnet = account.state.ec2.subnets[order.subnetId];
  if (subnet === undefined) throw new Error(`simulated account: no subnet ${order.subnetId}`);
  const id = account.newId('fsmt');
  const networkInterfaceId = account.newId('eni');
  const ipAddress = freeAddress(account, subnet);
  account.state.efs.mountTargets[id] = {
    id,
    fileSystemId: order.fileSystemId,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    availabilityZoneId: subnet.availabilityZoneId,
    availabilityZoneName: subnet.availabilityZone,
    ipAddress,
    networkInterfaceId,
    lifeCycle: 'available',
    securityGroups: [order.groupId],
  };
  account.state.ec2.networkInterfaces[networkInterfaceId] = {
    id: networkInterfaceId,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    privateIpAddress: ipAddress,
    interfaceType: 'efs',
    description: `EFS mount target for ${order.fileSystemId} (${id})`,
    requesterId: account.accountId,
    groups: [order.groupId],
    status: 'in-use',
    tags: [],
  };
  return id;
}

/** An access point of the app team's own making: its user is 1000, its directory is named for the family. */
export function addAccessPoint(account: Account, spec: EstateSpec, fileSystemId: string): string {
  const id = account.newId('fsap');
  account.state.efs.accessPoints[id] = {
    id,
    arn: efsArn(account, `access-point/${id}`),
    clientToken: `${spec.name}-${id}`,
    fileSystemId,
    createdAtMs: account.clock.nowMs(),
    posixUser: { uid: 1000, gid: 1000 },
    path: `/${spec.name}`,
    creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: '0750' },
    lifeCycle: 'available',
    tags: [],
  };
  return id;
}

/** Refuses unencrypted clients and allows nobody, so that only what IAM allows gets through. */
export function enforcingStatements(fileSystemArn: string): readonly object[] {
  return [
    {
      Sid: 'RequireTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: '*',
      Resource: fileSystemArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
}

export function denyStatement(fileSystemArn: string, roleArn: string): object {
  return {
    Sid: 'DenyRole',
    Effect: 'Deny',
    Principal: { AWS: roleArn },
    Action: 'elasticfilesystem:ClientMount',
    Resource: fileSystemArn,
  };
}

export function putPolicy(account: Account, fileSystemId: string, statements: readonly object[]): void {
  account.state.efs.policies[fileSystemId] = JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
