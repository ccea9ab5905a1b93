import { cidrContains } from './address.ts';

/** The keys that EFS fills in for an NFS client, in lower case. Any other key is as if it were missing. */
export type RequestContext = Readonly<Record<string, string>>;

type Test = (actual: string, expected: string) => boolean;

const same: Test = (actual, expected) => actual === expected;
const folded: Test = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const like: Test = (actual, expected) => matchesGlob(expected, actual);

const POSITIVE: Readonly<Record<string, Test>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: folded,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: folded,
  IpAddress: (actual, expected) => cidrContains(expected, actual),
};
const NEGATIVE: Readonly<Record<string, Test>> = {
  StringNotEquals: same,
  StringNotEqualsIgnoreCase: folded,
  StringNotLike: like,
  ArnNotEquals: like,
  ArnNotLike: like,
  NotIpAddress: (actual, expected) => cidrContains(expected, actual),
};

/** `*` for any run and `?` for one character. */
export function matchesGlob(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** All operators and all keys must hold; of the values of one key, one is enough. */
export function conditionsHold(conditions: unknown, context: RequestContext): boolean {
  if (conditions === undefined) return true;
  return Object.entries(conditions as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, textsOf(values), context[key.toLowerCase()])),
  );
}

function holds(fullOperator: string, expected: readonly string[], actual: string | undefined): boolean {
  const ifExists = fullOperator.endsWith('IfExists');
  const operator = fullOperator.replace(/IfExists$/, '').replace(/^For(?:Any|All)Values?:/, '');
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  if (actual === undefined) return ifExists || NEGATIVE[operator] !== undefined;
  const positive = POSITIVE[operator];
  if (positive !== undefined) return expected.some((one) => positive(actual, one));
  const negative = NEGATIVE[operator];
  return negative !== undefined && !expected.some((one) => negative(actual, one));
}

export function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
