import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  PutFileSystemPolicyCommand,
} from '@aws-sdk/client-efs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';
import { ACCOUNT_ID, REGION } from './stand/places.ts';

export interface Estate {
  readonly family: string;
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly mountTargetGroupId: string;
  readonly clientGroupId: string;
  readonly fileSystemId: string;
  readonly mountTargetIds: readonly string[];
  readonly accessPointId?: string;
  readonly taskRoleName: string;
  readonly cluster: string;
  readonly taskDefinitionArn: string;
}

export interface Wishes {
  /** Name of the family, and part of every other name; each estate has a VPC and a file system of its own. */
  readonly family: string;
  /** The first of the two zones only. */
  readonly mountTargets?: 1 | 2;
  /** Without: the plain volume that an app team writes first, on the file system's root. */
  readonly accessPoint?: boolean;
  readonly ingress?: boolean;
  readonly grant?: boolean;
  readonly service?: boolean;
  /** Further tags of the task definition. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly throughput?: 'auto';
}

const KEY = { Key: 'mountkeeper:allow', Value: 'true' };
const TRUST = { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' };
const GRANT_NAME = 'efs';

/** Builds a small company by plain SDK calls. Everything works and carries its key unless the wishes say otherwise. */
export async function buildEstate(clients: Clients, wishes: Wishes): Promise<Estate> {
  const { family, accessPoint = true, grant = true, ingress = true, service = true } = wishes;
  const network = await buildNetwork(clients, family);
  const storage = await buildStorage(clients, wishes, network);
  if (ingress) await admit(clients, network);
  const taskRoleName = `${family}-task`;
  const taskRoleArn = await addRole(clients, taskRoleName);
  const executionRoleArn = await addRole(clients, `${family}-execution`);
  const accessPointId = accessPoint ? await addAccessPoint(clients, family, storage.fileSystemId) : undefined;
  const parts = { family, taskRoleName, ...network, ...storage, ...(accessPointId ? { accessPointId } : {}) };
  if (grant && accessPoint) await putGrant(clients, parts);
  const cluster = 'shop';
  await clients.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const taskDefinitionArn = await register(clients, {
    ...parts,
    tags: wishes.tags ?? {},
    taskRoleArn,
    executionRoleArn,
  });
  const estate = { ...parts, cluster, taskDefinitionArn };
  if (service) await addService(clients, estate);
  return estate;
}

async function buildNetwork({ ec2 }: Clients, family: string) {
  const vpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId ?? '';
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  const subnet = async (zone: string, third: number) => {
    const CidrBlock = `10.0.${third}.0/24`;
    const made = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}` }),
    );
    return made.Subnet?.SubnetId ?? '';
  };
  const group = async (name: string, keyed: boolean) => {
    const TagSpecifications = keyed ? [{ ResourceType: 'security-group' as const, Tags: [KEY] }] : [];
    const order = { VpcId: vpcId, GroupName: `${family}-${name}`, Description: name, TagSpecifications };
    return (await ec2.send(new CreateSecurityGroupCommand(order))).GroupId ?? '';
  };
  return {
    vpcId,
    subnetIds: [await subnet('a', 1), await subnet('b', 2)] as const,
    mountTargetGroupId: await group('efs', true),
    clientGroupId: await group('task', false),
  };
}

type Network = Awaited<ReturnType<typeof buildNetwork>>;

async function buildStorage({ efs }: Clients, { family, mountTargets = 2, throughput }: Wishes, network: Network) {
  const Tags = [
    { Key: 'mountkeeper:allow', Value: '@any' },
    ...(throughput ? [{ Key: 'mountkeeper:throughput', Value: throughput }] : []),
  ];
  const made = await efs.send(new CreateFileSystemCommand({ CreationToken: family, Encrypted: true, Tags }));
  const fileSystemId = made.FileSystemId ?? '';
  const mountTargetIds: string[] = [];
  for (const SubnetId of network.subnetIds.slice(0, mountTargets)) {
    const SecurityGroups = [network.mountTargetGroupId];
    const target = await efs.send(
      new CreateMountTargetCommand({ FileSystemId: fileSystemId, SubnetId, SecurityGroups }),
    );
    mountTargetIds.push(target.MountTargetId ?? '');
  }
  const Statement = [
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: '*',
      Resource: fileSystemArn(fileSystemId),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await efs.send(new PutFileSystemPolicyCommand({ FileSystemId: fileSystemId, Policy }));
  return { fileSystemId, mountTargetIds };
}

export function fileSystemArn(id: string): string {
  return `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT_ID}:file-system/${id}`;
}

async function admit({ ec2 }: Clients, { mountTargetGroupId, clientGroupId }: Network): Promise<void> {
  const UserIdGroupPairs = [{ GroupId: clientGroupId }];
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, UserIdGroupPairs }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: mountTargetGroupId, IpPermissions }));
}

async function addRole({ iam }: Clients, RoleName: string): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [TRUST] });
  const made = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: [KEY] }));
  return made.Role?.Arn ?? '';
}

async function addAccessPoint({ efs }: Clients, family: string, FileSystemId: string): Promise<string> {
  const made = await efs.send(
    new CreateAccessPointCommand({
      ClientToken: `${family}-own`,
      FileSystemId,
      PosixUser: { Uid: 1000, Gid: 1000 },
      RootDirectory: {
        Path: `/${family}`,
        CreationInfo: { OwnerUid: 1000, OwnerGid: 1000, Permissions: '0750' },
      },
    }),
  );
  return made.AccessPointId ?? '';
}

type Granted = Pick<Estate, 'taskRoleName' | 'fileSystemId' | 'accessPointId'>;

async function putGrant({ iam }: Clients, { taskRoleName, fileSystemId, accessPointId }: Granted): Promise<void> {
  const accessPointArn = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT_ID}:access-point/${accessPointId}`;
  const Statement = [
    {
      Effect: 'Allow',
      Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      Resource: fileSystemArn(fileSystemId),
      Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': accessPointArn } },
    },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: taskRoleName, PolicyName: GRANT_NAME, PolicyDocument }));
}

interface Definition extends Pick<Estate, 'family' | 'fileSystemId' | 'accessPointId'> {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

async function register({ ecs }: Clients, order: Definition): Promise<string> {
  const { family, fileSystemId, accessPointId, taskRoleArn, executionRoleArn, tags } = order;
  const encrypted = { transitEncryption: 'ENABLED' as const };
  const wired = accessPointId ? { ...encrypted, authorizationConfig: { accessPointId, iam: 'ENABLED' as const } } : {};
  const made = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      taskRoleArn,
      executionRoleArn,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        {
          name: 'app',
          image: 'example/app:1.2.3',
          essential: true,
          memory: 512,
          environment: [{ name: 'EXAMPLE_TOKEN', value: 'example-value-never-log-this' }],
          mountPoints: [{ sourceVolume: 'data', containerPath: '/var/data' }],
        },
      ],
      volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId, ...wired } }],
      tags: Object.entries({ 'mountkeeper:enabled': 'true', ...tags }).map(([key, value]) => ({ key, value })),
    }),
  );
  return made.taskDefinition?.taskDefinitionArn ?? '';
}

/** A service of the family that Mountkeeper may move to a new revision. */
async function addService({ ecs }: Clients, estate: Estate): Promise<void> {
  const { cluster, family, taskDefinitionArn, subnetIds, clientGroupId } = estate;
  await ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: family,
      taskDefinition: taskDefinitionArn,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...subnetIds], securityGroups: [clientGroupId] },
      },
      tags: [{ key: 'mountkeeper:deploy', value: 'true' }],
    }),
  );
}
