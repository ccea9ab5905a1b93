import type { Handlers } from '../account.ts';
import { batchHandlers } from './dynamodb-batches.ts';
import { itemHandlers } from './dynamodb-items.ts';
import { queryHandlers } from './dynamodb-queries.ts';
import { tableHandlers } from './dynamodb-tables.ts';

export const dynamodbHandlers: Handlers = {
  ...tableHandlers,
  ...itemHandlers,
  ...queryHandlers,
  ...batchHandlers,
};
