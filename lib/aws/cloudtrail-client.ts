import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type DescribeTrailsCommandInput,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandInput,
  GetTrailStatusCommand,
  type GetTrailStatusCommandInput,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import type { Setup } from './setup.ts';

export type CloudTrailApi = ReturnType<typeof createCloudTrail>;

export function createCloudTrail(setup: Setup) {
  const client = setup(CloudTrailClient);
  return {
    lookUp: (input: LookupEventsCommandInput) => client.send(new LookupEventsCommand(input)),
    describe: (input: DescribeTrailsCommandInput) => client.send(new DescribeTrailsCommand(input)),
    status: (input: GetTrailStatusCommandInput) => client.send(new GetTrailStatusCommand(input)),
    selectors: (input: GetEventSelectorsCommandInput) => client.send(new GetEventSelectorsCommand(input)),
  };
}
