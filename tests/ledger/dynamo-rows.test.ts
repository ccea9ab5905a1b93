import { createClients } from '../../lib/aws/clients.ts';
import { createDynamoRows } from '../../lib/aws/dynamo-rows.ts';
import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { ledgerContract } from './contract.ts';
import { NOW, sampleOccurrence } from './samples.ts';

// Each of its hundreds of calls goes through a whole SDK client; a busy machine needs longer than jest's five seconds.
jest.setTimeout(60_000);

const TABLE = 'ledger';

function tableIn(account: Account) {
  const table = { name: TABLE, partitionKey: 'pk', sortKey: 'sk', indexes: {}, items: {} };
  account.state.dynamodb.tables[TABLE] = table;
  const { tables } = createClients({ config: account.clientConfig(), plugins: [account.plugin()] });
  let writes = 0;
  const unique = () => {
    writes += 1;
    return `write-${writes}`;
  };
  return createDynamoRows({ tables, name: TABLE, unique });
}

ledgerContract('DynamoDB', async () => tableIn(createAccount()));

test('reads are consistent', async () => {
  const account = createAccount();
  const rows = tableIn(account);
  await rows.get('p', 's');
  await rows.query('p');
  expect(account.calls.map((call) => (call.input as { ConsistentRead?: boolean }).ConsistentRead)).toEqual([
    true,
    true,
  ]);
});

test('a write whose answer was lost is known again as our own: the alert is still told, the end as well', async () => {
  const account = createAccount();
  const ledger = createLedger(tableIn(account));
  account.faults.inject({ match: { operation: 'PutItem' }, kind: 'timeout-after', times: 1 });
  expect(await ledger.occur(sampleOccurrence())).toMatchObject({ tell: true, incident: { count: 1 } });
  account.faults.inject({ match: { operation: 'PutItem' }, kind: 'timeout-after', times: 1 });
  expect(await ledger.resolve('incident-1', NOW)).toMatchObject({ status: 'resolved' });
  account.faults.inject({ match: { operation: 'PutItem' }, kind: 'timeout-after', times: 1 });
  expect(await ledger.spend({ key: 'repairs', limit: 2, windowMs: 1_000 }, NOW)).toBe(true);
  expect(await ledger.spent('repairs', [1_000], NOW)).toEqual([1]);
});

test('what AWS refuses is a refusal that names the permission, and nothing is taken for granted', async () => {
  const account = createAccount();
  const ledger = createLedger(tableIn(account));
  account.faults.inject({ match: { service: 'DynamoDB' }, kind: 'deny' });
  const request = { holder: 'run', nowMs: NOW, ttlMs: 1_000 };
  await expect(ledger.lease('orders', request)).rejects.toMatchObject({
    name: 'Refusal',
    kind: 'denied',
    message: 'denied: this role may not call dynamodb:GetItem',
  });
  await expect(ledger.allHeld()).rejects.toMatchObject({ kind: 'denied' });
});

test('a row that nobody needs any more says so to DynamoDB, in seconds', async () => {
  const account = createAccount();
  const rows = tableIn(account);
  await createLedger(rows).lease('orders', { holder: 'run', nowMs: NOW, ttlMs: 60_000 });
  const [item] = Object.values(account.state.dynamodb.tables[TABLE]?.items ?? {});
  expect(item?.['expiresAt']).toEqual({ N: String((NOW + 60_000) / 1000 + 7 * 24 * 3_600) });
});
