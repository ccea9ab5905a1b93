import type {
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  Event,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  LookupAttribute,
  LookupEventsRequest,
  LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { pageOf, pageSize } from '../paging.ts';
import type { SimTrail, TrailRecord } from '../state.ts';

const PAGE = 50;
const KEPT_MS = 90 * 24 * 3_600_000;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function resourceNames(record: TrailRecord): string[] {
  const texts = [...textsIn(record['requestParameters']), ...textsIn(record['responseElements'])];
  return texts.flatMap((text) => (text.startsWith('arn:') ? [text, text.split('/').at(-1) ?? ''] : [text]));
}

function userOf(record: TrailRecord): string {
  const identity = record['userIdentity'] as { userName?: string; arn?: string };
  return identity.userName ?? identity.arn?.split('/').at(-1) ?? '';
}

const ATTRIBUTES: Readonly<Record<string, (record: TrailRecord) => readonly string[]>> = {
  EventName: (record) => [String(record['eventName'])],
  EventSource: (record) => [String(record['eventSource'])],
  EventId: (record) => [String(record['eventID'])],
  ReadOnly: (record) => [String(record['readOnly'])],
  Username: (record) => [userOf(record)],
  ResourceName: resourceNames,
};

function matches(record: TrailRecord, attribute: LookupAttribute): boolean {
  const read = ATTRIBUTES[attribute.AttributeKey ?? ''];
  if (read === undefined) throw simError('InvalidLookupAttributesException', 400, 'Unknown lookup attribute');
  return read(record).includes(attribute.AttributeValue ?? '');
}

function timeOf(record: TrailRecord): number {
  return Date.parse(String(record['eventTime']));
}

function describe(record: TrailRecord): Event {
  return {
    EventId: String(record['eventID']),
    EventName: String(record['eventName']),
    EventSource: String(record['eventSource']),
    EventTime: new Date(timeOf(record)),
    ReadOnly: String(record['readOnly']),
    Username: userOf(record),
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The event history of the Region: newest first, 90 days, one attribute a call. */
function lookupEvents(account: Account, input: LookupEventsRequest): LookupEventsResponse {
  const attributes = input.LookupAttributes ?? [];
  if (attributes.length > 1) {
    throw simError('InvalidLookupAttributesException', 400, 'LookupAttributes can hold one item only');
  }
  const nowMs = account.clock.nowMs();
  const fromMs = Math.max(input.StartTime?.getTime() ?? 0, nowMs - KEPT_MS);
  const toMs = input.EndTime?.getTime() ?? nowMs;
  if (fromMs > toMs) throw simError('InvalidTimeRangeException', 400, 'Start time is after end time');
  const found = account.state.trail
    .filter((record) => record['awsRegion'] === account.region)
    .filter((record) => timeOf(record) >= fromMs && timeOf(record) <= toMs)
    .filter((record) => attributes.every((attribute) => matches(record, attribute)))
    .reverse();
  const size = pageSize(input.MaxResults, PAGE);
  const page = pageOf(found, { token: input.NextToken, size, invalid: 'InvalidNextTokenException' });
  return { Events: page.items.map(describe), NextToken: page.next };
}

function findTrail(account: Account, name: string | undefined): SimTrail {
  const trails = Object.values(account.state.cloudtrail.trails);
  const found = trails.find((trail) => trail.name === name || trail.arn === name);
  if (found === undefined) throw simError('TrailNotFoundException', 400, `Unknown trail: ${name}`);
  return found;
}

function describeTrails(account: Account, input: DescribeTrailsRequest): DescribeTrailsResponse {
  const names = input.trailNameList ?? [];
  const all = Object.values(account.state.cloudtrail.trails);
  const found = all.filter((trail) => names.length === 0 || names.includes(trail.name) || names.includes(trail.arn));
  return {
    trailList: found.map((trail) => ({
      Name: trail.name,
      TrailARN: trail.arn,
      IsMultiRegionTrail: trail.multiRegion,
      IncludeGlobalServiceEvents: trail.multiRegion,
      HomeRegion: account.region,
    })),
  };
}

function trailStatus(account: Account, input: GetTrailStatusRequest): GetTrailStatusResponse {
  return { IsLogging: findTrail(account, input.Name).logging };
}

function eventSelectors(account: Account, input: GetEventSelectorsRequest): GetEventSelectorsResponse {
  const trail = findTrail(account, input.TrailName);
  const none = trail.readWriteType === 'None';
  const ReadWriteType = trail.readWriteType === 'None' ? 'All' : trail.readWriteType;
  return {
    TrailARN: trail.arn,
    EventSelectors: [{ ReadWriteType, IncludeManagementEvents: !none, DataResources: [] }],
  };
}

export const cloudtrailHandlers: Handlers = {
  'CloudTrail.LookupEvents': lookupEvents,
  'CloudTrail.DescribeTrails': describeTrails,
  'CloudTrail.GetTrailStatus': trailStatus,
  'CloudTrail.GetEventSelectors': eventSelectors,
};
