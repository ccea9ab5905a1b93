import type { Finding, FindingCode } from '../domain/finding.ts';
import type { FailureKind } from './failure-kinds.ts';
import type { MountFacts, VolumeFacts } from './mount-facts.ts';

/**
 * What one rule says about one volume: nothing where all is well, a finding for each thing that is wrong, and the
 * finding `not-checked` for each thing that could not be looked at.
 */
export type Judge = (facts: MountFacts, volume: VolumeFacts) => readonly Finding[];

export interface Rule {
  /** What is checked, as a reader of the report would call it. */
  readonly title: string;
  readonly judge: Judge;
  /** The kinds of stop reason that a finding of this rule can be behind. */
  readonly explains: readonly FailureKind[];
  /** Whether it can only be judged for a launch type that is known. */
  readonly needsLaunch?: boolean;
}

export type Evidence = Readonly<Record<string, string>>;

export function finding(code: FindingCode, subject: string, evidence: Evidence): Finding {
  return { code, subject, evidence };
}

export function notChecked(what: string, why: string): Finding {
  return { code: 'not-checked', subject: what, evidence: { what, why } };
}

/** In the evidence of a finding that cannot be behind the failure at hand, since it is about other places. */
export const ELSEWHERE: Evidence = { elsewhere: 'The task failed in another subnet; this holds for later tasks.' };

export function list(words: readonly (string | undefined)[]): string {
  return [...new Set(words.filter((word) => word !== undefined))].toSorted().join(' ');
}
