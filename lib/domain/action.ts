import type { CreationInfo, PosixUser, ThroughputMode } from './efs.ts';
import type { Tags } from './tags.ts';

/**
 * Every change that Mountkeeper can make, as plain JSON. An action carries what is needed to describe it, to do it and
 * to undo it. `${access-point:<volume>:id}` and `${access-point:<volume>:arn}` in a text stand for what an earlier
 * step of the same plan created; the walk over the plan fills them in.
 */
export type Action =
  | AuthorizeIngress
  | AuthorizeEgress
  | RevokeRule
  | PutRolePolicy
  | DeleteRolePolicy
  | CreateAccessPoint
  | DeleteAccessPoint
  | RegisterRevision
  | UpdateService
  | PublishVolume
  | UpdateThroughput;

export type ActionKind = Action['kind'];

/** TCP 2049 from one security group to another: port and protocol are not for choosing. */
export interface AuthorizeIngress {
  readonly kind: 'authorize-ingress';
  /** The mount target's group, which gets the rule. */
  readonly groupId: string;
  /** The task's group. */
  readonly sourceGroupId: string;
  readonly family: string;
  readonly fileSystemId: string;
}

export interface AuthorizeEgress {
  readonly kind: 'authorize-egress';
  /** The task's group, which gets the rule. */
  readonly groupId: string;
  /** The mount target's group. */
  readonly targetGroupId: string;
  readonly family: string;
  readonly fileSystemId: string;
}

/** Takes back one rule of the journal, by its id, and only while it is as the journal says. */
export interface RevokeRule {
  readonly kind: 'revoke-rule';
  readonly direction: 'ingress' | 'egress';
  readonly groupId: string;
  readonly ruleId: string;
  readonly peerGroupId: string;
  readonly changeId: string;
  /** What the rule was for, so that the undoing can be undone. */
  readonly family: string;
  readonly fileSystemId: string;
}

/** The whole inline policy `mountkeeper-<file system>` of a task role, and what was there before. */
export interface PutRolePolicy {
  readonly kind: 'put-role-policy';
  readonly roleName: string;
  readonly roleArn: string;
  readonly policyName: string;
  readonly document: string;
  /** The policy's text before, null where there was none: compared once more right before the write. */
  readonly previous: string | null;
  readonly family: string;
  readonly fileSystemId: string;
}

export interface DeleteRolePolicy {
  readonly kind: 'delete-role-policy';
  readonly roleName: string;
  readonly roleArn: string;
  readonly policyName: string;
  readonly previous: string;
  readonly family: string;
  readonly fileSystemId: string;
}

export interface CreateAccessPoint {
  readonly kind: 'create-access-point';
  readonly fileSystemId: string;
  readonly family: string;
  readonly volume: string;
  readonly clientToken: string;
  readonly path: string;
  readonly user?: PosixUser;
  readonly creation?: CreationInfo;
  /** Who the ids of `user` are reserved for: reserved right before the call, so that two runs cannot both have one. */
  readonly owner?: string;
  readonly tags: Tags;
}

export interface DeleteAccessPoint {
  readonly kind: 'delete-access-point';
  readonly accessPointId: string;
  readonly fileSystemId: string;
  readonly family: string;
}

export interface RegisterRevision {
  readonly kind: 'register-revision';
  readonly family: string;
  /** The revision that this one is made from: if a newer one is ACTIVE by then, nothing is registered. */
  readonly sourceRevision: number;
  /** The newest one where that is not the source: one of ours, made from an older revision than somebody else's. */
  readonly newestRevision?: number;
  /** Waited before the call: for a grant to spread, or for the minute since the family's last registration. */
  readonly waitMs?: number;
  readonly specHash: string;
  /** The whole input of RegisterTaskDefinition, unknown members included. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly passesRoleArns: readonly string[];
}

export interface UpdateService {
  readonly kind: 'update-service';
  readonly clusterArn: string;
  readonly serviceArn: string;
  readonly family: string;
  /** Absent: the same task definition again. */
  readonly taskDefinition?: string;
  readonly previousTaskDefinition: string;
  readonly forceNewDeployment: boolean;
}

export interface PublishVolume {
  readonly kind: 'publish-volume';
  readonly family: string;
  readonly volume: string;
  /** SSM parameter names under `/mountkeeper/volumes/<family>/<volume>/`, and what they shall hold. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly previous: Readonly<Record<string, string | null>>;
}

export interface UpdateThroughput {
  readonly kind: 'update-throughput';
  readonly fileSystemId: string;
  readonly mode: ThroughputMode;
  readonly mibps?: number;
  readonly previousMode: ThroughputMode;
  readonly previousMibps?: number;
}
