import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { simError } from '../errors.ts';

export type Item = Record<string, AttributeValue>;

export function invalid(message: string): never {
  throw simError('ValidationException', 400, message);
}

/** The type of a value as the wire names it: `S`, `N`, `M`, `L`, `SS` … */
export function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? 'NULL';
}

function bare(value: AttributeValue): unknown {
  return Object.values(value)[0];
}

function sorted(value: AttributeValue): unknown {
  const content = bare(value);
  return Array.isArray(content) && /^[SNB]S$/.test(typeOf(value)) ? [...content].sort() : content;
}

/** Sets do not know an order, numbers are equal by value, maps by members in any order. */
export function equal(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined || typeOf(left) !== typeOf(right)) return false;
  if (left.N !== undefined) return Number(left.N) === Number(right.N);
  if (left.M !== undefined) {
    const names = Object.keys(left.M);
    return (
      names.length === Object.keys(right.M ?? {}).length &&
      names.every((name) => equal(left.M?.[name], right.M?.[name]))
    );
  }
  if (left.L !== undefined) {
    return left.L.length === right.L?.length && left.L.every((one, index) => equal(one, right.L?.[index]));
  }
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

/** Negative, zero or positive; undefined where the two cannot be put in an order. Text is ordered by its UTF-8 bytes. */
export function compare(left: AttributeValue | undefined, right: AttributeValue | undefined): number | undefined {
  if (left?.N !== undefined && right?.N !== undefined) return Number(left.N) - Number(right.N);
  if (left?.S !== undefined && right?.S !== undefined) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  return undefined;
}

export function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  if (value === undefined) return undefined;
  if (value.S !== undefined) return { N: String(Buffer.byteLength(value.S)) };
  const content = bare(value);
  if (Array.isArray(content)) return { N: String(content.length) };
  return value.M === undefined ? undefined : { N: String(Object.keys(value.M).length) };
}

export function contains(whole: AttributeValue | undefined, part: AttributeValue | undefined): boolean {
  if (whole === undefined || part === undefined) return false;
  if (whole.S !== undefined) return part.S !== undefined && whole.S.includes(part.S);
  if (whole.L !== undefined) return whole.L.some((one) => equal(one, part));
  const members = whole.SS ?? whole.NS ?? [];
  return members.some((member) => member === (whole.SS ? part.S : part.N));
}

export function beginsWith(whole: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  return whole?.S !== undefined && prefix?.S !== undefined && whole.S.startsWith(prefix.S);
}

const MOST_BYTES = 400 * 1024;

/** What no item may hold. Binary values are refused because the state is plain JSON. */
export function checkItem(item: Item): void {
  for (const value of Object.values(item)) checkValue(value);
  if (bytesOf(item) > MOST_BYTES) invalid('Item size has exceeded the maximum allowed size');
}

export function bytesOf(item: Item): number {
  return Buffer.byteLength(JSON.stringify(item));
}

function checkValue(value: AttributeValue): void {
  if (value.B !== undefined || value.BS !== undefined) invalid('simulated account: binary values are not written');
  if ([value.SS, value.NS].some((set) => set?.length === 0)) {
    invalid('One or more parameter values were invalid: An number set  may not be empty');
  }
  for (const set of [value.SS, value.NS]) {
    if (set !== undefined && new Set(set).size < set.length) invalid('Input collection contains duplicates.');
  }
  for (const inner of value.L ?? Object.values(value.M ?? {})) checkValue(inner);
}
