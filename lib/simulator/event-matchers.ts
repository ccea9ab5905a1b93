import { cidrContains } from './mount/address.ts';

/** Gets every scalar that the event has at the place; none means the member is not there. */
export type Matcher = (leaves: readonly unknown[]) => boolean;
type Scalar = (leaf: unknown) => boolean;

export function compileMatcher(value: unknown): Matcher {
  if (!isObject(value)) return some(exactly(value));
  const [operator, operand] = onlyMember(value);
  if (operator === 'exists') return existence(operand);
  return some(compileOperator(operator, operand));
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Scalar>> = {
  prefix: (operand) => affix(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix(operand, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => sameFolded(asText('equals-ignore-case', operand)),
  wildcard: (operand) => wildcard(asText('wildcard', operand)),
  numeric,
  cidr: (operand) => onText((text) => cidrContains(asText('cidr', operand), text)),
  'anything-but': anythingBut,
};

function compileOperator(name: string, operand: unknown): Scalar {
  const make = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (make === undefined) throw new Error(`invalid event pattern: unknown operator "${name}"`);
  return make(operand);
}

function some(test: Scalar): Matcher {
  return (leaves) => leaves.some(test);
}

function existence(operand: unknown): Matcher {
  if (typeof operand !== 'boolean') throw new Error('invalid event pattern: "exists" must be true or false');
  return (leaves) => leaves.length > 0 === operand;
}

function exactly(expected: unknown): Scalar {
  const known = expected === null || ['string', 'number', 'boolean'].includes(typeof expected);
  if (!known)
    throw new Error('invalid event pattern: a match must be a string, a number, true, false, null or an operator');
  return (leaf) => leaf === expected;
}

function affix(operand: unknown, holds: (text: string, part: string) => boolean): Scalar {
  if (!isObject(operand)) {
    const part = asText('prefix or suffix', operand);
    return onText((text) => holds(text, part));
  }
  const [operator, folded] = onlyMember(operand);
  if (operator !== 'equals-ignore-case')
    throw new Error(`invalid event pattern: "${operator}" cannot stand in a prefix`);
  const part = asText(operator, folded).toLowerCase();
  return onText((text) => holds(text.toLowerCase(), part));
}

/** `anything-but` wants the member to be there; of a list in the event, one value that differs is enough. */
function anythingBut(operand: unknown): Scalar {
  if (!isObject(operand)) {
    const refused = listOf(operand).map(exactly);
    return (leaf) => !refused.some((test) => test(leaf));
  }
  const [operator, inner] = onlyMember(operand);
  if (!['prefix', 'suffix', 'wildcard', 'equals-ignore-case'].includes(operator)) {
    throw new Error(`invalid event pattern: "${operator}" cannot stand in anything-but`);
  }
  const refused = listOf(inner).map((one) => compileOperator(operator, one));
  return (leaf) => !refused.some((test) => test(leaf));
}

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function numeric(operand: unknown): Scalar {
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) {
    throw new Error('invalid event pattern: "numeric" needs one or two comparisons');
  }
  const pairs = operand.length === 2 ? [operand] : [operand.slice(0, 2), operand.slice(2)];
  const tests = pairs.map(([sign, limit]) => {
    const compare = COMPARISONS[String(sign)];
    if (compare === undefined || typeof limit !== 'number')
      throw new Error('invalid event pattern: "numeric" has a bad comparison');
    return (value: number) => compare(value, limit);
  });
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

/** `*` stands for any run of characters; `\*` and `\\` are the characters themselves. */
function wildcard(pattern: string): Scalar {
  if (pattern.includes('**')) throw new Error('invalid event pattern: "wildcard" has two stars side by side');
  const source = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (found, escaped?: string) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === '*' ? '[\\s\\S]*' : `\\${found}`;
  });
  const expression = new RegExp(`^${source}$`, 'u');
  return onText((text) => expression.test(text));
}

function sameFolded(expected: string): Scalar {
  return onText((text) => text.toLowerCase() === expected.toLowerCase());
}

function onText(test: (text: string) => boolean): Scalar {
  return (leaf) => typeof leaf === 'string' && test(leaf);
}

function asText(operator: string, operand: unknown): string {
  if (typeof operand !== 'string') throw new Error(`invalid event pattern: "${operator}" needs a string`);
  return operand;
}

function listOf(operand: unknown): readonly unknown[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new Error('invalid event pattern: an empty list');
  return list;
}

function onlyMember(value: Readonly<Record<string, unknown>>): readonly [string, unknown] {
  const [first, ...rest] = Object.entries(value);
  if (first === undefined || rest.length > 0)
    throw new Error('invalid event pattern: an operator object has one member');
  return first;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
