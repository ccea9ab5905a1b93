import type { MountFacts, Place, Told, VolumeFacts } from '../../lib/diagnosis/mount-facts.ts';
import type { AclEntry, GroupRule, NetworkAcl, SecurityGroup, Subnet } from '../../lib/domain/ec2.ts';
import type { Service, Task, TaskDefinition } from '../../lib/domain/ecs.ts';
import type { AccessPoint, FileSystem, MountTarget } from '../../lib/domain/efs.ts';
import { type Fact, present } from '../../lib/domain/fact.ts';
import type { NamedPolicy, Role, RolePolicies } from '../../lib/domain/iam.ts';

export const ACCOUNT = '111122223333';
export const FS = 'fs-0123456789abcdef0';
export const AP = 'fsap-0123456789abcdef0';
export const VPC = 'vpc-0000000000000000a';
export const CLIENT_GROUP = 'sg-0000000000000000c';
export const TARGET_GROUP = 'sg-0000000000000000f';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/billing-task`;
export const EXECUTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/billing-execution`;
export const FS_ARN = `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:file-system/${FS}`;
export const AP_ARN = `arn:aws:elasticfilesystem:eu-west-1:${ACCOUNT}:access-point/${AP}`;
const DEFINITION_ARN = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/billing:7`;
const CLUSTER_ARN = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/shop`;

/** Zones `a` and `b`, each with a subnet for tasks and one for the mount target. */
export type Zone = 'a' | 'b';
const NUMBER: Readonly<Record<Zone, number>> = { a: 1, b: 2 };

export function subnet(zone: Zone, change: Partial<Subnet> = {}): Subnet {
  return {
    id: `subnet-app-${zone}`,
    vpcId: VPC,
    zoneId: `euw1-az${NUMBER[zone]}`,
    zoneName: `eu-west-1${zone}`,
    ipv4Cidr: `10.0.${NUMBER[zone]}.0/24`,
    ...change,
  };
}

export function place(zone: Zone, change: Partial<Place> = {}): Place {
  const own = subnet(zone);
  return {
    subnetId: own.id,
    subnet: present(own),
    groupIds: present([CLIENT_GROUP]),
    knownFrom: 'service',
    failed: zone === 'a',
    ...change,
  };
}

export function target(zone: Zone, change: Partial<MountTarget> = {}): MountTarget {
  return {
    id: `fsmt-${zone}`,
    fileSystemId: FS,
    vpcId: VPC,
    subnetId: `subnet-data-${zone}`,
    zoneId: `euw1-az${NUMBER[zone]}`,
    zoneName: `eu-west-1${zone}`,
    ipv4: `10.0.10${NUMBER[zone]}.10`,
    state: 'available',
    groupIds: present([TARGET_GROUP]),
    ...change,
  };
}

export function group(id: string, change: Partial<SecurityGroup> = {}): SecurityGroup {
  return {
    id,
    name: id,
    vpcId: VPC,
    ownerId: ACCOUNT,
    ingress: [],
    egress: [{ protocol: '-1', peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } }],
    tags: { 'mountkeeper:allow': 'true' },
    ...change,
  };
}

export function nfsFrom(groupId: string): GroupRule {
  return { protocol: 'tcp', fromPort: 2049, toPort: 2049, peer: { kind: 'group', groupId } };
}

export function rulesOf(count: number): readonly GroupRule[] {
  return Array.from({ length: count }, (_none, at) => ({
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    peer: { kind: 'group', groupId: `sg-other-${at}` },
  }));
}

/** The groups of the workload and of the mount targets; everything passes. */
export function groups(change: Readonly<Record<string, Fact<SecurityGroup>>> = {}): MountFacts['groups'] {
  return {
    [CLIENT_GROUP]: present(group(CLIENT_GROUP)),
    [TARGET_GROUP]: present(group(TARGET_GROUP, { ingress: [nfsFrom(CLIENT_GROUP)] })),
    ...change,
  };
}

export function aclEntry(number: number, change: Partial<AclEntry> = {}): AclEntry {
  return { number, egress: true, allow: true, protocol: '-1', ipv4Cidr: '0.0.0.0/0', ...change };
}

export function acl(id: string, entries?: readonly AclEntry[]): NetworkAcl {
  return { id, subnetIds: [], entries: entries ?? [aclEntry(100), aclEntry(100, { egress: false })] };
}

export function acls(change: MountFacts['acls'] = {}): MountFacts['acls'] {
  const both = (['a', 'b'] as const).flatMap((zone) => [
    [`subnet-app-${zone}`, present(acl('acl-app'))] as const,
    [`subnet-data-${zone}`, present(acl('acl-data'))] as const,
  ]);
  return { ...Object.fromEntries(both), ...change };
}

export function fileSystem(change: Partial<FileSystem> = {}): FileSystem {
  return {
    id: FS,
    arn: FS_ARN,
    ownerId: ACCOUNT,
    state: 'available',
    performanceMode: 'generalPurpose',
    throughputMode: 'bursting',
    sizeStandardBytes: 1024 ** 3,
    tags: { 'mountkeeper:allow': 'billing' },
    ...change,
  };
}

