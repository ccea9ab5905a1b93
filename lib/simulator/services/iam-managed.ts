import type {
  AttachRolePolicyRequest,
  CreatePolicyRequest,
  CreatePolicyResponse,
  DetachRolePolicyRequest,
  GetPolicyRequest,
  GetPolicyResponse,
  GetPolicyVersionRequest,
  GetPolicyVersionResponse,
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  Policy,
} from '@aws-sdk/client-iam';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { IAM_SPREAD_MS, type SimPolicy } from '../iam-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { checkDocument, linger } from './iam-role-policies.ts';
import { findRole, noSuchEntity, overWire } from './iam-roles.ts';

const PAGE = 100;
/** Managed policies a role can carry ("IAM and STS quotas"; adjustable up to 20). */
const MOST_ATTACHED = 10;
const MOST_CHARACTERS = 6_144;

function findPolicy(account: Account, arn: string | undefined): SimPolicy {
  const found = account.state.iam.policies[arn ?? ''];
  if (found === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
}

function describe(account: Account, policy: SimPolicy): Policy {
  const users = Object.values(account.state.iam.roles).filter((role) => policy.arn in role.attachedPolicies);
  return {
    Arn: policy.arn,
    PolicyName: policy.name,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: users.length,
    IsAttachable: true,
  };
}

function createPolicy(account: Account, input: CreatePolicyRequest): CreatePolicyResponse {
  const path = input.Path ?? '/';
  const name = input.PolicyName ?? '';
  const arn = `arn:aws:iam::${account.accountId}:policy${path}${name}`;
  if (account.state.iam.policies[arn] !== undefined) {
    throw simError('EntityAlreadyExists', 409, `A policy called ${name} already exists.`);
  }
  const document = checkDocument(input.PolicyDocument);
  if (document.replace(/\s/g, '').length > MOST_CHARACTERS) {
    throw simError('LimitExceeded', 409, `Cannot exceed quota for PolicySize: ${MOST_CHARACTERS}`);
  }
  const policy = { arn, name, path, defaultVersionId: 'v1', versions: { v1: document } };
  account.state.iam.policies[arn] = policy;
  return { Policy: describe(account, policy) };
}

function getPolicy(account: Account, input: GetPolicyRequest): GetPolicyResponse {
  return { Policy: describe(account, findPolicy(account, input.PolicyArn)) };
}

function getPolicyVersion(account: Account, input: GetPolicyVersionRequest): GetPolicyVersionResponse {
  const policy = findPolicy(account, input.PolicyArn);
  const document = policy.versions[input.VersionId ?? ''];
  if (document === undefined) throw noSuchEntity(`Policy ${policy.arn} version ${input.VersionId} does not exist.`);
  const IsDefaultVersion = input.VersionId === policy.defaultVersionId;
  return { PolicyVersion: { VersionId: input.VersionId, IsDefaultVersion, Document: overWire(document) } };
}

function attachRolePolicy(account: Account, input: AttachRolePolicyRequest): void {
  const role = findRole(account, input.RoleName);
  const policy = findPolicy(account, input.PolicyArn);
  if (role.attachedPolicies[policy.arn] !== undefined) return;
  if (Object.keys(role.attachedPolicies).length >= MOST_ATTACHED) {
    throw simError('LimitExceeded', 409, `Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED}`);
  }
  role.attachedPolicies[policy.arn] = { effectiveFromMs: account.clock.nowMs() + IAM_SPREAD_MS };
}

function detachRolePolicy(account: Account, input: DetachRolePolicyRequest): void {
  const role = findRole(account, input.RoleName);
  const attached = role.attachedPolicies[input.PolicyArn ?? ''];
  if (attached === undefined) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
  const policy = findPolicy(account, input.PolicyArn);
  linger(account, role, { ...attached, document: policy.versions[policy.defaultVersionId] ?? '{}' });
  delete role.attachedPolicies[policy.arn];
}

function listAttached(account: Account, input: ListAttachedRolePoliciesRequest): ListAttachedRolePoliciesResponse {
  const arns = Object.keys(findRole(account, input.RoleName).attachedPolicies);
  const page = pageOf(arns, { token: input.Marker, size: pageSize(input.MaxItems, PAGE) });
  return {
    AttachedPolicies: page.items.map((arn) => ({ PolicyArn: arn, PolicyName: findPolicy(account, arn).name })),
    IsTruncated: page.next !== undefined,
    Marker: page.next,
  };
}

export const managedPolicyHandlers: Handlers = {
  'IAM.CreatePolicy': createPolicy,
  'IAM.GetPolicy': getPolicy,
  'IAM.GetPolicyVersion': getPolicyVersion,
  'IAM.AttachRolePolicy': attachRolePolicy,
  'IAM.DetachRolePolicy': detachRolePolicy,
  'IAM.ListAttachedRolePolicies': listAttached,
};
