import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Account } from '../account.ts';
import { simError } from '../errors.ts';
import type { SimTable } from '../state.ts';
import { type Condition, holds, parseCondition } from './dynamodb-condition.ts';
import { findTable, keyNames, keyOf, keyOfItem } from './dynamodb-tables.ts';
import { checkAllUsed, type Placeholders, readTokens } from './dynamodb-tokens.ts';
import { applyChanges, type Change, parseUpdate } from './dynamodb-update.ts';
import { checkItem, type Item, invalid } from './dynamodb-values.ts';

/** The members that all writes share, alone or in a transaction. */
export interface WriteInput {
  readonly TableName?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

/** A write that has been read and understood, and not done yet. */
export interface Write {
  readonly table: SimTable;
  readonly key: string;
  readonly condition?: Condition;
  readonly changes: readonly Change[];
  readonly returnItem: boolean;
  /** The item afterwards; undefined where it is to be gone. */
  readonly next: (before: Item | undefined) => Item | undefined;
}

export function placeholdersOf(input: WriteInput): Placeholders {
  return {
    names: input.ExpressionAttributeNames ?? {},
    values: input.ExpressionAttributeValues ?? {},
    used: new Set(),
  };
}

function conditionOf(input: WriteInput, placeholders: Placeholders): { condition?: Condition } {
  if (input.ConditionExpression === undefined) return {};
  return { condition: parseCondition(readTokens(input.ConditionExpression, placeholders)) };
}

type Rest = Omit<Write, 'table' | 'condition' | 'returnItem' | 'changes'> & { readonly changes?: readonly Change[] };

function write(
  account: Account,
  input: WriteInput,
  rest: (table: SimTable, placeholders: Placeholders) => Rest,
): Write {
  const table = findTable(account, input.TableName);
  const placeholders = placeholdersOf(input);
  const parts = rest(table, placeholders);
  const condition = conditionOf(input, placeholders);
  checkAllUsed(placeholders);
  const returnItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return { changes: [], ...parts, ...condition, table, returnItem };
}

export function putWrite(account: Account, input: WriteInput & { Item?: Item | undefined }): Write {
  const item = input.Item ?? {};
  checkItem(item);
  return write(account, input, (table) => ({ key: keyOfItem(table, item), next: () => item }));
}

export function deleteWrite(account: Account, input: WriteInput & { Key?: Item | undefined }): Write {
  return write(account, input, (table) => ({ key: keyOf(table, input.Key), next: () => undefined }));
}

export function checkWrite(account: Account, input: WriteInput & { Key?: Item | undefined }): Write {
  return write(account, input, (table) => ({ key: keyOf(table, input.Key), next: (before) => before }));
}

interface UpdateInput extends WriteInput {
  readonly Key?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
}

function changesOf(table: SimTable, input: UpdateInput, placeholders: Placeholders): Change[] {
  if (input.UpdateExpression === undefined) return [];
  const changes = parseUpdate(readTokens(input.UpdateExpression, placeholders));
  const fixed = changes.find((change) => keyNames(table).includes(String(change.path[0])));
  if (fixed !== undefined) {
    invalid(
      `One or more parameter values were invalid: Cannot update attribute ${fixed.path[0]}. This attribute is part of the key`,
    );
  }
  return changes;
}

export function updateWrite(account: Account, input: UpdateInput): Write {
  return write(account, input, (table, placeholders) => {
    const changes = changesOf(table, input, placeholders);
    const next = (before: Item | undefined) => {
      const item = applyChanges(before ?? { ...input.Key }, changes);
      checkItem(item);
      return item;
    };
    return { key: keyOf(table, input.Key), changes, next };
  });
}

export function present(one: Write): Item | undefined {
  return one.table.items[one.key];
}

export function conditionHolds(one: Write): boolean {
  return one.condition === undefined || holds(one.condition, present(one) ?? {});
}

export function store(one: Write, item: Item | undefined): void {
  if (item === undefined) delete one.table.items[one.key];
  else one.table.items[one.key] = structuredClone(item);
}

/** Does one write, or throws ConditionalCheckFailedException. */
export function perform(one: Write): { before: Item | undefined; after: Item | undefined } {
  const before = present(one);
  if (!conditionHolds(one)) {
    const members = one.returnItem && before !== undefined ? { Item: structuredClone(before) } : {};
    throw simError('ConditionalCheckFailedException', 400, 'The conditional request failed', members);
  }
  const after = one.next(before);
  store(one, after);
  return { before, after };
}
