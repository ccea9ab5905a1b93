import type { Action } from '../domain/action.ts';

export type Bindings = Readonly<Record<string, string>>;

/** Fills `${…}` in every text of an action with what earlier steps made. Throws on a name that no step has made. */
export function fill<A extends Action>(action: A, bindings: Bindings): A {
  return fillValue(action, bindings) as A;
}

function fillValue(value: unknown, bindings: Bindings): unknown {
  if (typeof value === 'string') return fillText(value, bindings);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, bindings));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillValue(item, bindings)]));
}

const PLACE = /\$\{(access-point:[A-Za-z0-9_-]+:(?:id|arn)|revision:arn)\}/g;

function fillText(text: string, bindings: Bindings): string {
  return text.replace(PLACE, (_whole, name: string) => {
    const value = bindings[name];
    if (value === undefined) throw new Error(`The plan uses ${name}, which no earlier step has made.`);
    return value;
  });
}
