import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EFSClient } from '@aws-sdk/client-efs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Emulators } from './stand/emulators.ts';
import { REGION } from './stand/places.ts';

export type Clients = ReturnType<typeof plainClients>;

/** Clients of the tests, which Mountkeeper knows nothing of. A connection that broke is tried again, nothing for long. */
export function plainClients({ moto, ministack }: Pick<Emulators, 'moto' | 'ministack'>) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const at = (endpoint: string) => ({ endpoint, region: REGION, credentials, maxAttempts: 3 });
  return {
    cloudWatch: new CloudWatchClient(at(moto)),
    ec2: new EC2Client(at(moto)),
    ecs: new ECSClient(at(moto)),
    efs: new EFSClient(at(moto)),
    iam: new IAMClient(at(moto)),
    events: new EventBridgeClient(at(ministack)),
    lambda: new LambdaClient(at(ministack)),
    logs: new CloudWatchLogsClient(at(ministack)),
    sns: new SNSClient(at(ministack)),
    sqs: new SQSClient({ ...at(ministack), useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(at(ministack)),
  };
}
