import { ListTopicsCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';
import { eventually } from './scenario.ts';
import { ACCOUNT_ID, REGION } from './stand/places.ts';

export interface Alert {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A queue subscribed to the topic of the alerts, as anybody may subscribe one. */
export interface Inbox {
  /** Every alert so far about a family. */
  readonly about: (family: string) => Promise<readonly Alert[]>;
  /** Waits for the first alert about a family. */
  readonly first: (family: string) => Promise<Alert>;
}

interface Notification {
  readonly Subject?: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value: string }>>;
}

export async function openInbox(clients: Clients): Promise<Inbox> {
  const { Topics = [] } = await clients.sns.send(new ListTopicsCommand({}));
  const topic = Topics.find(({ TopicArn }) => TopicArn?.endsWith(':mountkeeper-alerts'))?.TopicArn;
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:inbox`;
  await clients.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint }));
  const seen: Alert[] = [];
  const about = async (family: string) => {
    const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    seen.push(...Messages.map(({ Body = '{}' }) => alertIn(JSON.parse(Body) as Notification)));
    return seen.filter(({ text, subject }) => text.includes(family) || subject.includes(family));
  };
  const first = async (family: string) => {
    const alerts = await eventually(
      () => about(family),
      (found) => {
        if (found.length === 0) throw new Error(`no alert about ${family}; heard: ${seen.map((one) => one.subject)}`);
      },
    );
    return alerts[0] as Alert;
  };
  return { about, first };
}

function alertIn({ Subject = '', Message, MessageAttributes = {} }: Notification): Alert {
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { subject: Subject, text: Message, attributes: Object.fromEntries(attributes) };
}
