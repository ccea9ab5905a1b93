import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { createAccount } from '../../lib/simulator/account.ts';

const TableName = 'ledger';

async function withTable() {
  const account = createAccount();
  const client = account.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-group',
          KeySchema: [
            { AttributeName: 'gk', KeyType: 'HASH' },
            { AttributeName: 'rank2', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const put = (item: Record<string, unknown>) =>
    db.send(new PutCommand({ TableName, Item: { pk: 'p', sk: 's', ...item } }));
  const get = async (sk = 's') => (await db.send(new GetCommand({ TableName, Key: { pk: 'p', sk } }))).Item;
  return { account, db, put, get };
}

/** Does the condition hold for this item? */
async function holdsFor(item: Record<string, unknown>, condition: string, values: Record<string, unknown> = {}) {
  const { db, put } = await withTable();
  await put(item);
  const withValues = Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {};
  return db
    .send(new DeleteCommand({ TableName, Key: { pk: 'p', sk: 's' }, ConditionExpression: condition, ...withValues }))
    .then(() => true)
    .catch((error: Error) => {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    });
}

async function updated(item: Record<string, unknown>, UpdateExpression: string, values: Record<string, unknown> = {}) {
  const { db, put, get } = await withTable();
  await put(item);
  const withValues = Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {};
  await db.send(new UpdateCommand({ TableName, Key: { pk: 'p', sk: 's' }, UpdateExpression, ...withValues }));
  const { pk: _pk, sk: _sk, ...rest } = (await get()) ?? {};
  return rest;
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'ok',
    (error: unknown) => error,
  );
}

test('values come back as they went in', async () => {
  const { put, get } = await withTable();
  const item = { a: 1.5, b: 'text', c: true, d: null, e: [1, 'x'], f: { g: { h: 0 } }, i: new Set(['x', 'y']) };
  await put(item);
  expect(await get()).toEqual({ pk: 'p', sk: 's', ...item });
});

test.each([
  ['attribute_exists(a)', {}, true],
  ['attribute_exists(b)', {}, false],
  ['attribute_not_exists(m.x)', {}, true],
  ['attribute_exists(m.y)', {}, true],
  ['a = :v', { ':v': 5 }, true],
  ['a <> :v', { ':v': 5 }, false],
  ['b <> :v', { ':v': 5 }, true],
  ['a < :v', { ':v': 10 }, true],
  ['t < :v', { ':v': 'b' }, true],
  ['a < :v', { ':v': 'x' }, false],
  ['a >= :v AND t = :t', { ':v': 5, ':t': 'abc' }, true],
  ['a > :v OR t = :t', { ':v': 5, ':t': 'abc' }, true],
  ['NOT a > :v', { ':v': 5 }, true],
  ['a = :x OR a = :v AND t = :no', { ':x': 5, ':v': 5, ':no': 'no' }, true],
  ['(a = :x OR a = :v) AND t = :no', { ':x': 5, ':v': 5, ':no': 'no' }, false],
  ['a BETWEEN :low AND :high', { ':low': 5, ':high': 6 }, true],
  ['a IN (:one, :two)', { ':one': 1, ':two': 5 }, true],
  ['begins_with(t, :v)', { ':v': 'ab' }, true],
  ['contains(t, :v)', { ':v': 'bc' }, true],
  ['contains(l, :v)', { ':v': 2 }, true],
  ['contains(l, :v)', { ':v': 3 }, false],
  ['size(l) = :v', { ':v': 2 }, true],
  ['size(t) > :v', { ':v': 3 }, false],
  ['l[1] = :v', { ':v': 2 }, true],
  ['attribute_type(m, :v)', { ':v': 'M' }, true],
  ['m.y = :v', { ':v': 'z' }, true],
])('condition %s with %j is %s', async (condition, values, expected) => {
  const item = { a: 5, t: 'abc', l: [1, 2], m: { y: 'z' } };
  expect(await holdsFor(item, condition, values)).toBe(expected);
});

test.each([
  ['SET a = :v', { ':v': 1 }, { a: 1, l: [1], m: { y: 1 } }],
  ['SET a = a + :v, m.y = :y', { ':v': 2, ':y': 9 }, { a: 7, l: [1], m: { y: 9 } }],
  ['SET a = a - :v', { ':v': 2 }, { a: 3, l: [1], m: { y: 1 } }],
  ['SET b = if_not_exists(b, :v)', { ':v': 1 }, { a: 5, b: 1, l: [1], m: { y: 1 } }],
  ['SET a = if_not_exists(a, :v) + :v', { ':v': 1 }, { a: 6, l: [1], m: { y: 1 } }],
  ['SET l = list_append(l, :v)', { ':v': [2] }, { a: 5, l: [1, 2], m: { y: 1 } }],
  ['SET a = m.y, m.y = a', {}, { a: 1, l: [1], m: { y: 5 } }],
  ['REMOVE a, m.y', {}, { l: [1], m: {} }],
  ['ADD a :v, b :v', { ':v': 2 }, { a: 7, b: 2, l: [1], m: { y: 1 } }],
  ['REMOVE l[0] SET a = :v', { ':v': 0 }, { a: 0, l: [], m: { y: 1 } }],
  ['ADD s :v', { ':v': new Set(['x']) }, { a: 5, l: [1], m: { y: 1 }, s: new Set(['x']) }],
])('update %s with %j', async (expression, values, expected) => {
  expect(await updated({ a: 5, l: [1], m: { y: 1 } }, expression, values)).toEqual(expected);
});

test('an update makes the item that is not there', async () => {
  const { db, get } = await withTable();
  const command = { TableName, Key: { pk: 'p', sk: 'new' }, UpdateExpression: 'ADD hits :one' };
  const answer = await db.send(
    new UpdateCommand({ ...command, ExpressionAttributeValues: { ':one': 1 }, ReturnValues: 'UPDATED_NEW' }),
  );
  expect([answer.Attributes, await get('new')]).toEqual([{ hits: 1 }, { pk: 'p', sk: 'new', hits: 1 }]);
});

test.each([
  ['an unused value', 'SET a = :v', { ':v': 1, ':w': 2 }],
  ['a value that is not defined', 'SET a = :w', { ':v': 1 }],
  ['a reserved word', 'SET status = :v', { ':v': 1 }],
  ['a key attribute', 'SET sk = :v', { ':v': 'x' }],
  ['overlapping paths', 'SET m = :v, m.y = :v', { ':v': 1 }],
  ['a missing map', 'SET n.y = :v', { ':v': 1 }],
  ['a missing operand', 'SET a = b + :v', { ':v': 1 }],
  ['a number added to text', 'ADD t :v', { ':v': 1 }],
  ['two SET sections', 'SET a = :v SET b = :v', { ':v': 1 }],
  ['a syntax error', 'SET a ~ :v', { ':v': 1 }],
])('an update with %s is refused and changes nothing', async (_what, UpdateExpression, ExpressionAttributeValues) => {
  const { db, put, get } = await withTable();
  await put({ a: 1, m: { y: 1 }, t: 'x' });
  const before = await get();
  const command = new UpdateCommand({
    TableName,
    Key: { pk: 'p', sk: 's' },
    UpdateExpression,
    ExpressionAttributeValues,
  });
  expect(await caught(db.send(command))).toMatchObject({ name: 'ValidationException' });
  expect(await get()).toEqual(before);
});

test('names with # stand for any attribute', async () => {
  const { db, put, get } = await withTable();
  await put({ status: 'old' });
  const command = { TableName, Key: { pk: 'p', sk: 's' }, UpdateExpression: 'SET #s = :v' };
  await db.send(
    new UpdateCommand({
      ...command,
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':v': 'new' },
    }),
  );
  expect((await get())?.['status']).toBe('new');
});

