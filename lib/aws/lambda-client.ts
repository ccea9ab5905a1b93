import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { type ClientConfig, NO_RETRIES, type Setup } from './setup.ts';

export type LambdaApi = ReturnType<typeof createLambda>;

/** A function may run for five minutes, and a second call would be a second run. */
const PATIENT: ClientConfig = {
  ...NO_RETRIES,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 310_000, throwOnRequestTimeout: true },
};

export function createLambda(setup: Setup) {
  const client = setup(LambdaClient, PATIENT);
  return { invoke: (input: InvokeCommandInput) => client.send(new InvokeCommand(input)) };
}
