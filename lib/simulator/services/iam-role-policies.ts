import type {
  DeleteRolePolicyRequest,
  GetRolePolicyRequest,
  GetRolePolicyResponse,
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  PutRolePolicyRequest,
} from '@aws-sdk/client-iam';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { IAM_SPREAD_MS, type SimRole } from '../iam-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { findRole, noSuchEntity, overWire } from './iam-roles.ts';

const PAGE = 100;
const NAME = /^[\w+=,.@-]{1,128}$/;
/** All inline policies of a role together, white space not counted ("IAM and STS quotas"). */
const MOST_INLINE_CHARACTERS = 10_240;

function malformed(message: string): never {
  throw simError('MalformedPolicyDocument', 400, message);
}

type Statement = Readonly<Record<string, unknown>>;

interface Document {
  readonly Statement?: Statement | readonly Statement[];
}

/** The grammar as far as a careless writer gets it wrong. */
export function checkDocument(text: string | undefined): string {
  let document: Document | null;
  try {
    document = JSON.parse(text ?? '');
  } catch {
    return malformed('This policy contains invalid Json');
  }
  const statements: readonly Statement[] = [document?.Statement ?? []].flat();
  if (statements.length === 0) return malformed('Syntax errors in policy: no statement.');
  for (const statement of statements) {
    if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
      malformed('Syntax errors in policy: Effect.');
    if ((statement['Action'] ?? statement['NotAction']) === undefined)
      malformed('Policy statement must contain actions.');
    if ((statement['Resource'] ?? statement['NotResource']) === undefined) {
      malformed('Policy statement must contain resources.');
    }
    if (statement['Principal'] !== undefined) malformed('Policy document should not specify a principal.');
  }
  return text ?? '';
}

function size(document: string): number {
  return document.replace(/\s/g, '').length;
}

function checkRoom(role: SimRole, name: string, document: string): void {
  const others = Object.entries(role.inlinePolicies).filter(([other]) => other !== name);
  const total = others.reduce((sum, [, policy]) => sum + size(policy.document), size(document));
  if (total <= MOST_INLINE_CHARACTERS) return;
  const message = `Maximum policy size of ${MOST_INLINE_CHARACTERS} bytes exceeded for role ${role.name}`;
  throw simError('LimitExceeded', 409, message);
}

/** What was there goes on working until the change has spread. */
export function linger(account: Account, role: SimRole, old: { document: string; effectiveFromMs: number }): void {
  const nowMs = account.clock.nowMs();
  const live = role.lingering.filter((document) => document.effectiveUntilMs > nowMs);
  role.lingering = [...live, { ...old, effectiveUntilMs: nowMs + IAM_SPREAD_MS }];
}

function putRolePolicy(account: Account, input: PutRolePolicyRequest): void {
  const role = findRole(account, input.RoleName);
  const name = input.PolicyName ?? '';
  if (!NAME.test(name))
    throw simError('ValidationError', 400, `The specified value for policyName is invalid: '${name}'`);
  const document = checkDocument(input.PolicyDocument);
  checkRoom(role, name, document);
  const old = role.inlinePolicies[name];
  if (old?.document === document) return;
  if (old !== undefined) linger(account, role, old);
  role.inlinePolicies[name] = { document, effectiveFromMs: account.clock.nowMs() + IAM_SPREAD_MS };
}

function inlinePolicy(role: SimRole, name: string | undefined) {
  const found = role.inlinePolicies[name ?? ''];
  if (found === undefined) throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  return found;
}

function getRolePolicy(account: Account, input: GetRolePolicyRequest): GetRolePolicyResponse {
  const role = findRole(account, input.RoleName);
  const { document } = inlinePolicy(role, input.PolicyName);
  return { RoleName: role.name, PolicyName: input.PolicyName, PolicyDocument: overWire(document) };
}

function deleteRolePolicy(account: Account, input: DeleteRolePolicyRequest): void {
  const role = findRole(account, input.RoleName);
  linger(account, role, inlinePolicy(role, input.PolicyName));
  delete role.inlinePolicies[input.PolicyName ?? ''];
}

function listRolePolicies(account: Account, input: ListRolePoliciesRequest): ListRolePoliciesResponse {
  const names = Object.keys(findRole(account, input.RoleName).inlinePolicies).sort();
  const page = pageOf(names, { token: input.Marker, size: pageSize(input.MaxItems, PAGE) });
  return { PolicyNames: page.items, IsTruncated: page.next !== undefined, Marker: page.next };
}

export const rolePolicyHandlers: Handlers = {
  'IAM.PutRolePolicy': putRolePolicy,
  'IAM.GetRolePolicy': getRolePolicy,
  'IAM.DeleteRolePolicy': deleteRolePolicy,
  'IAM.ListRolePolicies': listRolePolicies,
};
