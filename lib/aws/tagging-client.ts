import {
  type GetResourcesCommandInput,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Setup } from './setup.ts';

export type TaggingApi = ReturnType<typeof createTagging>;

export function createTagging(setup: Setup) {
  const client = setup(ResourceGroupsTaggingAPIClient);
  return { resourcePages: (input: GetResourcesCommandInput) => paginateGetResources({ client }, input) };
}
