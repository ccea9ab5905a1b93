import type { Handlers } from './account.ts';
import { dynamodbHandlers } from './services/dynamodb.ts';
import { ec2Handlers } from './services/ec2.ts';
import { ecsHandlers } from './services/ecs.ts';
import { efsHandlers } from './services/efs.ts';
import { iamHandlers } from './services/iam.ts';

export type AccountHandlers = Handlers;

/** Every call that the account answers. */
export const accountHandlers: Handlers = {
  ...dynamodbHandlers,
  ...ec2Handlers,
  ...ecsHandlers,
  ...efsHandlers,
  ...iamHandlers,
};
