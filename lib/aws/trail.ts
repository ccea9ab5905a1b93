import type { NetworkConfiguration } from '../domain/ecs.ts';
import { type Fact, present, unknown } from '../domain/fact.ts';
import type { TrailReads } from '../verbs.ts';
import type { Border } from './border.ts';
import type { CloudTrailApi } from './cloudtrail-client.ts';
import { given } from './given.ts';

/** CloudTrail API reference, LookupEvents: 2 requests a second for the whole account, 50 records a page. */
const PAUSE_MS = 500;
const MOST_PAGES = 4;
const PAGE = 50;
const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 2 * 60_000;

interface RunTaskRecord {
  readonly requestParameters?: {
    readonly networkConfiguration?: {
      readonly awsvpcConfiguration?: {
        readonly subnets?: readonly string[];
        readonly securityGroups?: readonly string[];
      };
    };
  };
  readonly responseElements?: { readonly tasks?: readonly { readonly taskArn?: string }[] } | null;
}

type LookUp = CloudTrailApi['lookUp'];

export function createTrailReads(border: Border): TrailReads {
  const lookUp = oneByOne(border);
  return {
    runTask: (taskArn, nearMs) => border.once.read(`trail.runTask ${taskArn}`, () => find(lookUp, taskArn, nearMs)),
  };
}

/** However many tasks are asked for at once, the account's two requests a second are not used up. */
function oneByOne({ clients, nowMs, pause }: Border): LookUp {
  let queue: Promise<unknown> = Promise.resolve();
  let nextAtMs = 0;
  async function ask(input: Parameters<LookUp>[0]) {
    const api = await clients.trail();
    if (nextAtMs > nowMs()) await pause(nextAtMs - nowMs());
    nextAtMs = nowMs() + PAUSE_MS;
    return api.lookUp(input);
  }
  return (input) => {
    const turn = queue.then(() => ask(input));
    queue = turn.catch(() => undefined);
    return turn;
  };
}

/** Not finding it proves nothing: records come minutes late, and only so many pages are read. */
async function find(lookUp: LookUp, taskArn: string, nearMs: number): Promise<Fact<NetworkConfiguration>> {
  let NextToken: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await lookUp(given({ ...questionOf(nearMs), NextToken }));
    for (const event of answer.Events ?? []) {
      const record = parse(event.CloudTrailEvent);
      if (record?.responseElements?.tasks?.some((task) => task.taskArn === taskArn)) return present(networkOf(record));
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return unknown(
    `CloudTrail's event history has no RunTask record of ${taskArn} yet; records come up to 15 minutes late`,
  );
}

function questionOf(nearMs: number) {
  return {
    LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'RunTask' }],
    StartTime: new Date(nearMs - BEFORE_MS),
    EndTime: new Date(nearMs + AFTER_MS),
    MaxResults: PAGE,
  };
}

function parse(text: string | undefined): RunTaskRecord | undefined {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // CloudTrail cuts what is too long.
    return undefined;
  }
}

function networkOf(record: RunTaskRecord): NetworkConfiguration {
  const awsvpc = record.requestParameters?.networkConfiguration?.awsvpcConfiguration;
  return { subnetIds: awsvpc?.subnets ?? [], groupIds: awsvpc?.securityGroups ?? [] };
}
