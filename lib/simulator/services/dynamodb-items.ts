import type {
  DeleteItemInput,
  DeleteItemOutput,
  GetItemInput,
  GetItemOutput,
  PutItemInput,
  PutItemOutput,
  UpdateItemInput,
  UpdateItemOutput,
} from '@aws-sdk/client-dynamodb';
import type { Account, Handlers } from '../account.ts';
import { project } from './dynamodb-paths.ts';
import { findTable, keyOf } from './dynamodb-tables.ts';
import { checkAllUsed, type Path, type Placeholders, readTokens } from './dynamodb-tokens.ts';
import { type Item, invalid } from './dynamodb-values.ts';
import { deleteWrite, perform, placeholdersOf, putWrite, updateWrite, type Write } from './dynamodb-writes.ts';

/** The paths of a projection expression; undefined means the whole item. */
export function projectionOf(expression: string | undefined, placeholders: Placeholders): readonly Path[] | undefined {
  if (expression === undefined) return undefined;
  const tokens = readTokens(expression, placeholders);
  const paths = [tokens.path()];
  while (tokens.take(',')) paths.push(tokens.path());
  tokens.end();
  return paths;
}

export function shown(item: Item, paths: readonly Path[] | undefined): Item {
  return structuredClone(paths === undefined ? item : project(item, paths));
}

function getItem(account: Account, input: GetItemInput): GetItemOutput {
  const table = findTable(account, input.TableName);
  const placeholders = placeholdersOf(input);
  const paths = projectionOf(input.ProjectionExpression, placeholders);
  checkAllUsed(placeholders);
  const item = table.items[keyOf(table, input.Key)];
  return item === undefined ? {} : { Item: shown(item, paths) };
}

type Returned = { Attributes?: Item };

/** What `ReturnValues` asks for. Put and delete know only `NONE` and `ALL_OLD`. */
function returned(one: Write, wanted: string | undefined, result: ReturnType<typeof perform>): Returned {
  const { before, after } = result;
  const paths = one.changes.map((change) => change.path);
  const sources: Readonly<Record<string, Item | undefined>> = {
    NONE: undefined,
    ALL_OLD: before,
    ALL_NEW: after,
    UPDATED_OLD: before && project(before, paths),
    UPDATED_NEW: after && project(after, paths),
  };
  const found = sources[wanted ?? 'NONE'];
  return found === undefined ? {} : { Attributes: structuredClone(found) };
}

function onlyOld(wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted === 'NONE' || wanted === 'ALL_OLD') return wanted;
  return invalid(`Return values set to invalid value: ${wanted}`);
}

function putItem(account: Account, input: PutItemInput): PutItemOutput {
  const one = putWrite(account, input);
  const wanted = onlyOld(input.ReturnValues);
  return returned(one, wanted, perform(one));
}

function deleteItem(account: Account, input: DeleteItemInput): DeleteItemOutput {
  const one = deleteWrite(account, input);
  const wanted = onlyOld(input.ReturnValues);
  return returned(one, wanted, perform(one));
}

function updateItem(account: Account, input: UpdateItemInput): UpdateItemOutput {
  const one = updateWrite(account, input);
  return returned(one, input.ReturnValues, perform(one));
}

export const itemHandlers: Handlers = {
  'DynamoDB.GetItem': getItem,
  'DynamoDB.PutItem': putItem,
  'DynamoDB.DeleteItem': deleteItem,
  'DynamoDB.UpdateItem': updateItem,
};
