import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import type { SimLogGroup } from '../state.ts';

const EVENTS_PAGE = 10_000;
const GROUPS_PAGE = 50;

function findGroup(account: Account, name: string | undefined): SimLogGroup {
  const plainName = name?.split(':log-group:').at(-1)?.replace(/:\*$/, '') ?? '';
  const found = account.state.logs.groups[plainName];
  if (found === undefined) {
    throw simError('ResourceNotFoundException', 400, 'The specified log group does not exist.');
  }
  return found;
}

/**
 * Terms of a filter pattern: all plain ones must occur, one of those with `?`, none of those with `-`. Case counts.
 * Patterns in braces or brackets are not written.
 */
function filterOf(pattern: string | undefined): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern ?? '')) throw new Error('simulated account: structured filter patterns are not written');
  const terms = [...(pattern ?? '').matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map((match) => ({
    sign: match[1] ?? '',
    text: (match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'),
  }));
  const of = (sign: string) => terms.filter((term) => term.sign === sign).map((term) => term.text);
  const [all, any, none] = [of(''), of('?'), of('-')];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    (any.length === 0 || all.length > 0 || any.some((text) => message.includes(text))) &&
    none.every((text) => !message.includes(text));
}

function filterEvents(account: Account, input: FilterLogEventsRequest): FilterLogEventsResponse {
  const group = findGroup(account, input.logGroupName ?? input.logGroupIdentifier);
  const wanted = filterOf(input.filterPattern);
  const streams = input.logStreamNames;
  const found = group.events
    .filter((event) => streams === undefined || streams.includes(event.stream))
    .filter((event) => event.stream.startsWith(input.logStreamNamePrefix ?? ''))
    .filter((event) => event.atMs >= (input.startTime ?? 0))
    .filter((event) => event.atMs < (input.endTime ?? Number.POSITIVE_INFINITY))
    .filter((event) => wanted(event.message));
  const size = pageSize(input.limit, EVENTS_PAGE);
  const page = pageOf(found, { token: input.nextToken, size, invalid: 'InvalidParameterException' });
  return {
    events: page.items.map((event, index) => ({
      logStreamName: event.stream,
      timestamp: event.atMs,
      ingestionTime: event.atMs,
      message: event.message,
      eventId: String(index),
    })),
    nextToken: page.next,
  };
}

function arnOf(account: Account, group: SimLogGroup): string {
  return `arn:aws:logs:${account.region}:${account.accountId}:log-group:${group.name}`;
}

function describeGroups(account: Account, input: DescribeLogGroupsRequest): DescribeLogGroupsResponse {
  const found = Object.values(account.state.logs.groups)
    .filter((group) => group.name.startsWith(input.logGroupNamePrefix ?? ''))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const size = pageSize(input.limit, GROUPS_PAGE);
  const page = pageOf(found, { token: input.nextToken, size, invalid: 'InvalidParameterException' });
  return {
    logGroups: page.items.map((group) => ({
      logGroupName: group.name,
      arn: `${arnOf(account, group)}:*`,
      logGroupArn: arnOf(account, group),
    })),
    nextToken: page.next,
  };
}

function listTags(account: Account, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  // The ARN of this call ends with the name of the group; the `:*` of DescribeLogGroups is refused.
  if (input.resourceArn?.endsWith(':*'))
    throw simError('InvalidParameterException', 400, 'The ARN must not end with :*');
  return { tags: { ...findGroup(account, input.resourceArn).tags } };
}

export const logsHandlers: Handlers = {
  'CloudWatchLogs.FilterLogEvents': filterEvents,
  'CloudWatchLogs.DescribeLogGroups': describeGroups,
  'CloudWatchLogs.ListTagsForResource': listTags,
};
