import { type Fact, present, unknown } from '../domain/fact.ts';
import { hasKey, TAG } from '../domain/tags.ts';
import type { LogReads } from '../verbs.ts';
import type { Self } from '../world.ts';
import type { Border } from './border.ts';
import type { LogsApi } from './logs-client.ts';

/** One question of bounded size: what is wanted is whether a phrase occurs, not how often. */
const MOST_EVENTS = 100;

type Query = Parameters<LogReads['phrases']>[0];

export function createLogReads({ clients, once, self }: Border): LogReads {
  return {
    phrases: (query) =>
      once.read(`logs.phrases ${JSON.stringify(query)}`, async () => {
        const api = await clients.logs();
        const { tags = {} } = await api.tags({ resourceArn: arnOf(query.logGroup, self) });
        if (!hasKey(tags, TAG.allow)) {
          return unknown(`not looked at: the log group ${query.logGroup} does not carry the tag ${TAG.allow} = true`);
        }
        return search(api, query);
      }),
  };
}

async function search(api: LogsApi, query: Query): Promise<Fact<readonly string[]>> {
  const answer = await api.filter({
    logGroupName: query.logGroup,
    filterPattern: query.phrases.map((phrase) => `?"${phrase.replaceAll('"', '\\"')}"`).join(' '),
    startTime: query.fromMs,
    endTime: query.toMs,
    limit: MOST_EVENTS,
  });
  const lines = (answer.events ?? []).map((event) => event.message ?? '');
  const found = query.phrases.filter((phrase) => lines.some((line) => line.includes(phrase)));
  // A further page may be all that holds it: having found nothing so far proves nothing.
  if (found.length === 0 && answer.nextToken !== undefined) {
    return unknown(`the log group ${query.logGroup} is too large to be searched with one question`);
  }
  return present(found);
}

function arnOf(logGroup: string, { partition, region, accountId }: Self): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`;
}
