import type {
  DeleteFileSystemPolicyRequest,
  DescribeFileSystemPolicyRequest,
  FileSystemPolicyDescription,
  PutFileSystemPolicyRequest,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { findFileSystem, requireAvailable } from './efs-file-systems.ts';

const LONGEST = 20_000;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Condition?: object;
}

function invalid(message: string): never {
  throw simError('InvalidPolicyException', 400, message, { ErrorCode: 'InvalidPolicyException' });
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function statementsOf(policy: string): readonly Statement[] {
  let document: { Statement?: Statement | readonly Statement[] } | null;
  try {
    document = JSON.parse(policy);
  } catch {
    return invalid('Policy is not valid JSON');
  }
  const statements = asList<Statement>(document?.Statement);
  return statements.length === 0 ? invalid('Policy has no statement') : statements;
}

function principalArns(statement: Statement): readonly string[] {
  const { Principal: principal } = statement;
  if (typeof principal !== 'object' || principal === null) return [];
  return asList((principal as { AWS?: string | readonly string[] }).AWS);
}

/** A role of this account must exist when the policy is put; AWS stores its id, not its name. */
function unknownRole(account: Account, statement: Statement): string | undefined {
  const own = `arn:aws:iam::${account.accountId}:role/`;
  const roles = new Set(Object.values(account.state.iam.roles).map((role) => role.arn));
  return principalArns(statement).find((arn) => arn.startsWith(own) && !roles.has(arn));
}

function checkStatement(account: Account, statement: Statement): void {
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') invalid('Effect must be Allow or Deny');
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) invalid('Statement has no principal');
  if (statement.Action === undefined && statement.NotAction === undefined) invalid('Statement has no action');
  const foreign = asList(statement.Action).find((action) => !/^(\*|elasticfilesystem:[A-Za-z*?]+)$/.test(action));
  if (foreign !== undefined) invalid(`Action ${foreign} is not an EFS action`);
  const missing = unknownRole(account, statement);
  if (missing !== undefined) invalid(`Invalid principal in policy: ${missing}`);
}

/** Would nobody be able to put the next policy? */
function locksOut(statement: Statement): boolean {
  const everybody = statement.Principal === '*' || principalArns(statement).includes('*');
  const covered = asList(statement.Action).some((action) =>
    /^(\*|elasticfilesystem:(\*|PutFileSystemPolicy))$/.test(action),
  );
  return statement.Effect === 'Deny' && everybody && covered && statement.Condition === undefined;
}

function putPolicy(account: Account, input: PutFileSystemPolicyRequest): FileSystemPolicyDescription {
  const fileSystem = findFileSystem(account, input.FileSystemId);
  requireAvailable(fileSystem);
  const policy = input.Policy ?? '';
  if (policy.length > LONGEST) invalid(`Policy is longer than ${LONGEST} characters`);
  const statements = statementsOf(policy);
  for (const statement of statements) checkStatement(account, statement);
  if (input.BypassPolicyLockoutSafetyCheck !== true && statements.some(locksOut)) {
    invalid('The policy would lock the caller out from changing it');
  }
  account.state.efs.policies[fileSystem.id] = policy;
  return { FileSystemId: fileSystem.id, Policy: policy };
}

function describePolicy(account: Account, input: DescribeFileSystemPolicyRequest): FileSystemPolicyDescription {
  const { id } = findFileSystem(account, input.FileSystemId);
  const policy = account.state.efs.policies[id];
  if (policy === undefined) throw simError('PolicyNotFound', 404, `No policy found for file system ${id}.`);
  return { FileSystemId: id, Policy: policy };
}

function deletePolicy(account: Account, input: DeleteFileSystemPolicyRequest): void {
  const fileSystem = findFileSystem(account, input.FileSystemId);
  requireAvailable(fileSystem);
  delete account.state.efs.policies[fileSystem.id];
}

export const fileSystemPolicyHandlers: Handlers = {
  'EFS.PutFileSystemPolicy': putPolicy,
  'EFS.DescribeFileSystemPolicy': describePolicy,
  'EFS.DeleteFileSystemPolicy': deletePolicy,
};
