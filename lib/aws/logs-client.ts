import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  ListTagsForResourceCommand,
  type ListTagsForResourceCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Setup } from './setup.ts';

export type LogsApi = ReturnType<typeof createLogs>;

export function createLogs(setup: Setup) {
  const client = setup(CloudWatchLogsClient);
  return {
    tags: (input: ListTagsForResourceCommandInput) => client.send(new ListTagsForResourceCommand(input)),
    filter: (input: FilterLogEventsCommandInput) => client.send(new FilterLogEventsCommand(input)),
  };
}
