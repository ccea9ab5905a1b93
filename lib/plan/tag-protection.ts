import { TAG_PREFIX } from '../domain/tags.ts';

export interface Trusted {
  /** ARN patterns of who may turn the owners' keys: storage, network and IAM administrators. */
  readonly owners: readonly string[];
  /** ARN patterns of who may opt task definitions and services in: the teams' pipelines. */
  readonly deployers: readonly string[];
}

/** Tagging file systems, access points, groups, rules and roles, in each call that can carry tags. */
const OWNERS_CALLS = [
  'elasticfilesystem:TagResource',
  'elasticfilesystem:UntagResource',
  'elasticfilesystem:CreateTags',
  'elasticfilesystem:DeleteTags',
  'elasticfilesystem:CreateAccessPoint',
  'ec2:CreateTags',
  'ec2:DeleteTags',
  'iam:TagRole',
  'iam:UntagRole',
];

const DEPLOYERS_CALLS = [
  'ecs:TagResource',
  'ecs:UntagResource',
  'ecs:RegisterTaskDefinition',
  'ecs:CreateService',
  'ecs:RunTask',
];

/** Mountkeeper's own functions tag what they make. */
const OWN_ROLES = 'arn:*:iam::*:role/mountkeeper-*';

/**
 * A service control policy that keeps the tags which Mountkeeper takes for keys and marks out of other hands: who may
 * tag may opt in. For the organization's management account to attach; Mountkeeper never writes it.
 * Source: AWS Organizations user guide, "Service control policies"; `aws:TagKeys` is a key of every call listed here.
 */
export function tagProtection({ owners, deployers }: Trusted): object {
  return {
    Version: '2012-10-17',
    Statement: [
      statement('MountkeeperOwnersKeys', OWNERS_CALLS, owners),
      statement('MountkeeperOptIn', DEPLOYERS_CALLS, [...owners, ...deployers]),
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
      ArnNotLike: { 'aws:PrincipalArn': [OWN_ROLES, ...trusted] },
    },
  };
}
