/** The three permissions an NFS client can have on a file system; ClientMount is read access. */
export const clientActions = [
  'elasticfilesystem:ClientMount',
  'elasticfilesystem:ClientWrite',
  'elasticfilesystem:ClientRootAccess',
] as const;
export type ClientAction = (typeof clientActions)[number];

/** Who mounts. A volume without IAM authorization is an anonymous client. */
export type ClientPrincipal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'role';
      /** With its path, as IAM gives it. */
      readonly arn: string;
      /** `AROA…` */
      readonly roleId?: string;
      /** For an ECS task this is the task id; left out where the task does not exist yet. */
      readonly sessionName?: string;
      /** All tags of the role, or left out where they are not known. */
      readonly tags?: Readonly<Record<string, string>>;
    };

/** A mount as EFS sees it. Left out means: not known, except `accessPointArn`, where it means none. */
export interface ClientRequest {
  readonly fileSystemArn: string;
  readonly principal: ClientPrincipal;
  readonly accessPointArn?: string;
  readonly secureTransport: boolean;
  /** ECS always mounts through a mount target; `false` is for other clients. */
  readonly viaMountTarget?: boolean;
  readonly sourceIp?: string;
  /** All tags of the file system, or left out where they are not known. */
  readonly fileSystemTags?: Readonly<Record<string, string>>;
}

/** One policy as it was read. `document` is the JSON text, or the value parsed from it. */
export type PolicyReading =
  | { readonly state: 'present'; readonly name: string; readonly document: unknown }
  | { readonly state: 'unknown'; readonly name: string; readonly why: string };

export interface ClientAccessInput {
  readonly request: ClientRequest;
  /** Inline and attached policies of the role. A list that could not be read is one entry with state `unknown`. */
  readonly identity: readonly PolicyReading[];
  /** The permissions boundary; left out where the role has none. */
  readonly boundary?: PolicyReading;
  /** `absent`: EFS answered PolicyNotFound, so the default policy is in force. */
  readonly fileSystemPolicy: PolicyReading | { readonly state: 'absent' };
}

export type PolicyKind = 'identity' | 'boundary' | 'file-system';
export type Decision = 'allowed' | 'denied-explicit' | 'denied-implicit' | 'unknown';

/** A statement that decided. `statement` is its Sid, or `#2` for the second one where it has none. */
export interface StatementRef {
  readonly kind: PolicyKind;
  readonly policy: string;
  readonly statement: string;
}

/** An Allow that names the action and still does not apply, and what keeps it from applying. */
export interface Miss extends StatementRef {
  readonly failed: 'resource' | 'principal' | 'condition' | 'boundary';
  readonly detail: string;
}

/** Something the decision may hang on and that could not be looked at. */
export interface NotChecked {
  readonly policy: string;
  readonly statement?: string;
  readonly why: string;
}

export interface ActionDecision {
  readonly decision: Decision;
  /**
   * The decision if condition keys outside the EFS list were enforced as well. Differs from `decision`
   * only where that is `unknown`. EFS user guide, "EFS condition keys for clients": "Any other condition keys are not enforced".
   */
  readonly ifEveryKeyCounts: Decision;
  readonly by: readonly StatementRef[];
  readonly misses: readonly Miss[];
  readonly notChecked: readonly NotChecked[];
}

/** Policies of the organization (SCP, RCP) and session policies are outside of what is judged here. */
export type ClientAccess = Readonly<Record<ClientAction, ActionDecision>>;
