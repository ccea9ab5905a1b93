import type { Tags } from './tags.ts';

export type LaunchType = 'FARGATE' | 'EC2' | 'MANAGED_INSTANCES' | 'EXTERNAL' | 'OTHER';
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none';
export type VolumeKind = 'efs' | 's3files' | 'fsx' | 'docker' | 'bind' | 'at-launch';

export interface EfsVolume {
  readonly fileSystemId: string;
  /** As written in the task definition; absent and `/` mean the root of the file system or of the access point. */
  readonly rootDirectory?: string;
  readonly transitEncryption: boolean;
  readonly transitEncryptionPort?: number;
  readonly accessPointId?: string;
  readonly iam: boolean;
}

export interface Volume {
  readonly name: string;
  readonly kind: VolumeKind;
  readonly efs?: EfsVolume;
}

export interface MountPoint {
  readonly sourceVolume: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

export interface ContainerDefinition {
  readonly name: string;
  readonly essential: boolean;
  readonly user?: string;
  readonly readonlyRootFilesystem: boolean;
  readonly mountPoints: readonly MountPoint[];
  /** Only with the awslogs driver. */
  readonly logGroup?: string;
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  readonly networkMode: NetworkMode;
  readonly requiresCompatibilities: readonly string[];
  readonly operatingSystem?: string;
  readonly taskRoleArn?: string;
  readonly executionRoleArn?: string;
  readonly containers: readonly ContainerDefinition[];
  readonly volumes: readonly Volume[];
  /** The Envoy container of App Mesh, where one catches the task's traffic, and the ports it leaves alone. */
  readonly proxy?: { readonly egressIgnoredPorts: readonly number[] };
  readonly tags: Tags;
  readonly registeredBy?: string;
  /** Every member as AWS gave it, also those that this program does not know: a new revision is made from it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Where a task's network interface stands: subnets and groups of an awsvpc task. */
export interface NetworkConfiguration {
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
}

export interface Task {
  readonly arn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly launchType: LaunchType;
  /** `service:<name>` for a service's task, `family:<family>` for a standalone one. */
  readonly group?: string;
  readonly startedBy?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly containerReasons: readonly string[];
  readonly createdAtMs?: number;
  readonly startedAtMs?: number;
  /** How long the images were pulled. */
  readonly pullMs?: number;
  readonly stoppedAtMs?: number;
  readonly zoneName?: string;
  readonly platformVersion?: string;
  readonly containerInstanceArn?: string;
  readonly networkInterfaceId?: string;
  readonly subnetId?: string;
  readonly privateIpv4?: string;
  /** The task's own role where RunTask or the service overrides the task definition's. */
  readonly taskRoleOverrideArn?: string;
}

export interface ServiceDeployment {
  readonly id: string;
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly rolloutState?: string;
  readonly network?: NetworkConfiguration;
}

export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly launchType: LaunchType;
  readonly platformVersion?: string;
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly network?: NetworkConfiguration;
  /** Deployments and task sets alike; each may carry a network configuration of its own. */
  readonly deployments: readonly ServiceDeployment[];
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly tags: Tags;
}

export interface ContainerInstance {
  readonly arn: string;
  readonly ec2InstanceId?: string;
  readonly agentVersion?: string;
  readonly attributes: readonly string[];
}
