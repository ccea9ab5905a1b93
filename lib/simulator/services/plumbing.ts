import type { DescribeRuleRequest, DescribeRuleResponse } from '@aws-sdk/client-eventbridge';
import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import type { GetQueueAttributesRequest, GetQueueAttributesResult } from '@aws-sdk/client-sqs';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import type { Account, Handlers } from '../account.ts';
import { simError } from '../errors.ts';

function payloadOf(input: InvocationRequest): unknown {
  const bytes = input.Payload;
  if (bytes === undefined) return {};
  try {
    return JSON.parse(Buffer.from(bytes as Uint8Array).toString('utf8'));
  } catch {
    throw simError('InvalidRequestContentException', 400, 'Could not parse request body into json');
  }
}

/** A function that throws is a call that succeeds with `FunctionError`. */
async function run(work: () => Promise<unknown>): Promise<InvocationResponse> {
  try {
    const result = await work();
    return { StatusCode: 200, Payload: Uint8ArrayBlobAdapter.fromString(JSON.stringify(result ?? null)) };
  } catch (error) {
    const { name, message } = error as Error;
    const text = JSON.stringify({ errorType: name, errorMessage: message });
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Uint8ArrayBlobAdapter.fromString(text) };
  }
}

/** Answered by the account's `invoke` hook. An asynchronous call is over before the answer, its result is dropped. */
async function invoke(account: Account, input: InvocationRequest): Promise<InvocationResponse> {
  const name = input.FunctionName?.split(':function:').at(-1)?.split(':')[0] ?? '';
  const { invoke: hook } = account;
  if (hook === undefined) throw simError('ResourceNotFoundException', 404, `Function not found: ${name}`);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
  const payload = payloadOf(input);
  const result = await run(() => hook(name, payload));
  return input.InvocationType === 'Event' ? { StatusCode: 202 } : result;
}

function queueAttributes(account: Account, input: GetQueueAttributesRequest): GetQueueAttributesResult {
  const queue = account.state.sqs.queues[input.QueueUrl ?? ''];
  if (queue === undefined) throw simError('QueueDoesNotExist', 400, 'The specified queue does not exist.');
  const names = input.AttributeNames ?? [];
  const all: Readonly<Record<string, string>> = { QueueArn: queue.arn, ...queue.attributes };
  const asked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name as never));
  return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
}

function describeRule(account: Account, input: DescribeRuleRequest): DescribeRuleResponse {
  const rule = account.state.events.rules[input.Name ?? ''];
  const bus = input.EventBusName ?? 'default';
  if (rule === undefined || rule.eventBusName !== bus) {
    throw simError('ResourceNotFoundException', 400, `Rule ${input.Name} does not exist on EventBus ${bus}.`);
  }
  return {
    Name: rule.name,
    Arn: `arn:aws:events:${account.region}:${account.accountId}:rule/${rule.name}`,
    EventBusName: bus,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
  };
}

/** What functions hang on: how they are called, and where their failures go. */
export const plumbingHandlers: Handlers = {
  'Lambda.Invoke': invoke,
  'SQS.GetQueueAttributes': queueAttributes,
  'EventBridge.DescribeRule': describeRule,
};
