import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Ec2State, emptyEc2State } from './ec2-state.ts';
import { type EcsState, emptyEcsState } from './ecs-state.ts';
import { type EfsState, emptyEfsState, type SimTag } from './efs-state.ts';
import type { IamState } from './iam-state.ts';

export interface SimTopic {
  readonly arn: string;
  readonly subscriptions: readonly {
    readonly protocol: string;
    readonly endpoint: string;
    readonly confirmed: boolean;
  }[];
}

export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly atMs: number;
  readonly subject?: string;
  readonly message: string;
  readonly messageStructure?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SimParameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  readonly modifiedAtMs: number;
  readonly description?: string;
  readonly tags?: readonly SimTag[];
}

/** Key schema as in CreateTable. Items by the JSON of their key; binary values do not occur. */
export interface SimTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes: Readonly<Record<string, { readonly partitionKey: string; readonly sortKey?: string }>>;
  readonly items: Record<string, Record<string, AttributeValue>>;
}

/** One metric with one set of dimensions; points by minute. */
export interface SimSeries {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly points: SimPoint[];
}

/** The aggregate of a metric over the minute that starts at `atMs`. */
export interface SimPoint {
  readonly atMs: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

export interface SimLogGroup {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly events: { readonly stream: string; readonly atMs: number; readonly message: string }[];
}

export interface SimQueue {
  readonly url: string;
  readonly arn: string;
  readonly attributes: Record<string, string>;
}

export interface SimRule {
  readonly name: string;
  readonly eventBusName: string;
  readonly pattern?: string;
  readonly scheduleExpression?: string;
  readonly state: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
}

export interface SimTrail {
  readonly name: string;
  readonly arn: string;
  readonly multiRegion: boolean;
  logging: boolean;
  /** Which management events it logs. */
  readonly readWriteType: 'All' | 'ReadOnly' | 'WriteOnly' | 'None';
}

/** A CloudTrail record: the `detail` of its event. */
export type TrailRecord = Readonly<Record<string, unknown>>;

export interface AccountState {
  readonly efs: EfsState;
  readonly ec2: Ec2State;
  readonly iam: IamState;
  readonly ecs: EcsState;
  readonly sns: { readonly topics: Record<string, SimTopic>; readonly published: PublishedMessage[] };
  readonly sqs: { readonly queues: Record<string, SimQueue> };
  readonly ssm: { readonly parameters: Record<string, SimParameter> };
  readonly dynamodb: { readonly tables: Record<string, SimTable> };
  readonly cloudwatch: { readonly series: Record<string, SimSeries>; metricDelayMs: number };
  readonly logs: { readonly groups: Record<string, SimLogGroup> };
  readonly events: { readonly rules: Record<string, SimRule> };
  readonly cloudtrail: { readonly trails: Record<string, SimTrail> };
  /** Mutating calls, oldest first. */
  readonly trail: TrailRecord[];
  /** The next number for made-up ids. */
  sequence: number;
}

/** One-minute metrics of EFS are there after about three minutes. */
const METRIC_DELAY_MS = 3 * 60_000;

export function emptyState(managedPolicies: IamState['policies']): AccountState {
  return {
    efs: emptyEfsState(),
    ec2: emptyEc2State(),
    iam: { roles: {}, policies: managedPolicies },
    ecs: emptyEcsState(),
    sns: { topics: {}, published: [] },
    sqs: { queues: {} },
    ssm: { parameters: {} },
    dynamodb: { tables: {} },
    cloudwatch: { series: {}, metricDelayMs: METRIC_DELAY_MS },
    logs: { groups: {} },
    events: { rules: {} },
    cloudtrail: { trails: {} },
    trail: [],
    sequence: 1,
  };
}
