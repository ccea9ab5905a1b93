import type { NetworkMode } from '../ecs-state.ts';
import type { LifeOptions } from '../task-life.ts';

/** Which of Mountkeeper's keys are there. */
export interface EstateKeys {
  readonly taskDefinition: boolean;
  readonly fileSystem: boolean;
  readonly role: boolean;
  readonly mountTargetGroup: boolean;
  readonly clientGroup: boolean;
  readonly service: boolean;
  readonly logGroup: boolean;
}

export interface EstateSpec {
  /** The family; names of the other things begin with it. */
  readonly name: string;
  readonly zones: number;
  /** In so many of them, from the first on, there is a mount target. */
  readonly mountTargets: number;
  readonly launch: 'FARGATE' | 'EC2' | 'MANAGED_INSTANCES';
  readonly networkMode: NetworkMode;
  readonly standalone: boolean;
  readonly keys: EstateKeys;
  /** Is there an EFS volume in the task definition? Without one the rest of the volume's settings say nothing. */
  readonly volume: boolean;
  readonly accessPoint: boolean;
  readonly iam: boolean;
  readonly tls: boolean;
  readonly readOnly: boolean;
  /** `enforcing` refuses what no IAM policy allows; `deny` refuses the task role on top of it. */
  readonly policy: 'none' | 'enforcing' | 'deny';
  /** `user` of the container. */
  readonly user?: string;
  readonly rootDirectory?: string;
  /** Names of files that lie in the root directory of the file system from the start. */
  readonly files: readonly string[];
  /** Logs read and write management events, so that NewClientConnection is heard. */
  readonly trail: boolean;
  readonly circuitBreaker: boolean;
  /** Further tags of the task definition and of the file system. */
  readonly definitionTags: Readonly<Record<string, string>>;
  readonly fileSystemTags: Readonly<Record<string, string>>;
  /** Shares VPC, cluster, file system and mount targets with this one. */
  readonly beside?: Estate;
}

export type EstateWishes = Partial<Omit<EstateSpec, 'keys'>> & { readonly keys?: boolean | Partial<EstateKeys> };

export interface EstateZone {
  readonly name: string;
  readonly id: string;
  readonly appSubnetId: string;
  readonly dataSubnetId: string;
}

export interface EstateNetwork {
  readonly vpcId: string;
  readonly defaultGroupId: string;
  readonly appAclId: string;
  readonly dataAclId: string;
  readonly mountTargetGroupId: string;
  readonly zones: readonly EstateZone[];
}

export interface EstateStorage {
  readonly fileSystemId: string;
  readonly fileSystemArn: string;
}

/** The ids of everything that was built. */
export interface Estate extends EstateNetwork, EstateStorage {
  readonly spec: EstateSpec;
  readonly family: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** The group of the interface that mounts: the task's with `awsvpc`, else the instance's. */
  readonly clientGroupId: string;
  readonly accessPointId?: string;
  readonly accessPointArn?: string;
  readonly taskRoleName: string;
  readonly taskRoleArn: string;
  readonly executionRoleName: string;
  readonly taskDefinitionArn: string;
  readonly serviceArn?: string;
  readonly logGroup: string;
  readonly volumeName: string;
  readonly containerPath: string;
  readonly image: string;
  readonly containerInstanceArns: readonly string[];
  /** How the next task is run; breaking things may change it. */
  readonly run: { platformVersion?: string; options: LifeOptions };
}

const KEYS: EstateKeys = {
  taskDefinition: true,
  fileSystem: true,
  role: true,
  mountTargetGroup: true,
  clientGroup: true,
  service: true,
  logGroup: true,
};

/** Everything healthy and every key there, unless wished otherwise. */
export function completeSpec(wishes: EstateWishes): EstateSpec {
  const { keys = true, ...rest } = wishes;
  const launch = wishes.launch ?? 'FARGATE';
  const zones = wishes.zones ?? 3;
  return {
    name: 'shop-api',
    zones,
    mountTargets: zones,
    launch,
    networkMode: launch === 'EC2' ? 'bridge' : 'awsvpc',
    standalone: false,
    volume: true,
    accessPoint: true,
    iam: true,
    tls: true,
    readOnly: false,
    policy: 'enforcing',
    files: [],
    trail: false,
    circuitBreaker: false,
    definitionTags: {},
    fileSystemTags: {},
    ...rest,
    keys: typeof keys === 'boolean' ? allKeys(keys) : { ...KEYS, ...keys },
  };
}

function allKeys(there: boolean): EstateKeys {
  return {
    taskDefinition: there,
    fileSystem: there,
    role: there,
    mountTargetGroup: there,
    clientGroup: there,
    service: there,
    logGroup: there,
  };
}
