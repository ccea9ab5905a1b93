import type { GetResourcesInput, GetResourcesOutput, TagFilter } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import { type LooseTag, tagMap } from '../tags.ts';

const PAGE = 100;

interface Tagged {
  readonly arn: string;
  readonly tags: readonly LooseTag[];
}

function ec2Resources(
  account: Account,
  kind: string,
  items: Readonly<Record<string, { id: string; tags: readonly LooseTag[] }>>,
): Tagged[] {
  const prefix = `arn:aws:ec2:${account.region}:${account.accountId}:${kind}/`;
  return Object.values(items).map(({ id, tags }) => ({ arn: `${prefix}${id}`, tags }));
}

/** Roles are not among them: the API does not list IAM. */
const TYPES: Readonly<Record<string, (account: Account) => readonly Tagged[]>> = {
  'elasticfilesystem:file-system': (account) => Object.values(account.state.efs.fileSystems),
  'elasticfilesystem:access-point': (account) => Object.values(account.state.efs.accessPoints),
  'ec2:security-group': (account) => ec2Resources(account, 'security-group', account.state.ec2.securityGroups),
  'ec2:vpc': (account) => ec2Resources(account, 'vpc', account.state.ec2.vpcs),
  'ec2:subnet': (account) => ec2Resources(account, 'subnet', account.state.ec2.subnets),
  'ecs:cluster': (account) => Object.values(account.state.ecs.clusters),
  'ecs:service': (account) => Object.values(account.state.ecs.services),
  'ecs:task': (account) => Object.values(account.state.ecs.tasks),
  'ecs:task-definition': (account) =>
    Object.values(account.state.ecs.taskDefinitions).flatMap((family) => Object.values(family.revisions)),
  'logs:log-group': (account) =>
    Object.values(account.state.logs.groups).map(({ name, tags }) => ({
      arn: `arn:aws:logs:${account.region}:${account.accountId}:log-group:${name}`,
      tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
};

/** `ecs` stands for all kinds of the service. */
function typesNamed(filters: readonly string[] | undefined): readonly string[] {
  if (filters === undefined || filters.length === 0) return Object.keys(TYPES);
  return filters.flatMap((filter) => {
    const types = Object.keys(TYPES).filter((type) => type === filter || type.startsWith(`${filter}:`));
    if (types.length > 0) return types;
    throw simError('InvalidParameterException', 400, `simulated account: resource type ${filter} is not written`);
  });
}

function passes(tags: Readonly<Record<string, string>>, filter: TagFilter): boolean {
  const value = tags[filter.Key ?? ''];
  return value !== undefined && ((filter.Values ?? []).length === 0 || filter.Values?.includes(value) === true);
}

/** All filters must hold. Only resources with tags are known here. The token of the last page is an empty text. */
function getResources(account: Account, input: GetResourcesInput): GetResourcesOutput {
  const found = typesNamed(input.ResourceTypeFilters)
    .flatMap((type) => TYPES[type]?.(account) ?? [])
    .filter(({ tags }) => tags.length > 0)
    .filter(({ tags }) => (input.TagFilters ?? []).every((filter) => passes(tagMap(tags), filter)))
    .sort((one, other) => (one.arn < other.arn ? -1 : 1));
  const token = input.PaginationToken === '' ? undefined : input.PaginationToken;
  const size = pageSize(input.ResourcesPerPage, PAGE);
  const page = pageOf(found, { token, size, invalid: 'PaginationTokenExpiredException' });
  return {
    PaginationToken: page.next ?? '',
    ResourceTagMappingList: page.items.map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tagMap(tags)).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

export const taggingHandlers: Handlers = { 'ResourceGroupsTaggingAPI.GetResources': getResources };
