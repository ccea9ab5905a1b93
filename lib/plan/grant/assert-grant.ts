import {
  type GrantDocument,
  type GrantEntry,
  NotAGrant,
  type PermissionSet,
  permissionSets,
} from './grant-document.ts';

// EFS API reference, AccessPointId and FileSystemId: 8 to 40 hexadecimal digits. No wildcard can get through.
const arnForm =
  /^(arn:aws[a-z-]*:elasticfilesystem:[a-z0-9-]+:\d{12}):(file-system\/fs|access-point\/fsap)-[0-9a-f]{8,40}$/;

/**
 * Throws unless the document holds nothing but EFS client actions on one file system through named access points.
 * Asked for again right before the call, because no IAM condition key can limit what PutRolePolicy puts.
 */
export function assertGrant(document: unknown): asserts document is GrantDocument {
  grantEntries(document);
}

/** What a grant gives, access point by access point; throws like {@link assertGrant}. */
export function grantEntries(document: unknown): readonly GrantEntry[] {
  const policy = exactly(document, ['Version', 'Statement'], 'the policy');
  if (policy['Version'] !== '2012-10-17') throw new NotAGrant('its Version is not 2012-10-17');
  const statements = list(policy['Statement']);
  if (statements.length === 0) throw new NotAGrant('it has no statement');
  const entries = statements.flatMap(entriesOf);
  if (new Set(entries.map((each) => each.fileSystemArn)).size > 1) throw new NotAGrant('it names several file systems');
  const accessPoints = entries.map((each) => each.accessPointArn);
  if (new Set(accessPoints).size < accessPoints.length) throw new NotAGrant('it names an access point twice');
  return entries;
}

function entriesOf(value: unknown): readonly GrantEntry[] {
  const statement = exactly(value, ['Sid', 'Effect', 'Action', 'Resource', 'Condition'], 'a statement');
  if (statement['Effect'] !== 'Allow') throw new NotAGrant('its Effect is not Allow');
  const set = permissionSetOf(statement);
  const fileSystemArn = arn(only(list(statement['Resource']), 'Resource'), 'file-system');
  const condition = exactly(statement['Condition'], ['ArnEquals'], 'Condition');
  const keys = exactly(condition['ArnEquals'], ['elasticfilesystem:AccessPointArn'], 'ArnEquals');
  const accessPoints = list(keys['elasticfilesystem:AccessPointArn']);
  if (accessPoints.length === 0) throw new NotAGrant('a statement names no access point');
  return accessPoints.map((each) => {
    const accessPointArn = arn(each, 'access-point');
    const owner = (text: string) => arnForm.exec(text)?.[1];
    if (owner(accessPointArn) !== owner(fileSystemArn))
      throw new NotAGrant(`${accessPointArn} is of another account or region`);
    return { fileSystemArn, accessPointArn, write: set.write, root: set.root };
  });
}

function permissionSetOf(statement: Readonly<Record<string, unknown>>): PermissionSet {
  const actions = list(statement['Action']);
  const set = permissionSets.find((each) => each.sid === statement['Sid']);
  const same = set?.actions.length === actions.length && set.actions.every((each) => actions.includes(each));
  if (set === undefined || !same)
    throw new NotAGrant(`the actions ${actions.join(', ')} under ${String(statement['Sid'])}`);
  return set;
}

function arn(value: unknown, type: 'file-system' | 'access-point'): string {
  const found = typeof value === 'string' ? arnForm.exec(value) : null;
  if (found?.[2]?.startsWith(`${type}/`) !== true) throw new NotAGrant(`${String(value)} is no ARN of one ${type}`);
  return found[0];
}

function exactly(value: unknown, keys: readonly string[], what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAGrant(`${what} is no object`);
  const found = Object.keys(value);
  const same = found.length === keys.length && keys.every((key) => found.includes(key));
  if (!same) throw new NotAGrant(`${what} has ${found.join(', ')} where ${keys.join(', ')} belong`);
  return value as Readonly<Record<string, unknown>>;
}

function only(values: readonly unknown[], what: string): unknown {
  if (values.length !== 1) throw new NotAGrant(`${what} names ${values.length} things`);
  return values[0];
}

/** IAM may give a list of one back as it was put, or as text. */
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
