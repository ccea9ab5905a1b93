import type {
  AccessPointDescription,
  CreateAccessPointRequest,
  DeleteAccessPointRequest,
  DescribeAccessPointsRequest,
  DescribeAccessPointsResponse,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import type { SimAccessPoint } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { toSimTags } from '../tags.ts';
import { checkAccessPointRequest } from './efs-access-point-rules.ts';
import { findFileSystem, requireAvailable } from './efs-file-systems.ts';

const PAGE = 100;
const MOST_PER_FILE_SYSTEM = 10_000;
const CREATING_MS = 5_000;
const DELETING_MS = 5_000;

function findAccessPoint(account: Account, id: string | undefined): SimAccessPoint {
  const plainId = id?.split('/').at(-1) ?? '';
  const found = account.state.efs.accessPoints[plainId];
  if (found === undefined) throw simError('AccessPointNotFound', 404, `Access point ${plainId} does not exist.`);
  return found;
}

function describe(account: Account, point: SimAccessPoint): AccessPointDescription {
  const { posixUser, creationInfo } = point;
  return {
    ClientToken: point.clientToken,
    Name: point.tags.find((tag) => tag.Key === 'Name')?.Value,
    Tags: point.tags.map((tag) => ({ ...tag })),
    AccessPointId: point.id,
    AccessPointArn: point.arn,
    FileSystemId: point.fileSystemId,
    PosixUser: posixUser && {
      Uid: posixUser.uid,
      Gid: posixUser.gid,
      SecondaryGids: posixUser.secondaryGids && [...posixUser.secondaryGids],
    },
    RootDirectory: {
      Path: point.path,
      CreationInfo: creationInfo && {
        OwnerUid: creationInfo.ownerUid,
        OwnerGid: creationInfo.ownerGid,
        Permissions: creationInfo.permissions,
      },
    },
    OwnerId: account.accountId,
    LifeCycleState: point.lifeCycle,
  };
}

function refuseKnownToken(account: Account, clientToken: string): void {
  const twin = Object.values(account.state.efs.accessPoints).find((point) => point.clientToken === clientToken);
  if (twin === undefined) return;
  const message = `Access point already exists with client token '${clientToken}'`;
  throw simError('AccessPointAlreadyExists', 409, message, { AccessPointId: twin.id });
}

function refuseAboveLimit(account: Account, fileSystemId: string): void {
  const count = Object.values(account.state.efs.accessPoints).filter((one) => one.fileSystemId === fileSystemId).length;
  if (count < MOST_PER_FILE_SYSTEM) return;
  throw simError('AccessPointLimitExceeded', 403, `File system ${fileSystemId} has ${count} access points.`);
}

function posixOf(input: CreateAccessPointRequest): Pick<SimAccessPoint, 'posixUser' | 'creationInfo'> {
  const user = input.PosixUser;
  const info = input.RootDirectory?.CreationInfo;
  const secondaryGids = user?.SecondaryGids;
  return {
    ...(user && {
      posixUser: { uid: user.Uid ?? 0, gid: user.Gid ?? 0, ...(secondaryGids && { secondaryGids }) },
    }),
    ...(info && {
      creationInfo: {
        ownerUid: info.OwnerUid ?? 0,
        ownerGid: info.OwnerGid ?? 0,
        permissions: info.Permissions ?? '',
      },
    }),
  };
}

function createAccessPoint(account: Account, input: CreateAccessPointRequest): AccessPointDescription {
  checkAccessPointRequest(input);
  // A client that is given no token sends a random one: nothing is idempotent then.
  const clientToken = input.ClientToken ?? account.newUuid();
  refuseKnownToken(account, clientToken);
  const fileSystem = findFileSystem(account, input.FileSystemId);
  requireAvailable(fileSystem);
  refuseAboveLimit(account, fileSystem.id);
  const id = account.newId('fsap');
  const point: SimAccessPoint = {
    id,
    arn: `arn:aws:elasticfilesystem:${account.region}:${account.accountId}:access-point/${id}`,
    clientToken,
    fileSystemId: fileSystem.id,
    createdAtMs: account.clock.nowMs(),
    path: input.RootDirectory?.Path ?? '/',
    ...posixOf(input),
    lifeCycle: 'creating',
    tags: toSimTags(input.Tags),
  };
  account.state.efs.accessPoints[id] = point;
  account.clock.at(account.clock.nowMs() + CREATING_MS, () => {
    if (point.lifeCycle === 'creating') point.lifeCycle = 'available';
  });
  return describe(account, point);
}

function describeAccessPoints(account: Account, input: DescribeAccessPointsRequest): DescribeAccessPointsResponse {
  if (input.AccessPointId !== undefined && input.FileSystemId !== undefined) {
    throw simError('BadRequest', 400, 'AccessPointId and FileSystemId are mutually exclusive.');
  }
  if (input.AccessPointId !== undefined) {
    return { AccessPoints: [describe(account, findAccessPoint(account, input.AccessPointId))] };
  }
  const only = input.FileSystemId === undefined ? undefined : findFileSystem(account, input.FileSystemId).id;
  const newest = account.clock.nowMs() - account.state.efs.listDelayMs;
  const all = Object.values(account.state.efs.accessPoints)
    .filter((point) => only === undefined || point.fileSystemId === only)
    .filter((point) => point.createdAtMs <= newest);
  const page = pageOf(all, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { AccessPoints: page.items.map((point) => describe(account, point)), NextToken: page.next };
}

function deleteAccessPoint(account: Account, input: DeleteAccessPointRequest): void {
  const point = findAccessPoint(account, input.AccessPointId);
  point.lifeCycle = 'deleting';
  account.clock.at(account.clock.nowMs() + DELETING_MS, () => {
    delete account.state.efs.accessPoints[point.id];
  });
}

export const accessPointHandlers: Handlers = {
  'EFS.CreateAccessPoint': createAccessPoint,
  'EFS.DescribeAccessPoints': describeAccessPoints,
  'EFS.DeleteAccessPoint': deleteAccessPoint,
};
