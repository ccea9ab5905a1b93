import type { AttributeValue, QueryInput, QueryOutput, ScanInput, ScanOutput } from '@aws-sdk/client-dynamodb';
import type { Account, Handlers } from '../account.ts';
import type { SimTable } from '../state.ts';
import { type Condition, holds, parseCondition } from './dynamodb-condition.ts';
import { projectionOf, shown } from './dynamodb-items.ts';
import { findTable, type KeyShape, keyOfItem, keyPart } from './dynamodb-tables.ts';
import { checkAllUsed, type Path, type Placeholders, readTokens } from './dynamodb-tokens.ts';
import { bytesOf, compare, type Item, invalid } from './dynamodb-values.ts';
import { placeholdersOf } from './dynamodb-writes.ts';

/** A page ends before it has read more than this. */
const PAGE_BYTES = 1024 * 1024;
const SORT_SIGNS = ['=', '<', '<=', '>', '>='];

function shapeOf(table: SimTable, input: QueryInput | ScanInput): KeyShape {
  if (input.IndexName === undefined) return table;
  if (input.ConsistentRead === true) invalid('Consistent reads are not supported on global secondary indexes');
  return table.indexes[input.IndexName] ?? invalid(`The table does not have the specified index: ${input.IndexName}`);
}

function namesPath(condition: Condition): string | undefined {
  const operand = condition.kind === 'call' ? condition.operands[0] : 'left' in condition ? condition.left : undefined;
  return operand?.kind === 'path' && operand.path.length === 1 ? String(operand.path[0]) : undefined;
}

function isSortTerm(condition: Condition): boolean {
  if (condition.kind === 'compare') return SORT_SIGNS.includes(condition.sign);
  return condition.kind === 'between' || (condition.kind === 'call' && condition.name === 'begins_with');
}

/** One equality on the partition key, and at most one condition on the sort key. */
function checkKeyCondition(condition: Condition, shape: KeyShape): void {
  const terms = condition.kind === 'and' ? condition.terms : [condition];
  const partition = terms.filter((term) => namesPath(term) === shape.partitionKey);
  const sort = terms.filter((term) => namesPath(term) === shape.sortKey && isSortTerm(term));
  const equality = partition.length === 1 && partition[0]?.kind === 'compare' && partition[0].sign === '=';
  if (!equality) invalid(`Query condition missed key schema element: ${shape.partitionKey}`);
  if (sort.length > 1 || partition.length + sort.length !== terms.length) invalid('Query key condition not supported');
}

type Key = readonly (AttributeValue | undefined)[];

function orderKey(table: SimTable, shape: KeyShape, item: Item): Key {
  const own = shape.sortKey === undefined ? undefined : item[shape.sortKey];
  return [own, { S: keyOfItem(table, item) }];
}

function compareKeys(left: Key, right: Key): number {
  for (const [index, value] of left.entries()) {
    const difference = compare(value, right[index]) ?? 0;
    if (difference !== 0) return difference;
  }
  return 0;
}

interface Reading {
  readonly table: SimTable;
  readonly shape: KeyShape;
  readonly filter?: Condition;
  readonly paths: readonly Path[] | undefined;
  readonly order: (left: Item, right: Item) => number;
}

/** Reads on after the start key, whether or not its item is still there. The limit counts what is read, before the filter. */
function readPage(unordered: readonly Item[], reading: Reading, input: QueryInput | ScanInput): QueryOutput {
  const { table, shape, filter, paths, order } = reading;
  const start = input.ExclusiveStartKey;
  const ordered = [...unordered].sort(order);
  const all = start === undefined ? ordered : ordered.filter((item) => order(item, start) > 0);
  const read: Item[] = [];
  let bytes = 0;
  for (const item of all) {
    bytes += bytesOf(item);
    if (read.length >= (input.Limit ?? Number.POSITIVE_INFINITY) || (bytes > PAGE_BYTES && read.length > 0)) break;
    read.push(item);
  }
  const found = filter === undefined ? read : read.filter((item) => holds(filter, item));
  const last = read.at(-1);
  const more = last !== undefined && (read.length < all.length || read.length === input.Limit);
  return {
    Count: found.length,
    ScannedCount: read.length,
    ...(input.Select === 'COUNT' ? {} : { Items: found.map((item) => shown(item, paths)) }),
    ...(more ? { LastEvaluatedKey: { ...keyPart(shape, last), ...keyPart(table, last) } } : {}),
  };
}

function readingOf(table: SimTable, shape: KeyShape, input: QueryInput | ScanInput) {
  const placeholders: Placeholders = placeholdersOf(input);
  const paths = projectionOf(input.ProjectionExpression, placeholders);
  const filter = input.FilterExpression && parseCondition(readTokens(input.FilterExpression, placeholders));
  return { placeholders, reading: { table, shape, paths, ...(filter ? { filter } : {}) } };
}

function query(account: Account, input: QueryInput): QueryOutput {
  const table = findTable(account, input.TableName);
  const shape = shapeOf(table, input);
  const { placeholders, reading } = readingOf(table, shape, input);
  const keys = parseCondition(readTokens(input.KeyConditionExpression ?? '', placeholders));
  checkAllUsed(placeholders);
  checkKeyCondition(keys, shape);
  const direction = input.ScanIndexForward === false ? -1 : 1;
  const key = (item: Item) => orderKey(table, shape, item);
  const order = (left: Item, right: Item) => direction * compareKeys(key(left), key(right));
  const all = Object.values(table.items).filter((item) => holds(keys, item));
  return readPage(all, { ...reading, order }, input);
}

function scan(account: Account, input: ScanInput): ScanOutput {
  const table = findTable(account, input.TableName);
  const shape = shapeOf(table, input);
  const { placeholders, reading } = readingOf(table, shape, input);
  checkAllUsed(placeholders);
  const order = (left: Item, right: Item) =>
    compareKeys([{ S: keyOfItem(table, left) }], [{ S: keyOfItem(table, right) }]);
  const all = Object.values(table.items).filter((item) => item[shape.partitionKey] !== undefined);
  return readPage(all, { ...reading, order }, input);
}

export const queryHandlers: Handlers = {
  'DynamoDB.Query': query,
  'DynamoDB.Scan': scan,
};
