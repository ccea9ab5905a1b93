import type { Message, World } from '../world.ts';
import type { Border } from './border.ts';
import { isBadSubject, toRefusal } from './errors.ts';
import type { SnsApi } from './sns-client.ts';

export interface Topics {
  readonly topicArn: string;
  /** Amazon Q Developer reads a topic of its own: it drops messages of any other form without a word. */
  readonly chatTopicArn?: string;
}

export function createPublish({ clients }: Border, topics: Topics): World['publish'] {
  return async (message) => {
    const api = await clients.topics();
    const { chat } = message;
    const { chatTopicArn } = topics;
    const sent = await Promise.allSettled([
      toPeople(api, topics.topicArn, message),
      ...(chat !== undefined && chatTopicArn !== undefined ? [toChat(api, chatTopicArn, chat)] : []),
    ]);
    const failed = sent.find((one) => one.status === 'rejected');
    if (failed) throw toRefusal(failed.reason);
  };
}

/** An alert is worth more than its subject: where SNS does not take that, it goes without. */
async function toPeople(api: SnsApi, TopicArn: string, message: Message): Promise<void> {
  const input = { TopicArn, Message: message.text, MessageAttributes: toAttributes(message) };
  try {
    await api.publish({ ...input, Subject: message.subject });
  } catch (error) {
    if (!isBadSubject(error)) throw error;
    await api.publish(input);
  }
}

async function toChat(api: SnsApi, TopicArn: string, chat: string): Promise<void> {
  await api.publish({ TopicArn, Message: chat });
}

/** SNS refuses a whole message for one empty attribute. */
function toAttributes({ attributes }: Message) {
  const valued = Object.entries(attributes).filter(([, value]) => value !== '');
  return Object.fromEntries(valued.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
}
