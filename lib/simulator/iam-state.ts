import type { SimTag } from './efs-state.ts';

/** What a mount sees: a document counts from the time it has spread. */
export interface SpreadDocument {
  readonly document: string;
  readonly effectiveFromMs: number;
}

/** A removed grant goes on working until its removal has spread. */
export interface LingeringDocument extends SpreadDocument {
  readonly effectiveUntilMs: number;
}

export interface SimRole {
  readonly name: string;
  readonly arn: string;
  /** `AROA…`: a role made again under the same name has another one. */
  readonly id: string;
  readonly path: string;
  readonly createdAtMs: number;
  trustPolicy: string;
  permissionsBoundaryArn?: string;
  inlinePolicies: Record<string, SpreadDocument>;
  attachedPolicies: Record<string, { readonly effectiveFromMs: number }>;
  /** Documents that were replaced, deleted or detached and have not gone everywhere yet. */
  lingering: LingeringDocument[];
  tags: SimTag[];
}

export interface SimPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  defaultVersionId: string;
  versions: Record<string, string>;
}

export interface IamState {
  readonly roles: Record<string, SimRole>;
  readonly policies: Record<string, SimPolicy>;
}

/** How long a change of a grant takes to reach mounts (seconds normally, a minute at worst; here a fixed time). */
export const IAM_SPREAD_MS = 10_000;
