import type {
  BatchGetItemInput,
  BatchGetItemOutput,
  BatchWriteItemInput,
  BatchWriteItemOutput,
  CancellationReason,
  TransactWriteItem,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from '@aws-sdk/client-dynamodb';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { projectionOf, shown } from './dynamodb-items.ts';
import { findTable, keyOf } from './dynamodb-tables.ts';
import { checkAllUsed } from './dynamodb-tokens.ts';
import { invalid } from './dynamodb-values.ts';
import {
  checkWrite,
  conditionHolds,
  deleteWrite,
  perform,
  placeholdersOf,
  present,
  putWrite,
  store,
  updateWrite,
  type Write,
} from './dynamodb-writes.ts';

const MOST_READ = 100;
const MOST_WRITTEN = 25;
const MOST_IN_TRANSACTION = 100;

function batchGet(account: Account, input: BatchGetItemInput): BatchGetItemOutput {
  const requests = Object.entries(input.RequestItems ?? {});
  if (requests.flatMap(([, request]) => request.Keys ?? []).length > MOST_READ) {
    invalid('Too many items requested for the BatchGetItem call');
  }
  const responses = requests.map(([name, request]) => {
    const table = findTable(account, name);
    const placeholders = placeholdersOf(request);
    const paths = projectionOf(request.ProjectionExpression, placeholders);
    checkAllUsed(placeholders);
    const keys = (request.Keys ?? []).map((key) => keyOf(table, key));
    if (new Set(keys).size < keys.length) invalid('Provided list of item keys contains duplicates');
    const items = keys.map((key) => table.items[key]).filter((item) => item !== undefined);
    return [name, items.map((item) => shown(item, paths))] as const;
  });
  return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
}

function placeOf(write: Write): string {
  return `${write.table.name} ${write.key}`;
}

function refuseTwice(writes: readonly Write[], message: string): void {
  if (new Set(writes.map(placeOf)).size < writes.length) invalid(message);
}

function batchWrite(account: Account, input: BatchWriteItemInput): BatchWriteItemOutput {
  const writes = Object.entries(input.RequestItems ?? {}).flatMap(([TableName, requests]) =>
    requests.map((request) =>
      request.PutRequest === undefined
        ? deleteWrite(account, { TableName, Key: request.DeleteRequest?.Key })
        : putWrite(account, { TableName, Item: request.PutRequest.Item }),
    ),
  );
  if (writes.length === 0 || writes.length > MOST_WRITTEN)
    invalid('Too many items requested for the BatchWriteItem call');
  refuseTwice(writes, 'Provided list of item keys contains duplicates');
  for (const write of writes) perform(write);
  return { UnprocessedItems: {} };
}

function transactionWrite(account: Account, item: TransactWriteItem): Write {
  if (item.Put !== undefined) return putWrite(account, item.Put);
  if (item.Update !== undefined) return updateWrite(account, item.Update);
  if (item.Delete !== undefined) return deleteWrite(account, item.Delete);
  if (item.ConditionCheck !== undefined) return checkWrite(account, item.ConditionCheck);
  return invalid('TransactItems can only contain one of Check, Put, Update or Delete');
}

function reasonFor(write: Write): CancellationReason {
  if (conditionHolds(write)) return { Code: 'None' };
  const item = write.returnItem ? present(write) : undefined;
  const reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
  return item === undefined ? reason : { ...reason, Item: structuredClone(item) };
}

/** All of the writes, or none of them. */
function transactWrite(account: Account, input: TransactWriteItemsInput): TransactWriteItemsOutput {
  const writes = (input.TransactItems ?? []).map((item) => transactionWrite(account, item));
  if (writes.length === 0 || writes.length > MOST_IN_TRANSACTION)
    invalid('1 to 100 items are allowed in a transaction');
  refuseTwice(writes, 'Transaction request cannot include multiple operations on one item');
  const reasons = writes.map(reasonFor);
  if (reasons.some((reason) => reason.Code !== 'None')) {
    const codes = reasons.map((reason) => reason.Code).join(', ');
    const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
    throw simError('TransactionCanceledException', 400, message, { CancellationReasons: reasons });
  }
  const results = writes.map((write) => write.next(present(write)));
  for (const [index, write] of writes.entries()) store(write, results[index]);
  return {};
}

export const batchHandlers: Handlers = {
  'DynamoDB.BatchGetItem': batchGet,
  'DynamoDB.BatchWriteItem': batchWrite,
  'DynamoDB.TransactWriteItems': transactWrite,
};
