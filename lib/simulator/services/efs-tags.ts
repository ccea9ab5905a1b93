import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-efs';
import type { Account, Handlers } from '../account.ts';
import type { SimTag } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { tagTrouble, toSimTags, withoutTags, withTags } from '../tags.ts';

const PAGE = 100;

function findTagged(account: Account, resourceId: string | undefined): { tags: SimTag[] } {
  const id = resourceId?.split('/').at(-1) ?? '';
  const { accessPoints, fileSystems } = account.state.efs;
  const isPoint = id.startsWith('fsap-');
  const found = isPoint ? accessPoints[id] : fileSystems[id];
  if (found !== undefined) return found;
  throw simError(isPoint ? 'AccessPointNotFound' : 'FileSystemNotFound', 404, `Resource '${id}' does not exist.`);
}

function tagResource(account: Account, input: TagResourceRequest): void {
  const resource = findTagged(account, input.ResourceId);
  const trouble = tagTrouble(input.Tags ?? [], resource.tags);
  if (trouble !== undefined) throw simError('BadRequest', 400, trouble);
  resource.tags = withTags(resource.tags, toSimTags(input.Tags));
}

function untagResource(account: Account, input: UntagResourceRequest): void {
  const resource = findTagged(account, input.ResourceId);
  resource.tags = withoutTags(resource.tags, input.TagKeys ?? []);
}

function listTags(account: Account, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  const { tags } = findTagged(account, input.ResourceId);
  const page = pageOf(tags, { token: input.NextToken, size: pageSize(input.MaxResults, PAGE) });
  return { Tags: page.items, NextToken: page.next };
}

export const efsTagHandlers: Handlers = {
  'EFS.TagResource': tagResource,
  'EFS.UntagResource': untagResource,
  'EFS.ListTagsForResource': listTags,
};
