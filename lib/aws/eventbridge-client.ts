import { DescribeRuleCommand, type DescribeRuleCommandInput, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Setup } from './setup.ts';

export type EventBridgeApi = ReturnType<typeof createEventBridge>;

export function createEventBridge(setup: Setup) {
  const client = setup(EventBridgeClient);
  return { describeRule: (input: DescribeRuleCommandInput) => client.send(new DescribeRuleCommand(input)) };
}
