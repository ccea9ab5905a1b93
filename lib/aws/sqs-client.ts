import { GetQueueAttributesCommand, type GetQueueAttributesCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { Setup } from './setup.ts';

export type SqsApi = ReturnType<typeof createSqs>;

export function createSqs(setup: Setup) {
  const client = setup(SQSClient);
  return { attributes: (input: GetQueueAttributesCommandInput) => client.send(new GetQueueAttributesCommand(input)) };
}
