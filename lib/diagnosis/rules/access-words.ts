import type { ActionDecision, StatementRef } from '../policy/types.ts';

export function refsText(refs: readonly StatementRef[]): string {
  return refs.map(({ policy, statement }) => `${policy} ${statement}`).join(', ');
}

export function doubtsText({ notChecked }: ActionDecision): string {
  return notChecked.map(({ policy, statement, why }) => [policy, statement, why].filter(Boolean).join(': ')).join('; ');
}

/** The Allows that come near and what keeps them from applying. */
export function missesText({ misses }: ActionDecision): string {
  return misses.map(({ policy, statement, detail }) => `${policy} ${statement}: ${detail}`).join('; ') || 'none';
}
