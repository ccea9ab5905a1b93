import type { Action } from './action.ts';

/**
 * An action as it may be kept, logged and shown: the input of a registration holds the containers' environment in plain
 * text, and nothing that is done with a recorded action needs it.
 */
export function withoutSecrets<A extends Action>(action: A): A {
  return action.kind === 'register-revision' ? { ...action, input: {} } : action;
}
