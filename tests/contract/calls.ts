import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as efs from '@aws-sdk/client-efs';
import * as iam from '@aws-sdk/client-iam';
import type { ServiceName } from './case.ts';

const PACKAGES: Readonly<Record<ServiceName, object>> = {
  CloudWatch: cloudWatch,
  EC2: ec2,
  ECS: ecs,
  EFS: efs,
  IAM: iam,
};

export const CLIENTS = {
  CloudWatch: cloudWatch.CloudWatchClient,
  EC2: ec2.EC2Client,
  ECS: ecs.ECSClient,
  EFS: efs.EFSClient,
  IAM: iam.IAMClient,
} as const;

interface AnyClient {
  readonly send: (command: never) => Promise<unknown>;
}

/** Sends the operation of that name. */
export async function send(client: object, service: ServiceName, operation: string, input: object): Promise<unknown> {
  const commands = PACKAGES[service] as Readonly<Record<string, new (input: object) => unknown>>;
  const Command = commands[`${operation}Command`];
  if (!Command) throw new Error(`${service} has no ${operation}`);
  return (client as AnyClient).send(new Command(input) as never);
}
