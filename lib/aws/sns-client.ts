import {
  type ListSubscriptionsByTopicCommandInput,
  PublishCommand,
  type PublishCommandInput,
  paginateListSubscriptionsByTopic,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { Setup } from './setup.ts';

export type SnsApi = ReturnType<typeof createSns>;

export function createSns(setup: Setup) {
  const client = setup(SNSClient);
  return {
    publish: (input: PublishCommandInput) => client.send(new PublishCommand(input)),
    subscriptionPages: (input: ListSubscriptionsByTopicCommandInput) =>
      paginateListSubscriptionsByTopic({ client }, input),
  };
}
