import type {
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  MessageAttributeValue,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { SimTopic } from '../state.ts';

const PAGE = 100;
const MOST_BYTES = 262_144;
const SUBJECT_BELOW = 100;
/** ASCII without line breaks and control characters, beginning with something that can be seen. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]*$/;

function invalid(message: string): never {
  throw simError('InvalidParameter', 400, `Invalid parameter: ${message}`);
}

function findTopic(account: Account, arn: string | undefined): SimTopic {
  const found = account.state.sns.topics[arn ?? ''];
  if (found === undefined) throw simError('NotFound', 404, 'Topic does not exist');
  return found;
}

function textsOf(message: string): { readonly default?: unknown } {
  try {
    return JSON.parse(message);
  } catch {
    return invalid('Message Structure - JSON message body failed to parse');
  }
}

function checkStructure(message: string): void {
  if (typeof textsOf(message).default === 'string') return;
  invalid('Message Structure - No default entry in JSON message body');
}

function checkAttribute([name, value]: [string, MessageAttributeValue]): [string, string] {
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) {
    throw simError('ParameterValueInvalid', 400, `The message attribute name '${name}' is invalid`);
  }
  if (value.DataType === undefined || !value.StringValue) {
    throw simError('ParameterValueInvalid', 400, `The message attribute '${name}' must contain a non-empty value.`);
  }
  return [name, value.StringValue];
}

function checkMessage(input: PublishInput): string {
  const message = input.Message ?? '';
  if (message === '') invalid('Empty message');
  if (Buffer.byteLength(message) > MOST_BYTES) invalid('Message too long');
  const subject = input.Subject;
  if (subject !== undefined && (subject.length >= SUBJECT_BELOW || !SUBJECT.test(subject))) invalid('Subject');
  if (input.MessageStructure === 'json') checkStructure(message);
  return message;
}

function publish(account: Account, input: PublishInput): PublishResponse {
  const topic = findTopic(account, input.TopicArn);
  const message = checkMessage(input);
  const attributes = Object.fromEntries(Object.entries(input.MessageAttributes ?? {}).map(checkAttribute));
  const messageId = account.newUuid();
  account.state.sns.published.push({
    messageId,
    topicArn: topic.arn,
    atMs: account.clock.nowMs(),
    ...(input.Subject === undefined ? {} : { subject: input.Subject }),
    message,
    ...(input.MessageStructure === undefined ? {} : { messageStructure: input.MessageStructure }),
    attributes,
  });
  return { MessageId: messageId };
}

function listSubscriptions(account: Account, input: ListSubscriptionsByTopicInput): ListSubscriptionsByTopicResponse {
  const topic = findTopic(account, input.TopicArn);
  const page = pageOf(topic.subscriptions, { token: input.NextToken, size: PAGE, invalid: 'InvalidParameter' });
  return {
    Subscriptions: page.items.map(({ protocol, endpoint, confirmed }, index) => ({
      SubscriptionArn: confirmed
        ? `${topic.arn}:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
        : 'PendingConfirmation',
      TopicArn: topic.arn,
      Owner: account.accountId,
      Protocol: protocol,
      Endpoint: endpoint,
    })),
    NextToken: page.next,
  };
}

/** A topic with its subscriptions; gives its ARN. */
export function addTopic(account: Account, name: string, subscriptions: SimTopic['subscriptions'] = []): string {
  const arn = `arn:aws:sns:${account.region}:${account.accountId}:${name}`;
  account.state.sns.topics[arn] = { arn, subscriptions };
  return arn;
}

export const snsHandlers: Handlers = {
  'SNS.Publish': publish,
  'SNS.ListSubscriptionsByTopic': listSubscriptions,
};
