import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import type { Setup } from './setup.ts';

export type CloudTrailApi = ReturnType<typeof createCloudTrail>;

export function createCloudTrail(setup: Setup) {
  const client = setup(CloudTrailClient);
  return { lookUp: (input: LookupEventsCommandInput) => client.send(new LookupEventsCommand(input)) };
}
