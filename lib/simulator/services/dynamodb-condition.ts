import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { readPath } from './dynamodb-paths.ts';
import type { Path, TokenReader } from './dynamodb-tokens.ts';
import { beginsWith, compare, contains, equal, type Item, invalid, sizeOf, typeOf } from './dynamodb-values.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'size'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Condition[] }
  | { readonly kind: 'not'; readonly term: Condition }
  | { readonly kind: 'compare'; readonly sign: string; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly left: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly left: Operand; readonly options: readonly Operand[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] };

type Test = (item: Item, operands: readonly Operand[]) => boolean;

function evaluate(item: Item, operand: Operand | undefined): AttributeValue | undefined {
  if (operand === undefined) return undefined;
  if (operand.kind === 'value') return operand.value;
  const found = readPath(item, operand.path);
  return operand.kind === 'size' ? sizeOf(found) : found;
}

const FUNCTIONS: Readonly<Record<string, { readonly arity: number; readonly test: Test }>> = {
  attribute_exists: { arity: 1, test: (item, [path]) => evaluate(item, path) !== undefined },
  attribute_not_exists: { arity: 1, test: (item, [path]) => evaluate(item, path) === undefined },
  begins_with: { arity: 2, test: (item, [path, prefix]) => beginsWith(evaluate(item, path), evaluate(item, prefix)) },
  contains: { arity: 2, test: (item, [path, part]) => contains(evaluate(item, path), evaluate(item, part)) },
  attribute_type: {
    arity: 2,
    test: (item, [path, type]) => {
      const found = evaluate(item, path);
      return found !== undefined && typeOf(found) === evaluate(item, type)?.S;
    },
  },
};

type Order = (difference: number) => boolean;
const ORDERS: Readonly<Record<string, Order>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

function inOrder(sign: string, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (sign === '=') return equal(left, right);
  // A missing attribute is not equal to anything, so `<>` holds for it.
  if (sign === '<>') return !equal(left, right);
  const difference = compare(left, right);
  return difference !== undefined && ORDERS[sign]?.(difference) === true;
}

/** Does the condition hold for the item? An item that is not there is an empty one. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => holds(term, item));
    case 'or':
      return condition.terms.some((term) => holds(term, item));
    case 'not':
      return !holds(condition.term, item);
    case 'compare':
      return inOrder(condition.sign, evaluate(item, condition.left), evaluate(item, condition.right));
    case 'between': {
      const value = evaluate(item, condition.left);
      return (
        inOrder('>=', value, evaluate(item, condition.low)) && inOrder('<=', value, evaluate(item, condition.high))
      );
    }
    case 'in':
      return condition.options.some((option) => equal(evaluate(item, condition.left), evaluate(item, option)));
    case 'call':
      return FUNCTIONS[condition.name]?.test(item, condition.operands) === true;
  }
}

function operand(tokens: TokenReader): Operand {
  const value = tokens.value();
  if (value !== undefined) return { kind: 'value', value };
  if (tokens.peek() !== 'size') return { kind: 'path', path: tokens.path() };
  tokens.next();
  tokens.expect('(');
  const path = tokens.path();
  tokens.expect(')');
  return { kind: 'size', path };
}

function list(tokens: TokenReader): Operand[] {
  tokens.expect('(');
  const operands = [operand(tokens)];
  while (tokens.take(',')) operands.push(operand(tokens));
  tokens.expect(')');
  return operands;
}

function call(tokens: TokenReader, name: string): Condition {
  tokens.next();
  const operands = list(tokens);
  const arity = FUNCTIONS[name]?.arity;
  if (operands.length !== arity) {
    invalid(
      `Invalid expression: Incorrect number of operands for function; function: ${name}, number of operands: ${operands.length}`,
    );
  }
  return { kind: 'call', name, operands };
}

function primary(tokens: TokenReader): Condition {
  if (tokens.take('(')) {
    const inner = disjunction(tokens);
    tokens.expect(')');
    return inner;
  }
  const name = tokens.peek() ?? '';
  if (FUNCTIONS[name] !== undefined) return call(tokens, name);
  const left = operand(tokens);
  if (tokens.take('between')) {
    const low = operand(tokens);
    tokens.expect('and');
    return { kind: 'between', left, low, high: operand(tokens) };
  }
  if (tokens.take('in')) return { kind: 'in', left, options: list(tokens) };
  const sign = tokens.next();
  if (ORDERS[sign] === undefined && sign !== '=' && sign !== '<>')
    invalid(`Invalid expression: Syntax error; token: "${sign}"`);
  return { kind: 'compare', sign, left, right: operand(tokens) };
}

function negation(tokens: TokenReader): Condition {
  return tokens.take('not') ? { kind: 'not', term: negation(tokens) } : primary(tokens);
}

function conjunction(tokens: TokenReader): Condition {
  const first = negation(tokens);
  const terms = [first];
  while (tokens.take('and')) terms.push(negation(tokens));
  return terms.length === 1 ? first : { kind: 'and', terms };
}

function disjunction(tokens: TokenReader): Condition {
  const first = conjunction(tokens);
  const terms = [first];
  while (tokens.take('or')) terms.push(conjunction(tokens));
  return terms.length === 1 ? first : { kind: 'or', terms };
}

/** A condition or filter expression. `OR` binds weakest, `NOT` strongest. */
export function parseCondition(tokens: TokenReader): Condition {
  const condition = disjunction(tokens);
  tokens.end();
  return condition;
}
