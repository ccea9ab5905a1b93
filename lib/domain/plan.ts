import type { Action } from './action.ts';
import type { Fact } from './fact.ts';
import type { Finding, FindingCode } from './finding.ts';
import type { Tags } from './tags.ts';

export interface Step {
  readonly action: Action;
  readonly because: readonly FindingCode[];
  /** Part of setting a family up, together with a new access point: it spends the budget of provisioning, not of repairs. */
  readonly firstTime?: true;
  /** The journaled changes that this step takes back. */
  readonly reverts?: readonly Reverted[];
}

export interface Reverted {
  readonly changeId: string;
  /** What is not to be planned again until somebody releases it; empty where it may come back by itself. */
  readonly holds: readonly string[];
}

/** A step that is not done, with the guard that holds it and why, in words for people. */
export interface WithheldStep extends Step {
  readonly heldBy: Guard;
  readonly why: string;
}

/** The guards, in the order in which they are asked. */
export const GUARDS = [
  'dry-run',
  'observe',
  'opted-out',
  'key',
  'held',
  'breaker',
  'budget',
  'quota',
  'shared-group',
  'person',
  'unknown',
] as const;

export type Guard = (typeof GUARDS)[number];

export interface Plan {
  readonly steps: readonly Step[];
  readonly withheld: readonly WithheldStep[];
}

export const EMPTY_PLAN: Plan = { steps: [], withheld: [] };

/** Who and what a decision is about: the alert's attributes and the incident's name are made from it. */
export interface Subject {
  readonly family?: string;
  /** Where several are told of together. */
  readonly families?: readonly string[];
  readonly fileSystemId?: string;
  /** The service's ARN, the task's group or the file system: what an operator would call the thing in trouble. */
  readonly thing: string;
}

/**
 * The owner's keys that the steps need: tags by resource (file system id, role ARN, group id, service ARN), as read
 * in this run. A resource that is not in it was not looked at, so every guard refuses.
 */
export type Keyring = Readonly<Record<string, Fact<Tags>>>;

export interface Decision {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly keyring: Keyring;
  /** The narrowing tag of the task definition, where it has one. */
  readonly modeTag?: string;
  /** Nothing to tell unless something is changed: the trouble is none of ours, or was told before. */
  readonly quiet?: boolean;
  /** Nothing could be gathered or decided: settling it fails with this. */
  readonly failure?: unknown;
}

/** What came of one step. */
export type StepOutcome =
  | {
      readonly step: Step;
      readonly changeId: string;
      readonly result: 'done';
      readonly made: Readonly<Record<string, string>>;
    }
  | {
      readonly step: Step;
      readonly changeId: string;
      readonly result: 'already';
      readonly made: Readonly<Record<string, string>>;
    }
  | {
      readonly step: Step;
      readonly changeId: string;
      readonly result: 'failed';
      readonly why: string;
      readonly permanent: boolean;
    }
  | { readonly step: Step; readonly result: 'not-reached' }
  | { readonly step: Step; readonly result: 'withheld'; readonly heldBy: Guard; readonly why: string };

export interface Outcome {
  readonly decision: Decision;
  readonly steps: readonly StepOutcome[];
  readonly withheld: readonly WithheldStep[];
}