export function accessPoint(change: Partial<AccessPoint> = {}): AccessPoint {
  return {
    id: AP,
    arn: AP_ARN,
    fileSystemId: FS,
    state: 'available',
    path: '/ecs/billing/data',
    user: { uid: 10_001, gid: 10_001 },
    creation: { ownerUid: 10_001, ownerGid: 10_001, permissions: '0750' },
    tags: {},
    ...change,
  };
}

type VolumeChange = Omit<Partial<VolumeFacts>, 'efs'> & { readonly efs?: Partial<VolumeFacts['efs']> };

export function volume({ efs, ...change }: VolumeChange = {}): VolumeFacts {
  return {
    name: 'data',
    efs: { fileSystemId: FS, transitEncryption: true, accessPointId: AP, iam: true, ...efs },
    mountedBy: [{ container: 'app', containerPath: '/data', readOnly: false }],
    fileSystem: present(fileSystem()),
    mountTargets: present([target('a'), target('b')]),
    accessPoint: present(accessPoint()),
    filePolicy: present(ENFORCING),
    ...change,
  };
}

/** A volume that mounts the root of the file system, as anybody. */
export function plainVolume(change: VolumeChange = {}): VolumeFacts {
  const { accessPoint: _point, ...rest } = volume({ filePolicy: { state: 'absent' }, ...change });
  const { accessPointId: _id, ...efs } = rest.efs;
  return { ...rest, efs: { ...efs, iam: false, transitEncryption: false, ...change.efs } };
}

export function policy(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Says nothing about clients, and is a policy all the same: so only grants of roles count. */
export const ENFORCING = policy({
  Sid: 'Admins',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/admin` },
  Action: 'elasticfilesystem:*',
  Resource: '*',
});

export function grantStatement(actions: readonly string[], change: Readonly<Record<string, unknown>> = {}) {
  return {
    Sid: 'Efs',
    Effect: 'Allow',
    Action: actions.map((action) => `elasticfilesystem:Client${action}`),
    Resource: FS_ARN,
    Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': AP_ARN } },
    ...change,
  };
}

export function inline(name: string, document: string): NamedPolicy {
  return { name, document: present(document) };
}

export function policies(...own: readonly NamedPolicy[]): Fact<RolePolicies> {
  return present({ inline: present(own), attached: present([]), boundary: { state: 'absent' } });
}

export const GRANTED = policies(inline('efs', policy(grantStatement(['Mount', 'Write']))));

const TRUST = policy({
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

export function role(change: Partial<Role> = {}): Role {
  const tags = { 'mountkeeper:allow': 'true' };
  return { arn: ROLE, id: 'AROAEXAMPLE', name: 'billing-task', path: '/', trust: TRUST, tags, ...change };
}

export function definition(change: Partial<TaskDefinition> = {}): TaskDefinition {
  return {
    arn: DEFINITION_ARN,
    family: 'billing',
    revision: 7,
    status: 'ACTIVE',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    taskRoleArn: ROLE,
    executionRoleArn: EXECUTION_ROLE,
    containers: [
      {
        name: 'app',
        essential: true,
        readonlyRootFilesystem: false,
        mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly: false }],
      },
    ],
    volumes: [{ name: 'data', kind: 'efs', efs: volume().efs }],
    tags: { 'mountkeeper:enabled': 'true' },
    raw: {},
    ...change,
  };
}

export function task(change: Partial<Task> = {}): Task {
  return {
    arn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:task/shop/0123456789abcdef0123456789abcdef`,
    clusterArn: CLUSTER_ARN,
    taskDefinitionArn: DEFINITION_ARN,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    group: 'service:billing',
    startedBy: 'ecs-svc/1',
    stopCode: 'TaskFailedToStart',
    containerReasons: [],
    subnetId: 'subnet-app-a',
    ...change,
  };
}

export function service(change: Partial<Service> = {}): Service {
  const network = { subnetIds: ['subnet-app-a', 'subnet-app-b'], groupIds: [CLIENT_GROUP] };
  return {
    arn: `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/shop/billing`,
    name: 'billing',
    clusterArn: CLUSTER_ARN,
    status: 'ACTIVE',
    taskDefinitionArn: DEFINITION_ARN,
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    controller: 'ECS',
    network,
    deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinitionArn: DEFINITION_ARN, network }],
    desiredCount: 1,
    runningCount: 0,
    tags: {},
    ...change,
  };
}

export function told(kind: Told['kind'], cause = 'what the stop reason says'): Told {
  return { kind, cause };
}

/** A Fargate service in two zones whose mounts work in every respect. */
/** Behind every group stands the file system of the volume alone. */
export function facts(change: Partial<MountFacts> = {}): MountFacts {
  const all = change.groups ?? groups();
  return {
    accountId: ACCOUNT,
    taskDefinition: definition(),
    launch: { type: 'FARGATE', networkMode: 'awsvpc', platformVersion: '1.4.0' },
    places: [place('a'), place('b')],
    volumes: [volume()],
    groups: all,
    behind: Object.fromEntries(Object.keys(all).map((id) => [id, present([fileSystem()])])),
    prefixLists: {},
    acls: acls(),
    dns: { [VPC]: present({ support: true, hostNames: true }) },
    interfaces: {},
    groupFamilies: Object.fromEntries(Object.keys(all).map((id) => [id, present([])])),
    roleArn: ROLE,
    role: present(role()),
    rolePolicies: GRANTED,
    roleFamilies: [],
    accessPointFamilies: { [AP]: [] },
    ...change,
  };
}
