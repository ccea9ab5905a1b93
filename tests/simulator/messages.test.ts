import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  ParameterNotFound,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { createAccount } from '../../lib/simulator/account.ts';
import { addTopic } from '../../lib/simulator/services/sns.ts';

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'ok',
    (error: unknown) => error,
  );
}

function withTopic() {
  const account = createAccount();
  const TopicArn = addTopic(account, 'alerts', [{ protocol: 'email', endpoint: 'ops@example.com', confirmed: false }]);
  return { account, sns: account.client(SNSClient), TopicArn };
}

test('a published message is kept with its attributes', async () => {
  const { account, sns, TopicArn } = withTopic();
  const MessageAttributes = { severity: { DataType: 'String', StringValue: 'high' } };
  await sns.send(
    new PublishCommand({ TopicArn, Subject: 'billing: mount repaired', Message: 'text', MessageAttributes }),
  );
  expect(account.state.sns.published).toMatchObject([
    { topicArn: TopicArn, subject: 'billing: mount repaired', message: 'text', attributes: { severity: 'high' } },
  ]);
});

test.each([
  ['a subject of 100 characters', { Subject: 'x'.repeat(100) }],
  ['a subject with a line break', { Subject: 'a\nb' }],
  ['a subject beyond ASCII', { Subject: 'Größe' }],
  ['no text', { Message: '' }],
  ['a text above 256 kB', { Message: 'x'.repeat(262_145) }],
  ['a structure without a default', { MessageStructure: 'json', Message: '{"email":"x"}' }],
])('a message with %s is refused', async (_what, members) => {
  const { account, sns, TopicArn } = withTopic();
  const error = await caught(sns.send(new PublishCommand({ TopicArn, Message: 'text', ...members })));
  expect(error).toBeInstanceOf(InvalidParameterException);
  expect(account.state.sns.published).toEqual([]);
});

test('an attribute needs a value, and a topic has to be there', async () => {
  const { sns, TopicArn } = withTopic();
  const MessageAttributes = { family: { DataType: 'String', StringValue: '' } };
  const publish = (input: object) => caught(sns.send(new PublishCommand({ TopicArn, Message: 'text', ...input })));
  expect(await publish({ MessageAttributes })).toMatchObject({ name: 'InvalidParameterValueException' });
  expect(await publish({ TopicArn: `${TopicArn}-x` })).toMatchObject({ name: 'NotFoundException' });
});

test('a subscription that nobody confirmed shows as pending', async () => {
  const { sns, TopicArn } = withTopic();
  const listed = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(listed.Subscriptions?.map((one) => one.SubscriptionArn)).toEqual(['PendingConfirmation']);
});

test('a parameter has versions, and is not overwritten unasked', async () => {
  const account = createAccount();
  const ssm = account.client(SSMClient);
  const Name = '/mountkeeper/mode';
  const put = (Value: string, Overwrite: boolean) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite }));
  await put('repair', false);
  expect(await caught(put('off', false))).toMatchObject({ name: 'ParameterAlreadyExists' });
  await put('off', true);
  const read = await ssm.send(new GetParameterCommand({ Name }));
  expect(read.Parameter).toMatchObject({ Value: 'off', Version: 2 });
  expect(await caught(ssm.send(new GetParameterCommand({ Name: '/other' })))).toBeInstanceOf(ParameterNotFound);
});

test('parameters below a path come ten a page, by name, children only or all', async () => {
  const account = createAccount();
  const ssm = account.client(SSMClient);
  for (let index = 0; index < 12; index += 1) {
    await ssm.send(new PutParameterCommand({ Name: `/mk/v${index}/path`, Value: 'x', Type: 'String' }));
  }
  await ssm.send(new PutParameterCommand({ Name: '/mk/top', Value: 'x', Type: 'String' }));
  const pages = async (Recursive: boolean) => {
    const sizes: number[] = [];
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: '/mk', Recursive })) {
      sizes.push(page.Parameters?.length ?? 0);
    }
    return sizes;
  };
  expect([await pages(true), await pages(false)]).toEqual([[10, 3], [1]]);
});

