import { type ClientSettings, createSetup } from './setup.ts';

export type Clients = ReturnType<typeof createClients>;

/** A client is loaded when it is first used: its code is a file of its own in the bundle. */
export function createClients(settings: ClientSettings) {
  const setup = createSetup(settings);
  return {
    ecs: first(async () => (await import('./ecs-client.ts')).createEcs(setup)),
    efs: first(async () => (await import('./efs-client.ts')).createEfs(setup)),
    ec2: first(async () => (await import('./ec2-client.ts')).createEc2(setup)),
    iam: first(async () => (await import('./iam-client.ts')).createIam(setup)),
    trail: first(async () => (await import('./cloudtrail-client.ts')).createCloudTrail(setup)),
    metrics: first(async () => (await import('./cloudwatch-client.ts')).createCloudWatch(setup)),
    logs: first(async () => (await import('./logs-client.ts')).createLogs(setup)),
    tagging: first(async () => (await import('./tagging-client.ts')).createTagging(setup)),
    parameters: first(async () => (await import('./ssm-client.ts')).createSsm(setup)),
    events: first(async () => (await import('./eventbridge-client.ts')).createEventBridge(setup)),
    queues: first(async () => (await import('./sqs-client.ts')).createSqs(setup)),
    functions: first(async () => (await import('./lambda-client.ts')).createLambda(setup)),
    topics: first(async () => (await import('./sns-client.ts')).createSns(setup)),
    tables: first(async () => (await import('./dynamo-client.ts')).createDynamo(setup)),
  };
}

function first<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
