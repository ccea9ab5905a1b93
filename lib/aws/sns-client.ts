import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import type { Setup } from './setup.ts';

export type SnsApi = ReturnType<typeof createSns>;

export function createSns(setup: Setup) {
  const client = setup(SNSClient);
  return { publish: (input: PublishCommandInput) => client.send(new PublishCommand(input)) };
}
