import type { Case, Step } from './case.ts';
import { EFS_GROUP, NETWORK, SUBNET_A, SUBNET_B, TASK_GROUP, VPC } from './network.ts';

const FS = '$fs.FileSystemId';
const POINT = '$point.AccessPointId';
const TARGET = '$target.MountTargetId';
const NO_FS = 'fs-0123456789abcdef0';
const NO_POINT = 'fsap-0123456789abcdef0';
const NO_TARGET = 'fsmt-0123456789abcdef0';

const FILE_SYSTEM: Step = {
  call: 'EFS.CreateFileSystem',
  input: { CreationToken: 'token', Encrypted: true },
  as: 'fs',
};
const TARGET_IN_A: Step = {
  call: 'EFS.CreateMountTarget',
  input: { FileSystemId: FS, SubnetId: SUBNET_A, SecurityGroups: [EFS_GROUP] },
  as: 'target',
};
const ORDER = {
  ClientToken: 'point',
  FileSystemId: FS,
  PosixUser: { Uid: 10_000, Gid: 10_001 },
  RootDirectory: { Path: '/ecs/orders', CreationInfo: { OwnerUid: 10_000, OwnerGid: 10_001, Permissions: '0750' } },
  Tags: [{ Key: 'mountkeeper:managed', Value: 'true' }],
};
const ACCESS_POINT: Step = { call: 'EFS.CreateAccessPoint', input: ORDER, as: 'point' };
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"elasticfilesystem:ClientMount"}]}';

