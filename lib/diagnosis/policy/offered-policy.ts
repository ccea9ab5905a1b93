import { type ClientAction, clientActions } from './types.ts';

export interface OfferedGrant {
  readonly accessPointArn: string;
  readonly principalArns: readonly string[];
  readonly write: boolean;
  /** Only where the owner allows root. */
  readonly root: boolean;
}

export interface OfferedPolicy {
  readonly document: {
    readonly Version: '2012-10-17';
    readonly Id: string;
    readonly Statement: readonly Readonly<Record<string, unknown>>[];
  };
  /** Ready for `aws efs put-file-system-policy --policy`. */
  readonly text: string;
  readonly fits: boolean;
  readonly says: string;
}

/** PutFileSystemPolicy, EFS API reference: at most 20,000 characters. */
export const fileSystemPolicyLimit = 20_000;

const says =
  'Once this policy is set, only the roles it names, and roles whose own policies allow it, can mount; every mount without IAM or without TLS is turned away. ' +
  'Name here whoever else mounts this file system before you set it. A role that is deleted and made again has to be named again.';

/** The policy that makes the grants count, for the owner to set: Mountkeeper never writes one. */
export function offeredFileSystemPolicy(input: {
  readonly fileSystemArn: string;
  readonly grants: readonly OfferedGrant[];
}): OfferedPolicy {
  const { fileSystemArn } = input;
  const usable = input.grants.filter((each) => each.principalArns.length > 0);
  const document = {
    Version: '2012-10-17',
    Id: 'mountkeeper-offer',
    Statement: [
      denyWithoutTls(fileSystemArn),
      ...sorted(usable).map((each, at) => allowThrough(each, { fileSystemArn, at })),
    ],
  } as const;
  const text = JSON.stringify(document);
  return { document, text, fits: text.length <= fileSystemPolicyLimit, says };
}

function denyWithoutTls(fileSystemArn: string) {
  return {
    Sid: 'DenyWithoutTls',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: clientActions,
    Resource: fileSystemArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function allowThrough(
  grant: OfferedGrant,
  { fileSystemArn, at }: { readonly fileSystemArn: string; readonly at: number },
) {
  return {
    Sid: `AllowThroughAccessPoint${at + 1}`,
    Effect: 'Allow',
    Principal: { AWS: [...new Set(grant.principalArns)].sort() },
    Action: actionsOf(grant),
    Resource: fileSystemArn,
    Condition: {
      ArnEquals: { 'elasticfilesystem:AccessPointArn': grant.accessPointArn },
      Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' },
    },
  };
}

function actionsOf({ write, root }: OfferedGrant): readonly ClientAction[] {
  const wanted: Readonly<Record<ClientAction, boolean>> = {
    'elasticfilesystem:ClientMount': true,
    'elasticfilesystem:ClientWrite': write,
    'elasticfilesystem:ClientRootAccess': root,
  };
  return clientActions.filter((action) => wanted[action]);
}

function sorted(grants: readonly OfferedGrant[]): readonly OfferedGrant[] {
  return [...grants].sort((a, b) => (a.accessPointArn < b.accessPointArn ? -1 : 1));
}
