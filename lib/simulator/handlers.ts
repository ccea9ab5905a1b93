import type { Handlers } from './account.ts';
import { cloudtrailHandlers } from './services/cloudtrail.ts';
import { cloudwatchHandlers } from './services/cloudwatch.ts';
import { dynamodbHandlers } from './services/dynamodb.ts';
import { ec2Handlers } from './services/ec2.ts';
import { ecsHandlers } from './services/ecs.ts';
import { efsHandlers } from './services/efs.ts';
import { iamHandlers } from './services/iam.ts';
import { logsHandlers } from './services/logs.ts';
import { plumbingHandlers } from './services/plumbing.ts';
import { snsHandlers } from './services/sns.ts';
import { ssmHandlers } from './services/ssm.ts';
import { taggingHandlers } from './services/tagging.ts';

export type AccountHandlers = Handlers;

/** Every call that the account answers. */
export const accountHandlers: Handlers = {
  ...cloudtrailHandlers,
  ...cloudwatchHandlers,
  ...dynamodbHandlers,
  ...ec2Handlers,
  ...ecsHandlers,
  ...efsHandlers,
  ...iamHandlers,
  ...logsHandlers,
  ...plumbingHandlers,
  ...snsHandlers,
  ...ssmHandlers,
  ...taggingHandlers,
};
