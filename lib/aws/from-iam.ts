import type { Role as IamRole, RoleDetail } from '@aws-sdk/client-iam';
import type { Role } from '../domain/iam.ts';
import { given } from './given.ts';
import { fromTags } from './tags.ts';

export function toRole(role: IamRole | RoleDetail): Role {
  return given({
    arn: role.Arn ?? '',
    id: role.RoleId ?? '',
    name: role.RoleName ?? '',
    path: role.Path ?? '/',
    trust: decoded(role.AssumeRolePolicyDocument),
    tags: fromTags(role.Tags),
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
  });
}

/** IAM gives policy texts URL-encoded (RFC 3986). */
export function decoded(document: string | undefined): string {
  return decodeURIComponent(document ?? '');
}
