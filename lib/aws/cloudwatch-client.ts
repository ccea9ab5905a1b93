import { CloudWatchClient, type GetMetricDataCommandInput, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Setup } from './setup.ts';

export type CloudWatchApi = ReturnType<typeof createCloudWatch>;

export function createCloudWatch(setup: Setup) {
  const client = setup(CloudWatchClient);
  return { dataPages: (input: GetMetricDataCommandInput) => paginateGetMetricData({ client }, input) };
}
