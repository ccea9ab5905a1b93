import type {
  CreateFileSystemRequest,
  DeleteFileSystemRequest,
  DescribeFileSystemsRequest,
  DescribeFileSystemsResponse,
  FileSystemDescription,
  UpdateFileSystemRequest,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import type { SimFileSystem, ThroughputSetting } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { tagTrouble, toSimTags } from '../tags.ts';
import { throughputChange, throughputOf } from './efs-throughput.ts';

const PAGE = 100;
const CREATING_MS = 5_000;
const DELETING_MS = 10_000;
/** An update is accepted at once and takes about a minute; until then Describe shows the old values. */
const UPDATING_MS = 60_000;

export function findFileSystem(account: Account, id: string | undefined): SimFileSystem {
  const plainId = id?.split('/').at(-1) ?? '';
  const found = account.state.efs.fileSystems[plainId];
  if (found === undefined) throw simError('FileSystemNotFound', 404, `File system '${plainId}' does not exist.`);
  return found;
}

export function requireAvailable(fileSystem: SimFileSystem): void {
  if (fileSystem.lifeCycle === 'available') return;
  const message = `None of the operations are allowed on file system ${fileSystem.id} while it is ${fileSystem.lifeCycle}.`;
  throw simError('IncorrectFileSystemLifeCycleState', 409, message);
}

function throughputMembers(setting: ThroughputSetting) {
  const amount = setting.provisionedMibps;
  return { ThroughputMode: setting.mode, ...(amount === undefined ? {} : { ProvisionedThroughputInMibps: amount }) };
}

function describe(account: Account, fileSystem: SimFileSystem): FileSystemDescription {
  const { standard, infrequent, archive } = fileSystem.sizeBytes;
  const mountTargets = Object.values(account.state.efs.mountTargets).filter(
    (target) => target.fileSystemId === fileSystem.id,
  );
  return {
    OwnerId: account.accountId,
    CreationToken: fileSystem.creationToken,
    FileSystemId: fileSystem.id,
    FileSystemArn: fileSystem.arn,
    CreationTime: new Date(fileSystem.createdAtMs),
    LifeCycleState: fileSystem.lifeCycle,
    Name: fileSystem.tags.find((tag) => tag.Key === 'Name')?.Value,
    NumberOfMountTargets: mountTargets.length,
    SizeInBytes: {
      Value: standard + infrequent + archive,
      ValueInStandard: standard,
      ValueInIA: infrequent,
      ValueInArchive: archive,
      Timestamp: new Date(account.clock.nowMs()),
    },
    PerformanceMode: fileSystem.performanceMode,
    Encrypted: fileSystem.encrypted,
    ...throughputMembers(fileSystem.throughput),
    AvailabilityZoneName: fileSystem.availabilityZoneName,
    Tags: fileSystem.tags.map((tag) => ({ ...tag })),
  };
}

function createFileSystem(account: Account, input: CreateFileSystemRequest): FileSystemDescription {
  const { fileSystems, directories } = account.state.efs;
  const creationToken = input.CreationToken ?? account.newUuid();
  const twin = Object.values(fileSystems).find((other) => other.creationToken === creationToken);
  if (twin !== undefined) {
    const message = `File system '${twin.id}' already exists with creation token '${creationToken}'`;
    throw simError('FileSystemAlreadyExists', 409, message, { FileSystemId: twin.id });
  }
  const trouble = tagTrouble(input.Tags ?? []);
  if (trouble !== undefined) throw simError('BadRequest', 400, trouble);
  const id = account.newId('fs');
  const fileSystem: SimFileSystem = {
    id,
    arn: `arn:aws:elasticfilesystem:${account.region}:${account.accountId}:file-system/${id}`,
    creationToken,
    createdAtMs: account.clock.nowMs(),
    performanceMode: input.PerformanceMode ?? 'generalPurpose',
    encrypted: input.Encrypted ?? false,
    ...(input.AvailabilityZoneName === undefined ? {} : { availabilityZoneName: input.AvailabilityZoneName }),
    lifeCycle: 'creating',
    throughput: throughputOf(input, { mode: 'bursting' }),
    sizeBytes: { standard: 6144, infrequent: 0, archive: 0 },
    tags: toSimTags(input.Tags),
  };
  fileSystems[id] = fileSystem;
  directories[id] = { '/': { uid: 0, gid: 0, mode: '0755' } };
  account.clock.at(account.clock.nowMs() + CREATING_MS, () => {
    fileSystem.lifeCycle = 'available';
  });
  return describe(account, fileSystem);
}

function describeFileSystems(account: Account, input: DescribeFileSystemsRequest): DescribeFileSystemsResponse {
  if (input.FileSystemId !== undefined) {
    return { FileSystems: [describe(account, findFileSystem(account, input.FileSystemId))] };
  }
  const all = Object.values(account.state.efs.fileSystems).filter(
    (one) => input.CreationToken === undefined || one.creationToken === input.CreationToken,
  );
  const page = pageOf(all, { token: input.Marker, size: pageSize(input.MaxItems, PAGE) });
  return { FileSystems: page.items.map((one) => describe(account, one)), NextMarker: page.next };
}

function updateFileSystem(account: Account, input: UpdateFileSystemRequest): FileSystemDescription {
  const fileSystem = findFileSystem(account, input.FileSystemId);
  requireAvailable(fileSystem);
  const wanted = throughputOf(input, fileSystem.throughput);
  const nowMs = account.clock.nowMs();
  const lockClock = throughputChange(fileSystem, wanted, { rule: account.state.efs.lockRule, nowMs });
  if (lockClock === undefined) return describe(account, fileSystem);
  fileSystem.lifeCycle = 'updating';
  fileSystem.lockClock = lockClock;
  account.clock.at(nowMs + UPDATING_MS, () => {
    fileSystem.throughput = wanted;
    fileSystem.lifeCycle = 'available';
  });
  return { ...describe(account, fileSystem), ...throughputMembers(wanted) };
}

function deleteFileSystem(account: Account, input: DeleteFileSystemRequest): void {
  const fileSystem = findFileSystem(account, input.FileSystemId);
  const { efs } = account.state;
  if (Object.values(efs.mountTargets).some((target) => target.fileSystemId === fileSystem.id)) {
    throw simError('FileSystemInUse', 409, `File system '${fileSystem.id}' has mount targets created in it.`);
  }
  fileSystem.lifeCycle = 'deleting';
  account.clock.at(account.clock.nowMs() + DELETING_MS, () => {
    delete efs.fileSystems[fileSystem.id];
    delete efs.directories[fileSystem.id];
    delete efs.policies[fileSystem.id];
    for (const point of Object.values(efs.accessPoints)) {
      if (point.fileSystemId === fileSystem.id) delete efs.accessPoints[point.id];
    }
  });
}

export const fileSystemHandlers: Handlers = {
  'EFS.CreateFileSystem': createFileSystem,
  'EFS.DescribeFileSystems': describeFileSystems,
  'EFS.UpdateFileSystem': updateFileSystem,
  'EFS.DeleteFileSystem': deleteFileSystem,
};
