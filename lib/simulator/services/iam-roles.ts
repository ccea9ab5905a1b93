import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GetRoleRequest,
  GetRoleResponse,
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  PutRolePermissionsBoundaryRequest,
  Role,
  RoleDetail,
  TagRoleRequest,
  UntagRoleRequest,
} from '@aws-sdk/client-iam';
import type { Account, Handlers } from '../account.ts';
import { type SimulatedError, simError } from '../errors.ts';
import type { SimRole } from '../iam-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { tagTrouble, toSimTags, withoutTags, withTags } from '../tags.ts';

const PAGE = 100;
const NAME = /^[\w+=,.@-]{1,64}$/;

export function noSuchEntity(message: string): SimulatedError {
  return simError('NoSuchEntity', 404, message);
}

export function findRole(account: Account, name: string | undefined): SimRole {
  const found = account.state.iam.roles[name ?? ''];
  if (found === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return found;
}

/** Policy documents travel percent-encoded (RFC 3986) out of IAM. */
export function overWire(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function describe(role: SimRole): Role {
  const boundary = role.permissionsBoundaryArn;
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: overWire(role.trustPolicy),
    MaxSessionDuration: 3600,
    PermissionsBoundary: boundary
      ? { PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const, PermissionsBoundaryArn: boundary }
      : undefined,
    Tags: role.tags.map((tag) => ({ ...tag })),
  };
}

function checkTags(tags: CreateRoleRequest['Tags'], present: SimRole['tags'] = []): void {
  const trouble = tagTrouble(tags ?? [], present);
  if (trouble !== undefined) throw simError('InvalidInput', 400, trouble);
}

function roleId(account: Account): string {
  return `AROA${account.newId('x').slice(-16).toUpperCase()}`;
}

function createRole(account: Account, input: CreateRoleRequest): CreateRoleResponse {
  const name = input.RoleName ?? '';
  if (!NAME.test(name))
    throw simError('ValidationError', 400, `The specified value for roleName is invalid: '${name}'`);
  if (account.state.iam.roles[name] !== undefined) {
    throw simError('EntityAlreadyExists', 409, `Role with name ${name} already exists.`);
  }
  checkTags(input.Tags);
  const path = input.Path ?? '/';
  const role: SimRole = {
    name,
    arn: `arn:aws:iam::${account.accountId}:role${path}${name}`,
    id: roleId(account),
    path,
    createdAtMs: account.clock.nowMs(),
    trustPolicy: input.AssumeRolePolicyDocument ?? '{}',
    ...(input.PermissionsBoundary === undefined ? {} : { permissionsBoundaryArn: input.PermissionsBoundary }),
    inlinePolicies: {},
    attachedPolicies: {},
    lingering: [],
    tags: toSimTags(input.Tags),
  };
  account.state.iam.roles[name] = role;
  return { Role: describe(role) };
}

function getRole(account: Account, input: GetRoleRequest): GetRoleResponse {
  return { Role: describe(findRole(account, input.RoleName)) };
}

function deleteRole(account: Account, input: DeleteRoleRequest): void {
  const role = findRole(account, input.RoleName);
  if (Object.keys(role.inlinePolicies).length + Object.keys(role.attachedPolicies).length > 0) {
    throw simError('DeleteConflict', 409, 'Cannot delete entity, must detach all policies first.');
  }
  delete account.state.iam.roles[role.name];
  forgetPrincipal(account, role);
}

/** File-system policies hold the id of a role: once it is gone they show the id, and a new role of that name is another. */
function forgetPrincipal(account: Account, role: SimRole): void {
  const { policies } = account.state.efs;
  for (const [id, policy] of Object.entries(policies)) {
    policies[id] = policy.replaceAll(JSON.stringify(role.arn), JSON.stringify(role.id));
  }
}

function tagRole(account: Account, input: TagRoleRequest): void {
  const role = findRole(account, input.RoleName);
  checkTags(input.Tags, role.tags);
  role.tags = withTags(role.tags, toSimTags(input.Tags));
}

function untagRole(account: Account, input: UntagRoleRequest): void {
  const role = findRole(account, input.RoleName);
  role.tags = withoutTags(role.tags, input.TagKeys ?? []);
}

function listRoleTags(account: Account, input: ListRoleTagsRequest): ListRoleTagsResponse {
  const { tags } = findRole(account, input.RoleName);
  const page = pageOf(tags, { token: input.Marker, size: pageSize(input.MaxItems, PAGE) });
  return { Tags: page.items, IsTruncated: page.next !== undefined, Marker: page.next };
}

function putBoundary(account: Account, input: PutRolePermissionsBoundaryRequest): void {
  findRole(account, input.RoleName).permissionsBoundaryArn = input.PermissionsBoundary ?? '';
}

function accountDetails(
  account: Account,
  input: GetAccountAuthorizationDetailsRequest,
): GetAccountAuthorizationDetailsResponse {
  const page = pageOf(Object.values(account.state.iam.roles), {
    token: input.Marker,
    size: pageSize(input.MaxItems, PAGE),
  });
  return {
    RoleDetailList: page.items.map((role) => roleDetail(account, role)),
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    IsTruncated: page.next !== undefined,
    Marker: page.next,
  };
}

function roleDetail(account: Account, role: SimRole): RoleDetail {
  return {
    ...describe(role),
    InstanceProfileList: [],
    RolePolicyList: Object.entries(role.inlinePolicies).map(([PolicyName, { document }]) => ({
      PolicyName,
      PolicyDocument: overWire(document),
    })),
    AttachedManagedPolicies: Object.keys(role.attachedPolicies).map((PolicyArn) => ({
      PolicyName: account.state.iam.policies[PolicyArn]?.name,
      PolicyArn,
    })),
  };
}

export const roleHandlers: Handlers = {
  'IAM.GetAccountAuthorizationDetails': accountDetails,
  'IAM.CreateRole': createRole,
  'IAM.GetRole': getRole,
  'IAM.DeleteRole': deleteRole,
  'IAM.TagRole': tagRole,
  'IAM.UntagRole': untagRole,
  'IAM.ListRoleTags': listRoleTags,
  'IAM.PutRolePermissionsBoundary': putBoundary,
};
