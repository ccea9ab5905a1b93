import type { ActionDecision, StatementRef } from '../policy/types.ts';

export function refsText(refs: readonly StatementRef[]): string {
  return refs.map(({ policy, statement }) => `${policy} ${statement}`).join(', ');
}

export function doubtsText({ notChecked }: ActionDecision): string {
  return notChecked.map(({ policy, statement, why }) => [policy, statement, why].filter(Boolean).join(': ')).join('; ');
}

const MOST_MISSES = 5;

/** The Allows that come near and what keeps them from applying. */
export function missesText({ misses }: ActionDecision): string {
  const some = misses.slice(0, MOST_MISSES);
  return some.map(({ policy, statement, detail }) => `${policy} ${statement}: ${detail}`).join('; ') || 'none';
}
