import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isReserved } from './dynamodb-reserved.ts';
import { invalid } from './dynamodb-values.ts';

/** From an attribute down: names of members, positions in lists. */
export type Path = readonly (string | number)[];

/** The placeholders of a call, and which of them its expressions have used. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly used: Set<string>;
}

export interface TokenReader {
  peek(): string | undefined;
  /** Takes the token if it is this word or sign; words fold case. */
  take(wanted: string): boolean;
  expect(wanted: string): void;
  next(): string;
  path(): Path;
  value(): AttributeValue | undefined;
  end(): void;
}

const TOKEN = /\s*(:\w+|#[\w-]+|[A-Za-z_]\w*|\d+|<>|<=|>=|[=<>(),.[\]+-])/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) return invalid(`Invalid expression: Syntax error; near: "${text.slice(at, at + 20)}"`);
    tokens.push(token);
  }
  return tokens.length > 0 ? tokens : invalid('Invalid expression: The expression can not be empty;');
}

function nameOf(token: string, placeholders: Placeholders): string {
  if (token.startsWith('#')) {
    placeholders.used.add(token);
    const name = placeholders.names[token];
    return (
      name ??
      invalid(
        `Invalid expression: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      )
    );
  }
  if (!/^[A-Za-z_]\w*$/.test(token)) return invalid(`Invalid expression: Syntax error; token: "${token}"`);
  return isReserved(token)
    ? invalid(`Invalid expression: Attribute name is a reserved keyword; reserved keyword: ${token}`)
    : token;
}

/** Reads one expression from left to right. */
export function readTokens(expression: string, placeholders: Placeholders): TokenReader {
  const tokens = tokenize(expression);
  let at = 0;
  const peek = () => tokens[at];
  const take = (wanted: string) => {
    const found = tokens[at]?.toUpperCase() === wanted.toUpperCase();
    if (found) at += 1;
    return found;
  };
  const expect = (wanted: string) => {
    if (!take(wanted))
      invalid(`Invalid expression: Syntax error; token: "${peek() ?? '<EOF>'}", expected: "${wanted}"`);
  };
  const next = () => {
    at += 1;
    return tokens[at - 1] ?? invalid('Invalid expression: Syntax error; token: "<EOF>"');
  };
  const path = () => {
    const steps: (string | number)[] = [nameOf(next(), placeholders)];
    for (;;) {
      if (take('.')) steps.push(nameOf(next(), placeholders));
      else if (take('[')) {
        steps.push(Number(next()));
        expect(']');
      } else return steps;
    }
  };
  const value = () => {
    const token = peek();
    if (!token?.startsWith(':')) return undefined;
    placeholders.used.add(next());
    return (
      placeholders.values[token] ??
      invalid(
        `Invalid expression: An expression attribute value used in expression is not defined; attribute value: ${token}`,
      )
    );
  };
  const end = () => {
    if (at < tokens.length) invalid(`Invalid expression: Syntax error; token: "${peek()}"`);
  };
  return { peek, take, expect, next, path, value, end };
}

/** Placeholders that no expression uses are refused. */
export function checkAllUsed({ names, values, used }: Placeholders): void {
  const idle = (map: object) => Object.keys(map).filter((key) => !used.has(key));
  const [unusedNames, unusedValues] = [idle(names), idle(values)];
  if (unusedNames.length > 0)
    invalid(`Value provided in ExpressionAttributeNames unused in expressions: keys: {${unusedNames.join(', ')}}`);
  if (unusedValues.length > 0)
    invalid(`Value provided in ExpressionAttributeValues unused in expressions: keys: {${unusedValues.join(', ')}}`);
}
