import type { EventSelector } from '@aws-sdk/client-cloudtrail';
import { present } from '../domain/fact.ts';
import type { LoggedEvents, Trail } from '../domain/installation.ts';
import type { PlumbingReads } from '../verbs.ts';
import type { Border } from './border.ts';
import type { CloudTrailApi } from './cloudtrail-client.ts';
import { collect } from './pages.ts';

const DEPTH = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
const PENDING = 'PendingConfirmation';
const MOST_SUBSCRIPTIONS = 1_000;

export function createPlumbingReads({ clients, once, self }: Border): PlumbingReads {
  return {
    subscriptions: (TopicArn) =>
      once.read(`plumbing.subscriptions ${TopicArn}`, async () => {
        const api = await clients.topics();
        const found = await collect(
          api.subscriptionPages({ TopicArn }),
          ({ Subscriptions }) => Subscriptions,
          MOST_SUBSCRIPTIONS,
        );
        return present(
          found.map(({ Protocol = '', SubscriptionArn }) => ({
            protocol: Protocol,
            confirmed: SubscriptionArn?.startsWith('arn:') === true && SubscriptionArn !== PENDING,
          })),
        );
      }),
    queueDepth: (queueName) =>
      once.read(`plumbing.queueDepth ${queueName}`, async () => {
        const api = await clients.queues();
        const { Attributes = {} } = await api.attributes({
          QueueUrl: queueUrl(queueName, self),
          AttributeNames: [...DEPTH],
        });
        return present(DEPTH.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0));
      }),
    rule: (name) =>
      once.read(`plumbing.rule ${name}`, async () => {
        const api = await clients.events();
        const { State = '' } = await api.describeRule({ Name: name });
        return present({ name, enabled: State.startsWith('ENABLED') });
      }),
    trails: () =>
      once.read('plumbing.trails', async () => {
        const api = await clients.trail();
        const { trailList = [] } = await api.describe({ includeShadowTrails: true });
        return present(await Promise.all(trailList.map(({ TrailARN = '' }) => trailOf(api, TrailARN))));
      }),
  };
}

/** SQS developer guide, "Queue and message identifiers": the URL is made of Region, account and name. */
export function queueUrl(queueName: string, { partition, region, accountId }: Border['self']): string {
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${accountId}/${queueName}`;
}

async function trailOf(api: CloudTrailApi, arn: string): Promise<Trail> {
  const [status, selectors] = await Promise.all([api.status({ Name: arn }), api.selectors({ TrailName: arn })]);
  const advanced = (selectors.AdvancedEventSelectors ?? []).map((one) => advancedEvents(one.FieldSelectors ?? []));
  const events = [...(selectors.EventSelectors ?? []).map(basicEvents), ...advanced];
  return {
    name: arn.split('/').at(-1) ?? arn,
    logging: status.IsLogging === true,
    management: joined(events),
  };
}

function basicEvents({ IncludeManagementEvents, ReadWriteType = 'All' }: EventSelector): LoggedEvents {
  if (IncludeManagementEvents === false) return 'none';
  return BASIC[ReadWriteType] ?? 'all';
}

const BASIC: Readonly<Record<string, LoggedEvents>> = { All: 'all', ReadOnly: 'read', WriteOnly: 'write' };

interface FieldSelector {
  readonly Field: string | undefined;
  readonly Equals?: readonly string[] | undefined;
}

/** CloudTrail user guide, "Filtering events with advanced event selectors". */
function advancedEvents(fields: readonly FieldSelector[]): LoggedEvents {
  const valuesOf = (name: string) => fields.find(({ Field }) => Field === name)?.Equals ?? [];
  if (!valuesOf('eventCategory').includes('Management')) return 'none';
  const [readOnly] = valuesOf('readOnly');
  if (readOnly === undefined) return 'all';
  return readOnly === 'true' ? 'read' : 'write';
}

function joined(events: readonly LoggedEvents[]): LoggedEvents {
  const reads = events.some((one) => one === 'all' || one === 'read');
  const writes = events.some((one) => one === 'all' || one === 'write');
  if (reads && writes) return 'all';
  if (writes) return 'write';
  return reads ? 'read' : 'none';
}
