import type { CreateAccessPoint } from './domain/action.ts';
import type {
  Instance,
  NetworkAcl,
  PrefixList,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  VpcDns,
} from './domain/ec2.ts';
import type { ContainerInstance, Service, Task, TaskDefinition } from './domain/ecs.ts';
import type { AccessPoint, FileSystem, MountTarget, ThroughputMode } from './domain/efs.ts';
import type { Fact } from './domain/fact.ts';
import type { Role, RolePolicies } from './domain/iam.ts';
import type { EventRule, Subscription, Trail } from './domain/installation.ts';
import type { Tags } from './domain/tags.ts';

export interface EcsReads {
  /** A family (newest ACTIVE revision), `family:revision` or an ARN; always with tags. */
  readonly taskDefinition: (reference: string) => Promise<Fact<TaskDefinition>>;
  /** Names of all families that have an active revision. */
  readonly families: () => Promise<Fact<readonly string[]>>;
  /** ARN of the newest active revision of every family; unknown where there are more active revisions than `most`. */
  readonly newestRevisions: (most: number) => Promise<Fact<ReadonlyMap<string, string>>>;
  /** Revision ARNs of a family, newest first; at most `limit`. */
  readonly revisions: (
    family: string,
    options: { readonly status: 'ACTIVE' | 'INACTIVE'; readonly limit: number },
  ) => Promise<Fact<readonly string[]>>;
  readonly task: (clusterArn: string, taskArn: string) => Promise<Fact<Task>>;
  /** Tasks of a family in a cluster. */
  readonly tasks: (
    clusterArn: string,
    options: { readonly family: string; readonly status: 'RUNNING' | 'STOPPED' },
  ) => Promise<Fact<readonly Task[]>>;
  readonly service: (clusterArn: string, nameOrArn: string) => Promise<Fact<Service>>;
  /** ARNs of every cluster. */
  readonly clusters: () => Promise<Fact<readonly string[]>>;
  /** Every service of every cluster of the account. */
  readonly services: () => Promise<Fact<readonly Service[]>>;
  /** Every service of the account that runs this family: costly (all clusters), so only where no service is known. */
  readonly servicesOf: (family: string) => Promise<Fact<readonly Service[]>>;
  readonly containerInstance: (clusterArn: string, arn: string) => Promise<Fact<ContainerInstance>>;
}

export interface EcsWrites {
  readonly register: (
    input: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly arn: string; readonly revision: number }>;
  readonly updateService: (change: {
    readonly clusterArn: string;
    readonly serviceArn: string;
    readonly taskDefinition?: string;
    readonly forceNewDeployment: boolean;
  }) => Promise<void>;
}

export interface EfsReads {
  readonly fileSystem: (id: string) => Promise<Fact<FileSystem>>;
  readonly fileSystems: () => Promise<Fact<readonly FileSystem[]>>;
  /** Mount targets with their groups. */
  readonly mountTargets: (fileSystemId: string) => Promise<Fact<readonly MountTarget[]>>;
  readonly mountTarget: (id: string) => Promise<Fact<MountTarget>>;
  /**
   * In a few calls, by their network interfaces; `mountTargets` is then answered from it. An interface does not tell
   * whether its mount target is still being made, so only those are taken that were seen before. Answers how many.
   */
  readonly everyKnownMountTarget: (known: ReadonlySet<string>) => Promise<Fact<number>>;
  readonly accessPoint: (id: string) => Promise<Fact<AccessPoint>>;
  readonly accessPoints: (fileSystemId: string) => Promise<Fact<readonly AccessPoint[]>>;
  /** Of every file system, in a few calls: `accessPoint` is then answered from it. */
  readonly everyAccessPoint: () => Promise<Fact<readonly AccessPoint[]>>;
  /** The policy's JSON text; absent: the default policy, which admits everybody. */
  readonly policy: (fileSystemId: string) => Promise<Fact<string>>;
}

export interface EfsWrites {
  /** `existed`: the client token was used before, and this is the access point it made. */
  readonly createAccessPoint: (
    wanted: CreateAccessPoint,
  ) => Promise<{ readonly id: string; readonly existed: boolean }>;
  readonly deleteAccessPoint: (id: string) => Promise<void>;
  /** Never retried by the SDK: a refusal carries the end of AWS's lock. */
  readonly updateThroughput: (change: {
    readonly fileSystemId: string;
    readonly mode: ThroughputMode;
    readonly mibps?: number;
  }) => Promise<void>;
}