test('a failed condition is the typed exception, with the item where asked for', async () => {
  const { db, put } = await withTable();
  await put({ owner: 'a' });
  const Item = { pk: 'p', sk: 's', owner: 'b' };
  const condition = {
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  const error = await caught(db.send(new PutCommand({ TableName, Item, ...condition })));
  expect(error).toBeInstanceOf(ConditionalCheckFailedException);
  expect(error).toMatchObject({ Item: { owner: { S: 'a' } }, message: 'The conditional request failed' });
});

test('of two writers with the same condition one wins', async () => {
  const { db } = await withTable();
  const write = (owner: string) => {
    const Item = { pk: 'lease', sk: 's', owner };
    return caught(db.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })));
  };
  const results = await Promise.all([write('a'), write('b'), write('c')]);
  expect(results.filter((result) => result === 'ok')).toHaveLength(1);
});

test('a key must be whole and not empty', async () => {
  const { db } = await withTable();
  const get = (Key: Record<string, unknown>) => caught(db.send(new GetCommand({ TableName, Key })));
  expect(await get({ pk: 'p' })).toMatchObject({ name: 'ValidationException' });
  expect(await get({ pk: 'p', sk: '' })).toMatchObject({ name: 'ValidationException' });
  expect(await get({ pk: 'p', sk: 's', x: 1 })).toMatchObject({ name: 'ValidationException' });
});

test('a query walks a partition in the order of the sort key, both ways, in pages', async () => {
  const { db, put } = await withTable();
  for (const sk of ['b', 'a#2', 'c', 'a#1']) await put({ sk });
  await put({ pk: 'other', sk: 'a#0' });
  const all = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'p' } };
  const keys = async (extra: object) => {
    const pages: unknown[][] = [];
    for await (const page of paginateQuery({ client: db }, { ...all, ...extra })) {
      pages.push((page.Items ?? []).map((item) => item['sk']));
    }
    return pages;
  };
  expect(await keys({ Limit: 3 })).toEqual([['a#1', 'a#2', 'b'], ['c']]);
  expect(await keys({ ScanIndexForward: false })).toEqual([['c', 'b', 'a#2', 'a#1']]);
});

