import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTasksCommand, RunTaskCommand, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Clients } from './clients.ts';
import type { Estate } from './estate.ts';
import { ROOT } from './stand/places.ts';

type Json = Readonly<Record<string, unknown>>;

const MOUNT_FAILED = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ';

/** What the mount helper prints; wordings as of efs-utils v3. */
export const STDERR = {
  timedOut: "b'mount.nfs4: Connection timed out'",
  denied: "b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'",
  noMountTarget: (fileSystemId: string, region: string) =>
    `Failed to resolve "${fileSystemId}.efs.${region}.amazonaws.com" - check that your file system ID is correct, and ensure ` +
    'that the VPC has an EFS mount target for this file system ID. See ' +
    'https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. Attempting to lookup mount target ip address ' +
    'using botocore. Failed to import necessary dependency botocore, please install botocore first.',
};

/** Runs a task of the estate that fails to start: neither emulator mounts anything, so the test says what it died of. */
export async function failTask({ ecs }: Clients, estate: Estate, stderr: string, zone: 0 | 1 = 0): Promise<Task> {
  const { cluster, family, subnetIds, clientGroupId } = estate;
  const networkConfiguration = {
    awsvpcConfiguration: { subnets: [subnetIds[zone]], securityGroups: [clientGroupId] },
  };
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({ cluster, taskDefinition: family, launchType: 'FARGATE', networkConfiguration }),
  );
  const task = tasks[0]?.taskArn ?? '';
  const reason = `${MOUNT_FAILED}${stderr} : unsuccessful EFS utils command execution; code: 32`;
  await ecs.send(new StopTaskCommand({ cluster, task, reason }));
  const described = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }));
  const [stopped] = described.tasks ?? [];
  if (!stopped) throw new Error(`no task ${task}`);
  return stopped;
}

/** The event that ECS sends about a task that failed to start: the sample's frame around the emulator's task. */
export function stopEvent(estate: Estate, task: Task): Json {
  const sample = sampleEvent('ecs-task-stopped');
  const detail = sample['detail'] as Json;
  const now = new Date().toISOString();
  const [attachment] = task.attachments ?? [];
  const { startedAt: _never, ...rest } = detail;
  return {
    ...rest,
    attachments: [{ id: attachment?.id, type: 'eni', status: 'DELETED', details: attachment?.details }],
    availabilityZone: task.availabilityZone,
    clusterArn: task.clusterArn,
    containers: [],
    createdAt: now,
    stoppingAt: now,
    stoppedAt: now,
    updatedAt: now,
    group: `service:${estate.family}`,
    overrides: {},
    stoppedReason: task.stoppedReason,
    stopCode: 'TaskFailedToStart',
    taskArn: task.taskArn,
    taskDefinitionArn: task.taskDefinitionArn,
  };
}

export function sampleEvent(name: string): Json {
  return JSON.parse(readFileSync(join(ROOT, 'events', `${name}.json`), 'utf8')) as Json;
}

interface Envelope {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Json;
}

export async function putEvent({ events }: Clients, { source, detailType, detail }: Envelope): Promise<void> {
  const Entries = [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }];
  const { FailedEntryCount, Entries: answers } = await events.send(new PutEventsCommand({ Entries }));
  if (FailedEntryCount) throw new Error(`EventBridge refused the event: ${JSON.stringify(answers)}`);
}

export async function putStop(clients: Clients, estate: Estate, task: Task): Promise<void> {
  const detail = stopEvent(estate, task);
  await putEvent(clients, { source: 'aws.ecs', detailType: 'ECS Task State Change', detail });
}

/** A call as CloudTrail tells it: the sample's frame around what was asked and answered. */
export async function putCall(
  clients: Clients,
  sample: string,
  changes: { readonly requestParameters?: Json; readonly responseElements?: Json | null },
): Promise<void> {
  const event = sampleEvent(sample);
  const detail = {
    ...(event['detail'] as Json),
    ...changes,
    eventID: randomUUID(),
    eventTime: new Date().toISOString(),
  };
  await putEvent(clients, { source: String(event['source']), detailType: String(event['detail-type']), detail });
}