export interface Ec2Reads {
  readonly group: (id: string) => Promise<Fact<SecurityGroup>>;
  readonly defaultGroup: (vpcId: string) => Promise<Fact<SecurityGroup>>;
  /** Rules with ids of one group. */
  readonly rules: (groupId: string) => Promise<Fact<readonly SecurityGroupRule[]>>;
  readonly subnet: (id: string) => Promise<Fact<Subnet>>;
  readonly acl: (subnetId: string) => Promise<Fact<NetworkAcl>>;
  readonly dns: (vpcId: string) => Promise<Fact<VpcDns>>;
  readonly instance: (id: string) => Promise<Fact<Instance>>;
  readonly prefixList: (id: string) => Promise<Fact<PrefixList>>;
  /** How many network interfaces carry the group; stops counting at 100. */
  readonly interfacesWith: (groupId: string) => Promise<Fact<number>>;
  /** The file systems of the mount targets that carry the group. */
  readonly fileSystemsBehind: (groupId: string) => Promise<Fact<readonly string[]>>;
  readonly interfaceGroups: (networkInterfaceId: string) => Promise<Fact<readonly string[]>>;
}

export interface RuleWrite {
  readonly direction: 'ingress' | 'egress';
  readonly groupId: string;
  readonly peerGroupId: string;
  readonly description: string;
  readonly tags: Tags;
}

export interface Ec2Writes {
  /** One rule: TCP 2049, group to group. `existed`: AWS answered InvalidPermission.Duplicate. */
  readonly authorize: (rule: RuleWrite) => Promise<{ readonly ruleId?: string; readonly existed: boolean }>;
  /** `existed` is false where the rule was gone already. */
  readonly revoke: (rule: {
    readonly direction: 'ingress' | 'egress';
    readonly groupId: string;
    readonly ruleId: string;
  }) => Promise<{ readonly existed: boolean }>;
}

export interface IamReads {
  readonly role: (arn: string) => Promise<Fact<Role>>;
  readonly policies: (arn: string) => Promise<Fact<RolePolicies>>;
  /** Every role of the account with all that it holds, in a few calls: `role` and `policies` are then answered from it. */
  readonly everyRole: () => Promise<Fact<readonly Role[]>>;
  /** One inline policy's text, asked for anew each time: read, compared and written under a lease. */
  readonly inlinePolicy: (roleName: string, policyName: string) => Promise<Fact<string>>;
}

export interface IamWrites {
  readonly putRolePolicy: (roleName: string, policyName: string, document: string) => Promise<void>;
  readonly deleteRolePolicy: (roleName: string, policyName: string) => Promise<{ readonly existed: boolean }>;
}

export interface TrailReads {
  /** Groups and subnets of a standalone task, from the RunTask record of CloudTrail's event history. */
  readonly runTask: (
    taskArn: string,
    nearMs: number,
  ) => Promise<Fact<{ readonly subnetIds: readonly string[]; readonly groupIds: readonly string[] }>>;
}

export interface MetricSeries {
  /** Milliseconds since the epoch, rising. */
  readonly atMs: readonly number[];
  readonly values: readonly number[];
}

export interface MetricReads {
  /** Series of AWS/EFS by `<file system>/<metric>`; one batched read for all. */
  readonly efs: (queries: readonly EfsMetricQuery[]) => Promise<Fact<ReadonlyMap<string, MetricSeries>>>;
}

export interface EfsMetricQuery {
  readonly fileSystemId: string;
  readonly metric: 'BurstCreditBalance' | 'PermittedThroughput' | 'MeteredIOBytes' | 'PercentIOLimit';
  readonly statistic: 'Sum' | 'Average' | 'Minimum' | 'Maximum';
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
}

export interface LogReads {
  /** Whether the log group carries the owner's key, and, if so, which of these phrases occur in the window: never the lines. */
  readonly phrases: (query: {
    readonly logGroup: string;
    readonly phrases: readonly string[];
    readonly fromMs: number;
    readonly toMs: number;
  }) => Promise<Fact<readonly string[]>>;
}

export interface TaggedReads {
  /** ARNs and tags of task-definition revisions that carry the tag `mountkeeper:enabled`. */
  readonly taskDefinitions: () => Promise<Fact<readonly { readonly arn: string; readonly tags: Tags }[]>>;
}

export interface ParameterVerbs {
  readonly get: (name: string) => Promise<Fact<string>>;
  readonly under: (path: string) => Promise<Fact<Readonly<Record<string, string>>>>;
  readonly put: (name: string, value: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

/** What Mountkeeper itself hangs on: who hears its alerts, what calls it, where its failures go. */
export interface PlumbingReads {
  readonly subscriptions: (topicArn: string) => Promise<Fact<readonly Subscription[]>>;
  /** Messages that wait in a queue of this account, those that somebody reads just now as well. */
  readonly queueDepth: (queueName: string) => Promise<Fact<number>>;
  readonly rule: (name: string) => Promise<Fact<EventRule>>;
  /** Every trail that reaches this Region. */
  readonly trails: () => Promise<Fact<readonly Trail[]>>;
}