export const efsCases: readonly Case[] = [
  {
    name: 'a file system is found by its id, with what it was made with',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.DescribeFileSystems',
        input: { FileSystemId: FS },
        expect: {
          FileSystems: [
            {
              FileSystemId: FS,
              CreationToken: 'token',
              Encrypted: true,
              LifeCycleState: 'available',
              ThroughputMode: 'bursting',
              PerformanceMode: 'generalPurpose',
              NumberOfMountTargets: 0,
              OwnerId: '111122223333',
              FileSystemArn: /^arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system\/fs-[0-9a-f]+$/,
            },
          ],
        },
      },
    ],
  },
  {
    name: 'an unknown file system is FileSystemNotFound',
    steps: [
      {
        call: 'EFS.DescribeFileSystems',
        input: { FileSystemId: NO_FS },
        fails: { name: 'FileSystemNotFound', carries: { ErrorCode: 'FileSystemNotFound' } },
        differs: {
          moto: 'the exception carries no ErrorCode',
          source: 'https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html',
        },
      },
    ],
  },
  {
    name: 'a creation token makes one file system',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.CreateFileSystem',
        input: { CreationToken: 'token' },
        fails: { name: 'FileSystemAlreadyExists' },
      },
    ],
  },
  {
    name: 'the refusal of a used creation token names the file system that it made',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.CreateFileSystem',
        input: { CreationToken: 'token' },
        fails: { name: 'FileSystemAlreadyExists', carries: { FileSystemId: FS } },
        differs: {
          moto: 'the exception carries no FileSystemId',
          source: 'https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html',
        },
      },
    ],
  },
  {
    name: 'file systems are told page by page',
    steps: [
      FILE_SYSTEM,
      { call: 'EFS.CreateFileSystem', input: { CreationToken: 'other' }, as: 'other' },
      {
        call: 'EFS.DescribeFileSystems',
        input: { MaxItems: 1 },
        as: 'page',
        expect: { FileSystems: [{}], NextMarker: /./ },
      },
      {
        call: 'EFS.DescribeFileSystems',
        input: { MaxItems: 1, Marker: '$page.NextMarker' },
        expect: { FileSystems: [{}] },
      },
    ],
  },
  {
    name: 'tags are added, replaced and taken away by key',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.TagResource',
        input: {
          ResourceId: FS,
          Tags: [
            { Key: 'one', Value: '1' },
            { Key: 'two', Value: '2' },
          ],
        },
      },
      { call: 'EFS.TagResource', input: { ResourceId: FS, Tags: [{ Key: 'two', Value: 'II' }] } },
      { call: 'EFS.UntagResource', input: { ResourceId: FS, TagKeys: ['one'] } },
      {
        call: 'EFS.DescribeFileSystems',
        input: { FileSystemId: FS },
        expect: { FileSystems: [{ Tags: [{ Key: 'two', Value: 'II' }] }] },
      },
    ],
  },
  {
    name: 'a mount target has the zone, network and an address of its subnet',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      TARGET_IN_A,
      {
        call: 'EFS.DescribeMountTargets',
        input: { FileSystemId: FS },
        expect: {
          MountTargets: [
            {
              MountTargetId: TARGET,
              SubnetId: SUBNET_A,
              VpcId: VPC,
              AvailabilityZoneName: 'eu-west-1a',
              AvailabilityZoneId: '$subnet-a.Subnet.AvailabilityZoneId',
              IpAddress: /^10\.0\.1\.\d+$/,
              LifeCycleState: 'available',
              NetworkInterfaceId: /^eni-/,
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a mount target is an interface in EC2, with its groups',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      TARGET_IN_A,
      {
        call: 'EC2.DescribeNetworkInterfaces',
        input: { Filters: [{ Name: 'group-id', Values: [EFS_GROUP] }] },
        expect: {
          NetworkInterfaces: [
            {
              NetworkInterfaceId: '$target.NetworkInterfaceId',
              SubnetId: SUBNET_A,
              VpcId: VPC,
              Groups: [{ GroupId: EFS_GROUP }],
            },
          ],
        },
      },
    ],
  },
  {
    name: 'a zone has one mount target of a file system',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      TARGET_IN_A,
      {
        call: 'EFS.CreateMountTarget',
        input: { FileSystemId: FS, SubnetId: SUBNET_A },
        fails: { name: 'MountTargetConflict' },
      },
      { call: 'EFS.CreateMountTarget', input: { FileSystemId: FS, SubnetId: SUBNET_B, SecurityGroups: [EFS_GROUP] } },
    ],
  },
  {
    name: 'a mount target needs a file system, a subnet and groups that exist',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      {
        call: 'EFS.CreateMountTarget',
        input: { FileSystemId: NO_FS, SubnetId: SUBNET_A },
        fails: { name: 'FileSystemNotFound' },
      },
      {
        call: 'EFS.CreateMountTarget',
        input: { FileSystemId: FS, SubnetId: 'subnet-0123456789abcdef0' },
        fails: { name: 'SubnetNotFound' },
      },
      {
        call: 'EFS.CreateMountTarget',
        input: { FileSystemId: FS, SubnetId: SUBNET_A, SecurityGroups: ['sg-0123456789abcdef0'] },
        fails: { name: 'SecurityGroupNotFound' },
      },
    ],
  },
  {
    name: 'modifying the groups of a mount target replaces them',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      TARGET_IN_A,
      {
        call: 'EFS.ModifyMountTargetSecurityGroups',
        input: { MountTargetId: TARGET, SecurityGroups: [TASK_GROUP] },
      },
      {
        call: 'EFS.DescribeMountTargetSecurityGroups',
        input: { MountTargetId: TARGET },
        expect: { SecurityGroups: [TASK_GROUP] },
      },
    ],
  },
  {
    name: 'an unknown mount target is MountTargetNotFound',
    steps: [
      {
        call: 'EFS.DescribeMountTargetSecurityGroups',
        input: { MountTargetId: NO_TARGET },
        fails: { name: 'MountTargetNotFound' },
      },
      {
        call: 'EFS.DescribeMountTargets',
        input: { MountTargetId: NO_TARGET },
        fails: { name: 'MountTargetNotFound' },
      },
    ],
  },
  {
    name: 'a file system with a mount target cannot be deleted',
    steps: [
      ...NETWORK,
      FILE_SYSTEM,
      TARGET_IN_A,
      { call: 'EFS.DeleteFileSystem', input: { FileSystemId: FS }, fails: { name: 'FileSystemInUse' } },
      { call: 'EFS.DeleteMountTarget', input: { MountTargetId: TARGET } },
      { call: 'EFS.DeleteFileSystem', input: { FileSystemId: FS } },
      { call: 'EFS.DescribeFileSystems', input: { FileSystemId: FS }, fails: { name: 'FileSystemNotFound' } },
    ],
  },
  {
    name: 'an access point is found by its id, with identity, directory and tags',
    steps: [
      FILE_SYSTEM,
      ACCESS_POINT,
      {
        call: 'EFS.DescribeAccessPoints',
        input: { AccessPointId: POINT },
        expect: {
          AccessPoints: [
            {
              ...ORDER,
              AccessPointId: POINT,
              LifeCycleState: 'available',
              AccessPointArn: /^arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point\/fsap-[0-9a-f]+$/,
            },
          ],
        },
      },
      {
        call: 'EFS.DescribeAccessPoints',
        input: { FileSystemId: FS },
        expect: { AccessPoints: [{ AccessPointId: POINT }] },
      },
    ],
  },
  {
    name: 'an access point without a directory has the root',
    steps: [
      FILE_SYSTEM,
      { call: 'EFS.CreateAccessPoint', input: { ClientToken: 'bare', FileSystemId: FS }, as: 'point' },
      {
        call: 'EFS.DescribeAccessPoints',
        input: { AccessPointId: POINT },
        expect: { AccessPoints: [{ RootDirectory: { Path: '/' } }] },
      },
    ],
  },
  {
    name: 'a deleted access point is AccessPointNotFound, as is one that never was',
    steps: [
      FILE_SYSTEM,
      ACCESS_POINT,
      { call: 'EFS.DeleteAccessPoint', input: { AccessPointId: POINT } },
      { call: 'EFS.DescribeAccessPoints', input: { AccessPointId: POINT }, fails: { name: 'AccessPointNotFound' } },
      { call: 'EFS.DescribeAccessPoints', input: { AccessPointId: NO_POINT }, fails: { name: 'AccessPointNotFound' } },
    ],
  },
  {
    name: 'a file system without a policy is PolicyNotFound',
    steps: [
      FILE_SYSTEM,
      { call: 'EFS.DescribeFileSystemPolicy', input: { FileSystemId: FS }, fails: { name: 'PolicyNotFound' } },
    ],
  },
  {
    name: 'a policy is told as it was put, and put again it is replaced',
    steps: [
      FILE_SYSTEM,
      { call: 'EFS.PutFileSystemPolicy', input: { FileSystemId: FS, Policy: POLICY } },
      {
        call: 'EFS.DescribeFileSystemPolicy',
        input: { FileSystemId: FS },
        expect: { FileSystemId: FS, Policy: /ClientMount/ },
      },
      {
        call: 'EFS.PutFileSystemPolicy',
        input: { FileSystemId: FS, Policy: POLICY.replace('ClientMount', 'ClientWrite') },
      },
      {
        call: 'EFS.DescribeFileSystemPolicy',
        input: { FileSystemId: FS },
        expect: { Policy: /^(?!.*ClientMount).*ClientWrite/ },
      },
    ],
  },
];

