/**
 * EventBridge's content filter.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { compileMatcher, type Matcher } from './event-matchers.ts';

export type EventPattern = { readonly [member: string]: unknown };

/** Says whether an event passes. Throws `invalid event pattern: …` where EventBridge would refuse the rule. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return compilePattern(pattern)(event);
}

export type Predicate = (event: unknown) => boolean;

/** Checks the whole pattern once, so that a fault in it shows when the rule is made and not when an event comes. */
export function compilePattern(pattern: EventPattern): Predicate {
  if (!isObject(pattern)) throw new Error('invalid event pattern: an object is needed');
  const members = Object.entries(pattern);
  if (members.length === 0) throw new Error('invalid event pattern: it is empty');
  const parts = members.map(([name, value]) => compileMember(name, value));
  return (event) => parts.every((part) => part(event));
}

function compileMember(name: string, value: unknown): Predicate {
  if (name === '$or' && Array.isArray(value)) return compileOr(value);
  if (Array.isArray(value)) return compileLeaf(name, value);
  if (!isObject(value)) throw new Error(`invalid event pattern: "${name}" must be an object or an array`);
  const nested = compilePattern(value);
  return (event) => objectsAt(event, name).some(nested) || (objectsAt(event, name).length === 0 && nested({}));
}

function compileOr(branches: readonly unknown[]): Predicate {
  if (branches.length < 2) throw new Error('invalid event pattern: "$or" needs two branches or more');
  const compiled = branches.map((branch) => compilePattern(branch as EventPattern));
  return (event) => compiled.some((branch) => branch(event));
}

function compileLeaf(name: string, values: readonly unknown[]): Predicate {
  if (values.length === 0) throw new Error(`invalid event pattern: "${name}" has an empty array`);
  const matchers: readonly Matcher[] = values.map(compileMatcher);
  return (event) => {
    const leaves = leavesAt(event, name);
    return matchers.some((matcher) => matcher(leaves));
  };
}

/** The scalars under a name. An object there is no leaf: `exists` looks at leaves alone. */
function leavesAt(event: unknown, name: string): readonly unknown[] {
  const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  const flat = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return flat.filter((leaf) => leaf !== undefined && !isObject(leaf));
}

function objectsAt(event: unknown, name: string): readonly unknown[] {
  const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  const flat = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return flat.filter(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
