import type {
  AttributeValue,
  CreateTableInput,
  CreateTableOutput,
  DescribeTableInput,
  DescribeTableOutput,
  KeySchemaElement,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import type { SimTable } from '../state.ts';
import { type Item, invalid } from './dynamodb-values.ts';

export interface KeyShape {
  readonly partitionKey: string;
  readonly sortKey?: string;
}

export function findTable(account: Account, name: string | undefined): SimTable {
  const found = account.state.dynamodb.tables[name?.split('/').at(-1) ?? ''];
  if (found === undefined) throw simError('ResourceNotFoundException', 400, 'Requested resource not found');
  return found;
}

export function keyNames(shape: KeyShape): string[] {
  return shape.sortKey === undefined ? [shape.partitionKey] : [shape.partitionKey, shape.sortKey];
}

function isKeyValue(value: AttributeValue | undefined): boolean {
  return (value?.S !== undefined && value.S !== '') || value?.N !== undefined;
}

/** The place of an item in the table. Throws unless exactly the key attributes are given, with values. */
export function keyOf(table: SimTable, key: Item | undefined): string {
  const names = keyNames(table);
  const given = Object.keys(key ?? {});
  if (given.length !== names.length || names.some((name) => !given.includes(name))) {
    invalid('The provided key element does not match the schema');
  }
  return keyOfItem(table, key ?? {});
}

/** Text that sorts as the table does within one partition. */
export function keyOfItem(table: SimTable, item: Item): string {
  const names = keyNames(table);
  const broken = names.find((name) => !isKeyValue(item[name]));
  if (broken !== undefined) {
    invalid(`One or more parameter values were invalid: Missing the key ${broken} in the item, or its value is empty`);
  }
  return JSON.stringify(names.map((name) => item[name]));
}

export function keyPart(shape: KeyShape, item: Item): Item {
  return Object.fromEntries(keyNames(shape).flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

function shapeOf(schema: readonly KeySchemaElement[] | undefined): KeyShape {
  const named = (type: string) => schema?.find((element) => element.KeyType === type)?.AttributeName;
  const partitionKey = named('HASH') ?? invalid('No partition key in KeySchema');
  const sortKey = named('RANGE');
  return sortKey === undefined ? { partitionKey } : { partitionKey, sortKey };
}

function describe(account: Account, table: SimTable): TableDescription {
  return {
    TableName: table.name,
    TableArn: `arn:aws:dynamodb:${account.region}:${account.accountId}:table/${table.name}`,
    TableStatus: 'ACTIVE',
    ItemCount: Object.keys(table.items).length,
    KeySchema: keyNames(table).map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  };
}

function createTable(account: Account, input: CreateTableInput): CreateTableOutput {
  const name = input.TableName ?? '';
  const { tables } = account.state.dynamodb;
  if (tables[name] !== undefined) throw simError('ResourceInUseException', 400, `Table already exists: ${name}`);
  const indexes = (input.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, shapeOf(index.KeySchema)]);
  const table: SimTable = {
    name,
    ...shapeOf(input.KeySchema),
    indexes: Object.fromEntries(indexes),
    items: {},
  };
  tables[name] = table;
  return { TableDescription: describe(account, table) };
}

function describeTable(account: Account, input: DescribeTableInput): DescribeTableOutput {
  return { Table: describe(account, findTable(account, input.TableName)) };
}

export const tableHandlers: Handlers = {
  'DynamoDB.CreateTable': createTable,
  'DynamoDB.DescribeTable': describeTable,
};
