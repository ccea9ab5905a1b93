import type { Action, ActionKind } from '../../domain/action.ts';

type ByKind = { readonly [K in ActionKind]: Extract<Action, { readonly kind: K }> };

/** One action kind at a time, in the form that lets the compiler match a table's row with its action. */
export type ActionOf<K extends ActionKind = ActionKind> = { [P in K]: ByKind[P] & { readonly kind: P } }[K];

/** A row for every kind: a kind without one does not compile. */
export type Table<Context, Result> = {
  readonly [K in ActionKind]: (action: ByKind[K], context: Context) => Result;
};

export function lookUp<K extends ActionKind, Context, Result>(
  table: { readonly [P in K]: (action: ByKind[P], context: Context) => Result },
  action: ActionOf<K>,
  context: Context,
): Result {
  return table[action.kind](action, context);
}
