type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for all spellings of one policy: key order, one value or a list of one, order and repetition in lists, case of
 * actions and condition keys, `true` or `"true"`. Throws SyntaxError where the text is no JSON.
 * @param policy the JSON text, or the value parsed from it
 */
export function canonicalPolicy(policy: unknown): string {
  const parsed = (typeof policy === 'string' ? JSON.parse(policy) : policy) as Json;
  return JSON.stringify(isObject(parsed) ? members(parsed, policyMember) : parsed);
}

export function samePolicy(one: unknown, other: unknown): boolean {
  return canonicalPolicy(one) === canonicalPolicy(other);
}

type JsonObject = { readonly [key: string]: Json };
type Member = (value: Json, key: string) => Json;

function policyMember(value: Json, key: string): Json {
  return key === 'Statement' ? asSet(asList(value).map(statement)) : value;
}

function statement(value: Json): Json {
  return isObject(value) ? members(value, statementMember) : value;
}

const statementMembers: Readonly<Record<string, Member>> = {
  Action: lowerSet,
  NotAction: lowerSet,
  Resource: (value) => asSet(asList(value)),
  NotResource: (value) => asSet(asList(value)),
  Principal: principal,
  NotPrincipal: principal,
  Condition: (value) => (isObject(value) ? members(value, conditionKeys) : value),
};

function statementMember(value: Json, key: string): Json {
  return statementMembers[key]?.(value, key) ?? value;
}

function principal(value: Json): Json {
  return isObject(value) ? members(value, (each) => asSet(asList(each))) : value;
}

function conditionKeys(value: Json): Json {
  if (!isObject(value)) return value;
  const lower = Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), each]));
  return members(lower, (each) => asSet(asList(each).map((one) => (isScalar(one) ? String(one) : one))));
}

function lowerSet(value: Json): Json {
  return asSet(asList(value).map((each) => (typeof each === 'string' ? each.toLowerCase() : each)));
}

function members(value: JsonObject, member: Member): Json {
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, member(value[key] ?? null, key)]));
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function asSet(values: readonly Json[]): Json {
  const texts = new Set(values.map((each) => JSON.stringify(each)));
  return [...texts].sort().map((each) => JSON.parse(each) as Json);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: Json): boolean {
  return typeof value === 'boolean' || typeof value === 'number';
}
