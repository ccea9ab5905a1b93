import type { FailureKind } from '../failure-kinds.ts';

/** Where a text was found. */
export const REASON_FIELDS = [
  'stoppedReason',
  'containerReason',
  'serviceEvent',
  'mountHelperStderr',
  'appLog',
] as const;
export type ReasonField = (typeof REASON_FIELDS)[number];

export const VOLUME_TYPES = ['efs', 's3files', 'fsx', 'docker', 'bind'] as const;
export type VolumeType = (typeof VOLUME_TYPES)[number];

/** Amazon ECS API reference, Task: `launchType`. */
export const LAUNCH_TYPES = ['FARGATE', 'EC2', 'MANAGED_INSTANCES', 'EXTERNAL'] as const;

/** A text that says why a task stopped, and what is known around it. All of it is untrusted. */
export interface Reason {
  readonly text: string;
  readonly field?: ReasonField;
  readonly stopCode?: string;
  readonly launchType?: string;
  /** The volume types of the task definition; absent means unknown, empty means that it has none. */
  readonly volumes?: readonly VolumeType[];
  readonly containerReasons?: readonly string[];
}

/**
 * `text`: the wording alone carries the kind. `context`: volumes or stop code decided. `guess`: other software prints
 * the same words, or the text breaks off before it tells the cause.
 */
export type Certainty = 'text' | 'context' | 'guess';

/** What the text names besides the cause: only ever good for a cross-check against the task definition. */
export interface Hints {
  readonly fileSystemId?: string;
  readonly accessPointId?: string;
  readonly rootDirectory?: string;
  readonly exitCode?: number;
  readonly tls?: boolean;
  readonly iam?: boolean;
}

export interface Classification {
  readonly kind: FailureKind;
  /** The sentence that the kind was read from, redacted, at most 200 characters. */
  readonly cause: string;
  readonly certainty: Certainty;
  readonly hints: Hints;
}
