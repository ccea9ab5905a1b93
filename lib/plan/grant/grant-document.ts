/** A policy that is not, in every member, what Mountkeeper builds: never written, never built upon. */
export class NotAGrant extends Error {
  override readonly name = 'NotAGrant';
}

/** What one family may do through one access point. */
export interface GrantEntry {
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  /** Some container mounts the volume writable. */
  readonly write: boolean;
  /** The owner allows root and the access point's uid or gid is 0. */
  readonly root: boolean;
}

export type GrantAction =
  | 'elasticfilesystem:ClientMount'
  | 'elasticfilesystem:ClientWrite'
  | 'elasticfilesystem:ClientRootAccess';

export interface GrantStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly GrantAction[];
  /** The file system: an access-point ARN here would match nothing. */
  readonly Resource: string;
  readonly Condition: { readonly ArnEquals: { readonly 'elasticfilesystem:AccessPointArn': readonly string[] } };
}

export interface GrantDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly GrantStatement[];
}

/** Access points with the same permissions share a statement, so that about 110 of them fit into one role. */
export interface PermissionSet {
  readonly sid: string;
  readonly write: boolean;
  readonly root: boolean;
  readonly actions: readonly GrantAction[];
}

const mount = 'elasticfilesystem:ClientMount';
const write = 'elasticfilesystem:ClientWrite';
const root = 'elasticfilesystem:ClientRootAccess';

export const permissionSets: readonly PermissionSet[] = [
  { sid: 'MountkeeperRead', write: false, root: false, actions: [mount] },
  { sid: 'MountkeeperReadWrite', write: true, root: false, actions: [mount, write] },
  { sid: 'MountkeeperReadRoot', write: false, root: true, actions: [mount, root] },
  { sid: 'MountkeeperReadWriteRoot', write: true, root: true, actions: [mount, write, root] },
];

/** One inline policy a file system. @param fileSystemId `fs-…` */
export function grantPolicyName(fileSystemId: string): string {
  return `mountkeeper-${fileSystemId}`;
}

/**
 * Of two entries for one access point the last counts. The same entries give the same text in any order. Throws
 * NotAGrant for no entry at all and for entries of several file systems.
 */
export function grantDocument(entries: readonly GrantEntry[]): GrantDocument {
  const [fileSystemArn, ...others] = new Set(entries.map((each) => each.fileSystemArn));
  if (fileSystemArn === undefined) throw new NotAGrant('there is no access point to grant');
  if (others.length > 0) throw new NotAGrant(`it names ${others.length + 1} file systems`);
  const last = [...new Map(entries.map((each) => [each.accessPointArn, each])).values()];
  const statements = permissionSets.map((set) => statementFor(set, { fileSystemArn, entries: last }));
  return { Version: '2012-10-17', Statement: statements.filter((each) => accessPointsIn(each).length > 0) };
}

export function accessPointsIn(statement: GrantStatement): readonly string[] {
  return statement.Condition.ArnEquals['elasticfilesystem:AccessPointArn'];
}

interface Wanted {
  readonly fileSystemArn: string;
  readonly entries: readonly GrantEntry[];
}

function statementFor(set: PermissionSet, { fileSystemArn, entries }: Wanted): GrantStatement {
  const mine = entries.filter((each) => each.write === set.write && each.root === set.root);
  const accessPoints = mine.map((each) => each.accessPointArn).sort();
  return {
    Sid: set.sid,
    Effect: 'Allow',
    Action: set.actions,
    Resource: fileSystemArn,
    Condition: { ArnEquals: { 'elasticfilesystem:AccessPointArn': accessPoints } },
  };
}
