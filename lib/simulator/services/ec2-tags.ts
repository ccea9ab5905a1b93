import type { CreateTagsRequest, DeleteTagsRequest } from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimTag } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { tagTrouble, toSimTags, withTags } from '../tags.ts';

interface Taggable {
  tags: SimTag[];
}

function findTaggable(account: Account, id: string): Taggable {
  const { ec2 } = account.state;
  const rules = Object.values(ec2.securityGroups).map((group) => group.rules);
  const found = [
    ec2.securityGroups,
    ec2.vpcs,
    ec2.subnets,
    ec2.networkAcls,
    ec2.networkInterfaces,
    ec2.instances,
    ec2.prefixLists,
    ec2.routeTables,
    ec2.dhcpOptions,
    ...rules,
  ]
    .map((shelf: Readonly<Record<string, Taggable>>) => shelf[id])
    .find((item) => item !== undefined);
  if (found === undefined) throw simError('InvalidID', 400, `The ID '${id}' is not valid`);
  return found;
}

function createTags(account: Account, input: CreateTagsRequest): void {
  const items = (input.Resources ?? []).map((id) => findTaggable(account, id));
  for (const item of items) {
    const trouble = tagTrouble(input.Tags ?? [], item.tags);
    if (trouble !== undefined) throw simError('InvalidParameterValue', 400, trouble);
  }
  for (const item of items) item.tags = withTags(item.tags, toSimTags(input.Tags));
}

/** A tag given with a value goes only if it has that value. Without a list all tags go. */
function deleteTags(account: Account, input: DeleteTagsRequest): void {
  for (const item of (input.Resources ?? []).map((id) => findTaggable(account, id))) {
    item.tags = item.tags.filter(
      (tag) =>
        input.Tags !== undefined &&
        !input.Tags.some((other) => other.Key === tag.Key && (other.Value ?? tag.Value) === tag.Value),
    );
  }
}

export const ec2TagHandlers: Handlers = {
  'EC2.CreateTags': createTags,
  'EC2.DeleteTags': deleteTags,
};