test('names that are not there come back as invalid, ten names a call at most', async () => {
  const account = createAccount();
  const ssm = account.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: '/a', Value: 'x', Type: 'String' }));
  const read = await ssm.send(new GetParametersCommand({ Names: ['/a', '/b'] }));
  const gone = await ssm.send(new DeleteParametersCommand({ Names: ['/a', '/b'] }));
  const Names = Array.from({ length: 11 }, (_, index) => `/n${index}`);
  expect([read.InvalidParameters, gone.DeletedParameters, gone.InvalidParameters]).toEqual([['/b'], ['/a'], ['/b']]);
  expect(await caught(ssm.send(new GetParametersCommand({ Names })))).toMatchObject({ name: 'ValidationException' });
});

test('log events are found by term, time and stream, in pages', async () => {
  const account = createAccount();
  const logs = account.client(CloudWatchLogsClient);
  const event = (atMs: number, message: string, stream = 'web/1') => ({ stream, atMs, message });
  account.state.logs.groups['/ecs/billing'] = {
    name: '/ecs/billing',
    tags: { 'mountkeeper:allow': 'true' },
    events: [
      event(1_000, 'open /data/x: Permission denied'),
      event(2_000, 'mkdir /data: Permission denied', 'web/2'),
      event(3_000, 'all is well'),
      event(9_000, 'open /data/y: Permission denied'),
    ],
  };
  const find = async (members: object) => {
    const input = { logGroupName: '/ecs/billing', endTime: 9_000, ...members };
    const answer = await logs.send(new FilterLogEventsCommand(input));
    return [answer.events?.map((one) => one.timestamp), answer.nextToken !== undefined];
  };
  expect(await find({ filterPattern: '"Permission denied"' })).toEqual([[1_000, 2_000], false]);
  expect(await find({ filterPattern: '"Permission denied" -mkdir' })).toEqual([[1_000], false]);
  expect(await find({ filterPattern: '?mkdir ?well' })).toEqual([[2_000, 3_000], false]);
  expect(await find({ logStreamNames: ['web/2'] })).toEqual([[2_000], false]);
  expect(await find({ limit: 1 })).toEqual([[1_000], true]);
});

test('the tags of a log group are read by the ARN without its ending', async () => {
  const account = createAccount();
  const logs = account.client(CloudWatchLogsClient);
  account.state.logs.groups['/ecs/billing'] = { name: '/ecs/billing', tags: { a: 'b' }, events: [] };
  const [group] = (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' }))).logGroups ?? [];
  const tags = (resourceArn: string | undefined) => logs.send(new ListTagsForResourceCommand({ resourceArn }));
  expect((await tags(group?.logGroupArn)).tags).toEqual({ a: 'b' });
  expect(await caught(tags(group?.arn))).toMatchObject({ name: 'InvalidParameterException' });
});

test('a function is invoked through the hook, and its failure is an answer', async () => {
  const account = createAccount();
  const lambda = account.client(LambdaClient);
  const invoke = (FunctionName: string) =>
    lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{"task":"t"}') }));
  expect(await caught(invoke('remediate'))).toMatchObject({ name: 'ResourceNotFoundException' });
  account.invoke = async (name, payload) => {
    if (name === 'broken') throw new TypeError('no');
    return { name, payload };
  };
  const good = await invoke('remediate');
  const bad = await invoke('broken');
  expect(JSON.parse(good.Payload?.transformToString() ?? '')).toEqual({ name: 'remediate', payload: { task: 't' } });
  expect([bad.FunctionError, JSON.parse(bad.Payload?.transformToString() ?? '')]).toEqual([
    'Unhandled',
    { errorType: 'TypeError', errorMessage: 'no' },
  ]);
});

test('queues and rules are described as they stand', async () => {
  const account = createAccount();
  const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead';
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
  account.state.sqs.queues[QueueUrl] = { url: QueueUrl, arn, attributes: { ApproximateNumberOfMessages: '3' } };
  account.state.events.rules['stopped'] = { name: 'stopped', eventBusName: 'default', pattern: '{}', state: 'ENABLED' };
  const queue = await account
    .client(SQSClient)
    .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }));
  const rule = await account.client(EventBridgeClient).send(new DescribeRuleCommand({ Name: 'stopped' }));
  expect([queue.Attributes, rule.State]).toEqual([{ ApproximateNumberOfMessages: '3' }, 'ENABLED']);
});
