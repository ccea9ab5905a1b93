import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Setup } from './setup.ts';

export type DynamoApi = ReturnType<typeof createDynamo>;

export function createDynamo(setup: Setup) {
  const client = DynamoDBDocumentClient.from(setup(DynamoDBClient), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    get: (input: GetCommandInput) => client.send(new GetCommand(input)),
    put: (input: PutCommandInput) => client.send(new PutCommand(input)),
    remove: (input: DeleteCommandInput) => client.send(new DeleteCommand(input)),
    query: (input: QueryCommandInput) => client.send(new QueryCommand(input)),
  };
}
