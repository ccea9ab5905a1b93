import type { Page, Row, RowStore, RowWrite } from '../ledger/rows.ts';
import type { Clients } from './clients.ts';
import { raceWinner, toRefusal } from './errors.ts';
import { given } from './given.ts';

interface Item {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** The table's TTL attribute. */
  readonly expiresAt?: number;
}

type QueryOptions = NonNullable<Parameters<RowStore['query']>[1]>;

interface Table {
  readonly tables: Clients['tables'];
  readonly name: string;
  /** Marks each write, so that one whose answer was lost is not taken for somebody else's when it is repeated. */
  readonly unique: () => string;
}

/** The ledger's rows in DynamoDB: read consistently, written only in the version that was read. Throws `Refusal`. */
export function createDynamoRows({ tables, name: TableName, unique }: Table): RowStore {
  return {
    get: (pk, sk) =>
      refusing(async () => {
        const api = await tables();
        const { Item: item } = await api.get({ TableName, Key: { pk, sk }, ConsistentRead: true });
        return item === undefined ? undefined : toRow(item as Item);
      }),
    put: (row, expected) => {
      const writer = unique();
      return winning(writer, async () => {
        const api = await tables();
        const item = { ...toItem(row, expected + 1), writer };
        await api.put({ TableName, Item: item, ...only(expected), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
      });
    },
    remove: (pk, sk, expected) =>
      winning(unique(), async () => {
        const api = await tables();
        await api.remove({ TableName, Key: { pk, sk }, ...only(expected) });
      }),
    query: (pk, options = {}) =>
      refusing(async () => {
        const api = await tables();
        return toPage(await api.query({ TableName, ConsistentRead: true, ...asked(pk, options) }));
      }),
  };
}

function only(expected: number) {
  if (expected === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':expected': expected },
  };
}

function asked(pk: string, { prefix, reverse = false, limit, after }: QueryOptions) {
  const all = { ':pk': pk };
  return given({
    KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
    ExpressionAttributeValues: prefix ? { ...all, ':prefix': prefix } : all,
    ScanIndexForward: !reverse,
    Limit: limit,
    ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
  });
}

function toPage(output: {
  Items?: object[] | undefined;
  LastEvaluatedKey?: Record<string, unknown> | undefined;
}): Page {
  const rows = (output.Items ?? []).map((item) => toRow(item as Item));
  const last = output.LastEvaluatedKey?.['sk'];
  return last === undefined ? { rows } : { rows, next: String(last) };
}

function toRow({ pk, sk, version, data, expiresAt }: Item): Row {
  return given({ pk, sk, version, data, expiresAtSeconds: expiresAt });
}

function toItem({ pk, sk, data, expiresAtSeconds }: RowWrite, version: number): Item {
  return given({ pk, sk, version, data, expiresAt: expiresAtSeconds });
}

async function winning(writer: string, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const winner = raceWinner(error);
    if (winner !== undefined) return winner.writer === writer;
    throw toRefusal(error);
  }
}

async function refusing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw toRefusal(error);
  }
}
