import type { Statement } from './parse-policy.ts';
import { globMatches } from './patterns.ts';
import type { ClientAction } from './types.ts';

/** Action names are not case-sensitive (IAM user guide, "IAM JSON policy elements: Action"). */
export function namesAction(statement: Statement, action: ClientAction): boolean {
  const named = statement.actions.some((glob) => globMatches(glob, action, { ignoreCase: true }));
  return named !== statement.notAction;
}
