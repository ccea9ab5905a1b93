import type { Instance, NetworkAcl, PrefixList, SecurityGroup, Subnet, VpcDns } from '../domain/ec2.ts';
import type {
  ContainerInstance,
  EfsVolume,
  LaunchType,
  NetworkMode,
  Service,
  Task,
  TaskDefinition,
} from '../domain/ecs.ts';
import type { AccessPoint, FileSystem, MountTarget } from '../domain/efs.ts';
import type { Fact } from '../domain/fact.ts';
import type { Role, RolePolicies } from '../domain/iam.ts';
import type { Certainty } from './classify/types.ts';
import type { FailureKind } from './failure-kinds.ts';

/** What the stop reason says, already sorted into a kind. Untrusted: it orders findings and never makes a change. */
export interface Told {
  readonly kind: FailureKind;
  /** The sentence that the kind was read from. */
  readonly cause: string;
  /** Absent counts as sure. */
  readonly certainty?: Certainty;
}

/** Where the groups of a place are known from. */
export type KnownFrom = 'service' | 'run-task-record' | 'instance' | 'vpc-default' | 'event';

/**
 * A subnet that the workload can land in, with the groups that its network interface has there. A service with several
 * configurations (deployments, task sets) gives the same subnet several times.
 */
export interface Place {
  readonly subnetId: string;
  readonly subnet: Fact<Subnet>;
  readonly groupIds: Fact<readonly string[]>;
  readonly knownFrom: KnownFrom;
  /** Where the stopped task stood, or may have stood; in no place where no task is known. */
  readonly failed: boolean;
  /** Only of a task or instance that is known: a later one gets another. */
  readonly ipv4?: string;
}

/** What runs the task, and so whose interface mounts: the task's own with `awsvpc`, else the instance's. */
export interface Launch {
  readonly type: LaunchType;
  readonly networkMode: NetworkMode;
  readonly platformVersion?: string;
  /** Only of a task on EC2. */
  readonly containerInstance?: Fact<ContainerInstance>;
  readonly instance?: Fact<Instance>;
}

/** A container that mounts the volume. */
export interface MountedBy {
  readonly container: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
  readonly user?: string;
}

export interface VolumeFacts {
  readonly name: string;
  readonly efs: EfsVolume;
  readonly mountedBy: readonly MountedBy[];
  readonly fileSystem: Fact<FileSystem>;
  readonly mountTargets: Fact<readonly MountTarget[]>;
  /** Only where the volume names one. */
  readonly accessPoint?: Fact<AccessPoint>;
  /** JSON text; absent: the default policy, which admits everybody. */
  readonly filePolicy: Fact<string>;
  /** Burst credit balance in bytes; only where asked for and the mode is bursting. */
  readonly credits?: Fact<number>;
  /** Which of the phrases asked for occur in the logs of the containers that mount it; only of a task that had started. */
  readonly logPhrases?: Fact<readonly string[]>;
}

/** Everything that is known about the mounts of one workload. By id, and only what some rule can use. */
export interface MountFacts {
  readonly accountId: string;
  readonly taskDefinition: TaskDefinition;
  readonly task?: Task;
  readonly service?: Service;
  /** Only where something failed. */
  readonly told?: Told;
  readonly launch: Launch;
  readonly places: readonly Place[];
  /** Why there may be more places than these, or none. */
  readonly placesUnknown?: string;
  readonly volumes: readonly VolumeFacts[];
  readonly groups: Readonly<Record<string, Fact<SecurityGroup>>>;
  readonly prefixLists: Readonly<Record<string, Fact<PrefixList>>>;
  /** By subnet. */
  readonly acls: Readonly<Record<string, Fact<NetworkAcl>>>;
  /** By VPC. */
  readonly dns: Readonly<Record<string, Fact<VpcDns>>>;
  /** How many network interfaces carry a group of the workload; read only where a rule may have to be added. */
  readonly interfaces: Readonly<Record<string, Fact<number>>>;
  /** Other enrolled families that have a group of the workload; read only where a rule may have to be added. */
  readonly groupFamilies: Readonly<Record<string, Fact<readonly string[]>>>;
  /** The file systems whose mount targets carry a group; read only where a rule may have to be added to it. */
  readonly behind: Readonly<Record<string, Fact<readonly FileSystem[]>>>;
  /** The role that the task mounts with: its own override, else the task definition's. */
  readonly roleArn?: string;
  /** Without it on the role the installation writes no grant. */
  readonly requiredBoundaryArn?: string;
  /** Read only where a volume has IAM authorization. */
  readonly role?: Fact<Role>;
  readonly rolePolicies?: Fact<RolePolicies>;
  /** Other enrolled families on that role; read only where it lacks what the mount needs. */
  readonly roleFamilies?: readonly string[];
  /** Other families that have named an access point which Mountkeeper has not made; read only before a grant. */
  readonly accessPointFamilies?: Readonly<Record<string, readonly string[]>>;
  /** Read only where the task role lacks what the mount needs. */
  readonly executionRolePolicies?: Fact<RolePolicies>;
}

/** The groups of the workload in one place, or of a mount target; empty where they are not known. */
export function groupIdsOf({ groupIds }: Pick<Place, 'groupIds'>): readonly string[] {
  return groupIds.state === 'present' ? groupIds.value : [];
}
