import type {
  ContainerDefinition,
  ProxyConfiguration,
  TaskDefinition as SdkTaskDefinition,
  Volume as SdkVolume,
} from '@aws-sdk/client-ecs';
import type { SimTask } from './ecs-task-state.ts';

/** A tag as ECS spells it. */
export interface EcsTag {
  readonly key: string;
  readonly value: string;
}

export type LaunchType = 'FARGATE' | 'EC2' | 'MANAGED_INSTANCES' | 'EXTERNAL';
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none';

export interface AwsvpcConfiguration {
  readonly subnets: readonly string[];
  /** Empty or absent: the default group of the VPC. */
  readonly securityGroups?: readonly string[];
  readonly assignPublicIp?: 'ENABLED' | 'DISABLED';
}

export interface NetworkConfiguration {
  readonly awsvpcConfiguration?: AwsvpcConfiguration;
}

/**
 * One revision. `definition` is what was registered, whole: members that nobody here knows stay.
 * Times are milliseconds, so that the state survives JSON.
 */
export interface SimTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  readonly registeredAtMs: number;
  readonly registeredBy: string;
  deregisteredAtMs?: number;
  definition: RegisteredDefinition;
  tags: EcsTag[];
}

export interface RegisteredDefinition {
  readonly family: string;
  readonly taskRoleArn?: string;
  readonly executionRoleArn?: string;
  readonly networkMode?: NetworkMode;
  readonly requiresCompatibilities?: readonly string[];
  readonly cpu?: string;
  readonly memory?: string;
  readonly containerDefinitions: readonly ContainerDefinition[];
  readonly volumes?: readonly SdkVolume[];
  readonly proxyConfiguration?: ProxyConfiguration;
  readonly runtimePlatform?: NonNullable<SdkTaskDefinition['runtimePlatform']>;
  readonly [unknownMember: string]: unknown;
}

/** Revisions by number. `lastRevision` never goes down: a deregistered number is not given out again. */
export interface SimFamily {
  lastRevision: number;
  readonly revisions: Record<string, SimTaskDefinition>;
}

export interface SimCluster {
  readonly arn: string;
  readonly name: string;
  tags: EcsTag[];
}

export interface SimDeployment {
  readonly id: string;
  status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  readonly taskDefinition: string;
  readonly createdAtMs: number;
  updatedAtMs: number;
  failedTasks: number;
  readonly launchType: LaunchType;
  readonly platformVersion?: string;
  readonly networkConfiguration?: NetworkConfiguration;
}

export interface SimServiceEvent {
  readonly id: string;
  readonly createdAtMs: number;
  readonly message: string;
}

export interface SimService {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  readonly launchType: LaunchType;
  platformVersion?: string;
  taskDefinition: string;
  networkConfiguration?: NetworkConfiguration;
  readonly deploymentController: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  readonly createdAtMs: number;
  deployments: SimDeployment[];
  events: SimServiceEvent[];
  tags: EcsTag[];
}

/** Task sets stand only under services with an EXTERNAL or CODE_DEPLOY controller. */
export interface SimTaskSet {
  readonly id: string;
  readonly arn: string;
  readonly serviceArn: string;
  readonly clusterArn: string;
  readonly status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  readonly taskDefinition: string;
  readonly launchType: LaunchType;
  readonly networkConfiguration?: NetworkConfiguration;
  readonly createdAtMs: number;
}

export interface SimContainerInstance {
  readonly arn: string;
  readonly clusterArn: string;
  readonly ec2InstanceId: string;
  agentVersion: string;
  agentConnected: boolean;
  attributes: { readonly name: string; readonly value?: string }[];
  /** Is the amazon-ecs-volume-plugin running? */
  volumePlugin: boolean;
  /** With botocore efs-utils can ask the EFS API for the address when DNS does not answer. */
  botocore: boolean;
}

/** What an image holds, as far as Docker's copy-up looks at it: the owner of a directory. */
export interface SimImage {
  readonly directories: Readonly<Record<string, { readonly uid: number; readonly gid: number }>>;
}

export interface EcsState {
  readonly clusters: Record<string, SimCluster>;
  readonly taskDefinitions: Record<string, SimFamily>;
  readonly services: Record<string, SimService>;
  readonly tasks: Record<string, SimTask>;
  readonly containerInstances: Record<string, SimContainerInstance>;
  readonly taskSets: Record<string, SimTaskSet>;
  readonly images: Record<string, SimImage>;
}

export function emptyEcsState(): EcsState {
  return {
    clusters: {},
    taskDefinitions: {},
    services: {},
    tasks: {},
    containerInstances: {},
    taskSets: {},
    images: {},
  };
}