test('a query narrows by the sort key, then filters what it has read', async () => {
  const { db, put } = await withTable();
  for (const [sk, open] of [
    ['a#1', true],
    ['a#2', false],
    ['a#3', true],
    ['b', true],
  ] as const)
    await put({ sk, isOpen: open });
  const answer = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :p AND begins_with(sk, :a)',
      FilterExpression: 'isOpen = :yes',
      ProjectionExpression: 'sk',
      ExpressionAttributeValues: { ':p': 'p', ':a': 'a#', ':yes': true },
      Limit: 2,
    }),
  );
  expect(answer).toMatchObject({
    Count: 1,
    ScannedCount: 2,
    Items: [{ sk: 'a#1' }],
    LastEvaluatedKey: { pk: 'p', sk: 'a#2' },
  });
});

test('paging goes on although the last item of the page has been deleted', async () => {
  const { db, put } = await withTable();
  for (const sk of ['a', 'b', 'c']) await put({ sk });
  const query = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'p' }, Limit: 2 };
  const first = await db.send(new QueryCommand(query));
  await db.send(new DeleteCommand({ TableName, Key: { pk: 'p', sk: 'b' } }));
  const second = await db.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
  expect(second.Items).toEqual([{ pk: 'p', sk: 'c' }]);
});

test('a query needs the partition key and nothing but the key', async () => {
  const { db } = await withTable();
  const query = (KeyConditionExpression: string, ExpressionAttributeValues: Record<string, unknown>) =>
    caught(db.send(new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues })));
  expect(await query('sk = :v', { ':v': 's' })).toMatchObject({ name: 'ValidationException' });
  expect(await query('pk > :v', { ':v': 's' })).toMatchObject({ name: 'ValidationException' });
  expect(await query('pk = :v AND a = :v', { ':v': 's' })).toMatchObject({ name: 'ValidationException' });
  expect(await query('pk = :v OR sk = :v', { ':v': 's' })).toMatchObject({ name: 'ValidationException' });
});

test('an index sorts by its own key and cannot be read consistently', async () => {
  const { db, put } = await withTable();
  for (const [sk, rank2] of [
    ['a', 20],
    ['b', 3],
    ['c', 100],
  ] as const)
    await put({ sk, gk: 'g', rank2 });
  await put({ sk: 'd' });
  const query = {
    TableName,
    IndexName: 'by-group',
    KeyConditionExpression: 'gk = :g',
    ExpressionAttributeValues: { ':g': 'g' },
  };
  const found = await db.send(new QueryCommand(query));
  expect(found.Items?.map((item) => item['sk'])).toEqual(['b', 'a', 'c']);
  expect(await caught(db.send(new QueryCommand({ ...query, ConsistentRead: true })))).toMatchObject({
    name: 'ValidationException',
  });
});

test('a scan reads everything, in pages of a megabyte', async () => {
  const { db, put } = await withTable();
  for (let index = 0; index < 4; index += 1) await put({ sk: `s${index}`, body: 'x'.repeat(390_000) });
  const first = await db.send(new ScanCommand({ TableName }));
  const second = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: first.LastEvaluatedKey }));
  expect([first.Count, second.Count, second.LastEvaluatedKey]).toEqual([2, 2, undefined]);
});

test('an item above 400 kB is refused', async () => {
  const { put } = await withTable();
  expect(await caught(put({ body: 'x'.repeat(420_000) }))).toMatchObject({ name: 'ValidationException' });
});

test('a transaction does everything or nothing, and says which condition failed', async () => {
  const { db, put, get } = await withTable();
  await put({ sk: 'taken', owner2: 'a' });
  const transaction = (sk: string) =>
    db.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: 'p', sk: `${sk}-copy` } } },
          { Put: { TableName, Item: { pk: 'p', sk }, ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      }),
    );
  const error = await caught(transaction('taken'));
  await transaction('free');
  expect(error).toBeInstanceOf(TransactionCanceledException);
  expect(error).toMatchObject({ CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }] });
  expect([await get('taken-copy'), await get('free-copy')]).toEqual([undefined, { pk: 'p', sk: 'free-copy' }]);
});

test('batches read and write many items, each once', async () => {
  const { db } = await withTable();
  const write = (keys: readonly string[]) =>
    db.send(
      new BatchWriteCommand({
        RequestItems: { [TableName]: keys.map((sk) => ({ PutRequest: { Item: { pk: 'p', sk } } })) },
      }),
    );
  await write(['a', 'b']);
  const read = await db.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: ['a', 'b', 'z'].map((sk) => ({ pk: 'p', sk })) } } }),
  );
  expect(read.Responses?.[TableName]?.map((item) => item['sk'])).toEqual(['a', 'b']);
  expect(await caught(write(['a', 'a']))).toMatchObject({ name: 'ValidationException' });
  expect(await caught(write(Array.from({ length: 26 }, (_, index) => `k${index}`)))).toMatchObject({
    name: 'ValidationException',
  });
});

test('a throttled table is retried through the document client', async () => {
  const { account, put, get } = await withTable();
  await put({ a: 1 });
  account.faults.inject({ match: { service: 'DynamoDB', operation: 'GetItem' }, kind: 'throttle', times: 2 });
  expect([(await get())?.['a'], account.calls.filter((call) => call.operation === 'GetItem').length]).toEqual([1, 3]);
});
