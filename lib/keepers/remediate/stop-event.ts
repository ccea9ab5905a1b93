import * as z from 'zod/mini';

const text = z.string();
const maybe = z.optional(z.nullable(text));

const Attachment = z.object({
  type: maybe,
  details: z.optional(z.array(z.object({ name: text, value: maybe }))),
});

const Container = z.object({ name: maybe, reason: maybe, exitCode: z.optional(z.nullable(z.number())) });

/** The members of an `ECS Task State Change` that are read: an allow-list, since the rest may hold secrets in plain text. */
export const StopEvent = z.object({
  'detail-type': z.literal('ECS Task State Change'),
  source: z.literal('aws.ecs'),
  account: text,
  region: text,
  detail: z.object({
    taskArn: text,
    clusterArn: text,
    taskDefinitionArn: text,
    lastStatus: text,
    desiredStatus: maybe,
    stopCode: maybe,
    stoppedReason: maybe,
    startedAt: maybe,
    createdAt: maybe,
    stoppedAt: maybe,
    group: maybe,
    startedBy: maybe,
    launchType: maybe,
    platformVersion: maybe,
    availabilityZone: maybe,
    containerInstanceArn: maybe,
    version: z.optional(z.nullable(z.number())),
    attachments: z.optional(z.nullable(z.array(Attachment))),
    containers: z.optional(z.nullable(z.array(Container))),
  }),
});

export type StopDetail = z.infer<typeof StopEvent>['detail'];
