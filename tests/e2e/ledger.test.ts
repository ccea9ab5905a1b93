import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClients } from '../../lib/aws/clients.ts';
import { createDynamoRows } from '../../lib/aws/dynamo-rows.ts';
import { ledgerContract } from '../ledger/contract.ts';

// Run by run.ts, which tells where the emulator is; every call goes over the network.
jest.setTimeout(120_000);

const endpoint = process.env['MINISTACK'] ?? 'http://127.0.0.1:1';
const config = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
let tables = 0;
let writes = 0;

async function newTable() {
  tables += 1;
  const name = `ledger-${tables}`;
  const client = new DynamoDBClient(config);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const unique = () => {
    writes += 1;
    return `write-${writes}`;
  };
  return createDynamoRows({ tables: createClients({ config }).tables, name, unique });
}

ledgerContract("an emulator's DynamoDB", newTable);
