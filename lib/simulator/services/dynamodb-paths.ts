import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Path } from './dynamodb-tokens.ts';
import { type Item, invalid } from './dynamodb-values.ts';

function step(value: AttributeValue | undefined, name: string | number): AttributeValue | undefined {
  return typeof name === 'number' ? value?.L?.[name] : value?.M?.[name];
}

/** The value at a path; undefined where any part of the way is missing. */
export function readPath(item: Item, path: Path): AttributeValue | undefined {
  return path.reduce<AttributeValue | undefined>(step, { M: item });
}

function parentOf(item: Item, path: Path): AttributeValue {
  const parent = readPath(item, path.slice(0, -1));
  return parent ?? invalid('The document path provided in the update expression is invalid for update');
}

/** Writes into the item; all but the last part of the way must be there. */
export function writePath(item: Item, path: Path, value: AttributeValue): void {
  const parent = parentOf(item, path);
  const last = path.at(-1) ?? '';
  if (typeof last === 'string' && parent.M !== undefined) parent.M[last] = value;
  // Beyond its end a list grows by one, whatever the position.
  else if (typeof last === 'number' && parent.L !== undefined) parent.L[Math.min(last, parent.L.length)] = value;
  else invalid('The document path provided in the update expression is invalid for update');
}

export function removePath(item: Item, path: Path): void {
  const parent = parentOf(item, path);
  const last = path.at(-1) ?? '';
  if (typeof last === 'string' && parent.M !== undefined) delete parent.M[last];
  else if (typeof last === 'number' && parent.L !== undefined) parent.L.splice(last, 1);
}

/** The item with only what lies at these paths. */
export function project(item: Item, paths: readonly Path[]): Item {
  const result: Item = {};
  for (const path of paths) {
    const value = readPath(item, path);
    if (value !== undefined) place(result, path, value);
  }
  return result;
}

function place(result: Item, path: Path, value: AttributeValue): void {
  const [first, second] = path;
  if (path.length === 1) {
    result[String(first)] = value;
    return;
  }
  const inner = result[String(first)] ?? (typeof second === 'number' ? { L: [] } : { M: {} });
  result[String(first)] = inner;
  if (inner.L !== undefined) inner.L.push(value);
  else if (inner.M !== undefined) place(inner.M, path.slice(1), value);
}

/** Two paths that touch the same place cannot be updated in one call. */
export function overlap(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).join('/') === other.slice(0, length).join('/');
}
