import type { ListTagsForResourceRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { EcsTag } from '../ecs-state.ts';
import { invalid, toEcsTags } from './ecs-names.ts';

export const tagHandlers: Handlers = {
  'ECS.TagResource': tag,
  'ECS.UntagResource': untag,
  'ECS.ListTagsForResource': (account: Account, { resourceArn = '' }: ListTagsForResourceRequest) => ({
    tags: [...taggedAt(account, resourceArn).tags],
  }),
};

interface Tagged {
  tags: EcsTag[];
}

function taggedAt(account: Account, arn: string): Tagged {
  const { clusters, services, tasks, taskDefinitions } = account.state.ecs;
  const [family = '', revision = ''] = (arn.split(':task-definition/')[1] ?? '').split(':');
  const found: Tagged | undefined =
    clusters[arn] ?? services[arn] ?? tasks[arn] ?? taskDefinitions[family]?.revisions[revision];
  if (found === undefined)
    throw invalid('The specified resource was not found. Specify a valid resource ARN and try again.');
  return found;
}

function tag(account: Account, { resourceArn = '', tags }: TagResourceRequest): object {
  const resource = taggedAt(account, resourceArn);
  const added = toEcsTags(tags, resource.tags);
  resource.tags = [...resource.tags.filter(({ key }) => !added.some((one) => one.key === key)), ...added];
  return {};
}

function untag(account: Account, { resourceArn = '', tagKeys = [] }: UntagResourceRequest): object {
  const resource = taggedAt(account, resourceArn);
  resource.tags = resource.tags.filter(({ key }) => !tagKeys.includes(key));
  return {};
}
