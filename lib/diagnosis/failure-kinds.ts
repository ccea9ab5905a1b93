import { MOUNT_KINDS } from './failure-kinds/mount-kinds.ts';
import { REACH_KINDS } from './failure-kinds/reach-kinds.ts';

export type FailureKind = keyof typeof FAILURE_KINDS;

/** What a kind of failure means for people. */
export interface FailureKindText {
  readonly title: string;
  readonly meaning: string;
  /** In the order in which to try them. */
  readonly whatToDo: readonly string[];
  /** The AWS API calls that confirm or refute it. */
  readonly settledBy: readonly string[];
  readonly docs: string;
}

/** Every kind that a reason can be read as; `access-point-not-found` mostly comes from looking, not from reading. */
export const FAILURE_KINDS = { ...REACH_KINDS, ...MOUNT_KINDS } as const;

export const FAILURE_KIND_NAMES = Object.keys(FAILURE_KINDS) as readonly FailureKind[];
