import type { Action } from '../../domain/action.ts';
import type { Fact } from '../../domain/fact.ts';
import type { FindingCode } from '../../domain/finding.ts';
import type { Guard, Step, WithheldStep } from '../../domain/plan.ts';
import type { Tags } from '../../domain/tags.ts';
import type { VolumeFacts } from '../mount-facts.ts';

/** Why a step must not be done, in words for people. */
export interface Hold {
  readonly heldBy: Guard;
  readonly why: string;
}

/** A change that would help, whether it may be made, and the tags of what it touches. */
export interface Draft<A extends Action = Action> extends Step {
  readonly action: A;
  readonly volume: VolumeFacts;
  readonly hold?: Hold;
  readonly touched: Readonly<Record<string, Fact<Tags>>>;
}

export function hold(heldBy: Guard, why: string): Hold {
  return { heldBy, why };
}

export function stepOf({ action, because }: Step): Step {
  return { action, because };
}

export function withheldOf(step: Step, { heldBy, why }: Hold): WithheldStep {
  return { ...stepOf(step), heldBy, why };
}

/** Two drafts that would make the same change: ingress for two file systems behind one group is one rule. */
export function changeOf({ action }: Step): string {
  const { fileSystemId: _fileSystemId, ...rest } = { fileSystemId: '', ...action };
  const isRule = action.kind === 'authorize-ingress' || action.kind === 'authorize-egress';
  return JSON.stringify(isRule ? rest : action);
}

export function has(codes: readonly FindingCode[], findings: readonly { readonly code: FindingCode }[]): boolean {
  return findings.some(({ code }) => codes.includes(code));
}