/** What moto lacks and the overlay adds: these hold the two of ours to one another, and prove nothing beyond that. */
export const overlaidCases: readonly Case[] = [
  {
    name: 'a client token makes one access point, and the refusal names it',
    steps: [
      FILE_SYSTEM,
      ACCESS_POINT,
      {
        call: 'EFS.CreateAccessPoint',
        input: ORDER,
        fails: {
          name: 'AccessPointAlreadyExists',
          carries: { AccessPointId: POINT, ErrorCode: 'AccessPointAlreadyExists' },
        },
      },
    ],
  },
  {
    name: 'an access point needs a file system',
    steps: [
      {
        call: 'EFS.CreateAccessPoint',
        input: { ClientToken: 'point', FileSystemId: NO_FS },
        fails: { name: 'FileSystemNotFound' },
      },
    ],
  },
  {
    name: 'access points are told page by page',
    steps: [
      FILE_SYSTEM,
      ACCESS_POINT,
      { call: 'EFS.CreateAccessPoint', input: { ClientToken: 'other', FileSystemId: FS } },
      {
        call: 'EFS.DescribeAccessPoints',
        input: { FileSystemId: FS, MaxResults: 1 },
        as: 'page',
        expect: { AccessPoints: [{}], NextToken: /./ },
      },
      {
        call: 'EFS.DescribeAccessPoints',
        input: { FileSystemId: FS, MaxResults: 1, NextToken: '$page.NextToken' },
        expect: { AccessPoints: [{}] },
      },
    ],
  },
  {
    name: 'an access point is deleted once',
    steps: [
      FILE_SYSTEM,
      ACCESS_POINT,
      { call: 'EFS.DeleteAccessPoint', input: { AccessPointId: POINT } },
      { call: 'EFS.DeleteAccessPoint', input: { AccessPointId: POINT }, fails: { name: 'AccessPointNotFound' } },
    ],
  },
  {
    name: 'a policy that is no JSON is refused',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.PutFileSystemPolicy',
        input: { FileSystemId: FS, Policy: '{' },
        fails: { name: 'InvalidPolicyException' },
      },
    ],
  },
  {
    name: 'a deleted policy is PolicyNotFound again; an unknown file system has none',
    steps: [
      FILE_SYSTEM,
      { call: 'EFS.PutFileSystemPolicy', input: { FileSystemId: FS, Policy: POLICY } },
      { call: 'EFS.DeleteFileSystemPolicy', input: { FileSystemId: FS } },
      { call: 'EFS.DescribeFileSystemPolicy', input: { FileSystemId: FS }, fails: { name: 'PolicyNotFound' } },
      { call: 'EFS.DescribeFileSystemPolicy', input: { FileSystemId: NO_FS }, fails: { name: 'FileSystemNotFound' } },
    ],
  },
  {
    name: 'the throughput mode is changed, with the throughput that was bought',
    steps: [
      FILE_SYSTEM,
      {
        call: 'EFS.UpdateFileSystem',
        input: { FileSystemId: FS, ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 20 },
        expect: { ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 20 },
      },
      {
        call: 'EFS.DescribeFileSystems',
        input: { FileSystemId: FS },
        expect: { FileSystems: [{ ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 20 }] },
      },
      {
        call: 'EFS.UpdateFileSystem',
        input: { FileSystemId: NO_FS, ThroughputMode: 'elastic' },
        fails: { name: 'FileSystemNotFound' },
      },
    ],
  },
];
