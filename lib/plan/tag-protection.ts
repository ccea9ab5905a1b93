import { partitionOf } from '../domain/ids.ts';
import { TAG_PREFIX } from '../domain/tags.ts';

export interface Trusted {
  /** ARNs of the roles that may turn the owners' keys: storage, network and IAM administrators. */
  readonly owners: readonly string[];
  /** ARNs of the roles that may opt task definitions and services in: the teams' pipelines. */
  readonly deployers: readonly string[];
  /** Where Mountkeeper is deployed: its own functions tag what they make. */
  readonly installations: readonly Installation[];
}

export interface Installation {
  readonly accountId: string;
  readonly region: string;
}

/** Tagging file systems, access points, groups, rules, roles and log groups, in each call that can carry tags. */
const OWNERS_CALLS = [
  'elasticfilesystem:TagResource',
  'elasticfilesystem:UntagResource',
  'elasticfilesystem:CreateTags',
  'elasticfilesystem:DeleteTags',
  'elasticfilesystem:CreateFileSystem',
  'elasticfilesystem:CreateAccessPoint',
  'ec2:CreateTags',
  'ec2:DeleteTags',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:CreateRole',
  'logs:TagResource',
  'logs:UntagResource',
  'logs:TagLogGroup',
  'logs:UntagLogGroup',
  'logs:CreateLogGroup',
];

const DEPLOYERS_CALLS = [
  'ecs:TagResource',
  'ecs:UntagResource',
  'ecs:RegisterTaskDefinition',
  'ecs:CreateService',
  'ecs:RunTask',
];

/** Functions whose role may tag. */
export const TAGGING_FUNCTIONS = ['drift', 'provision', 'remediate', 'revert', 'sweep'];

/** The roles by their whole names: a pattern would let in whoever may create a role of such a name. */
function ownRoles({ accountId, region }: Installation): readonly string[] {
  return TAGGING_FUNCTIONS.map(
    (name) => `arn:${partitionOf(region)}:iam::${accountId}:role/mountkeeper-${name}-${region}`,
  );
}

/** AWS Organizations user guide, "Quotas for AWS Organizations": characters of one service control policy. */
export const LONGEST_POLICY = 5_120;

/**
 * A service control policy that keeps the tags which Mountkeeper takes for keys and marks out of other hands: who may
 * tag may opt in. For the organization's management account to attach; Mountkeeper never writes it.
 * Source: AWS Organizations user guide, "Service control policies"; `aws:TagKeys` is a key of every call listed here.
 */
export function tagProtection({ owners, deployers, installations }: Trusted): object {
  const own = installations.flatMap(ownRoles);
  return {
    Version: '2012-10-17',
    Statement: [
      statement('MountkeeperOwnersKeys', OWNERS_CALLS, [...own, ...owners]),
      statement('MountkeeperOptIn', DEPLOYERS_CALLS, [...own, ...owners, ...deployers]),
    ],
  };
}

function statement(sid: string, calls: readonly string[], trusted: readonly string[]): object {
  return {
    Sid: sid,
    Effect: 'Deny',
    Action: calls,
    Resource: '*',
    Condition: {
      'ForAnyValue:StringLike': { 'aws:TagKeys': [`${TAG_PREFIX}*`] },
      ArnNotLike: { 'aws:PrincipalArn': trusted },
    },
  };
}
