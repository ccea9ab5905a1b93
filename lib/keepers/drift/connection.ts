import * as z from 'zod/mini';
import type { Self } from '../../world.ts';

const ACCESS_POINT = /^fsap-[0-9a-f]{8,40}$/;
const FILE_SYSTEM = /^fs-[0-9a-f]{8,40}$/;

const text = z.string();
const maybe = z.optional(z.nullable(text));

/**
 * EFS's own record that a client mounted: who, through which access point, from which address, with what permissions.
 * Source: https://docs.aws.amazon.com/efs/latest/ug/logging-using-cloudtrail.html
 */
const Connection = z.object({
  source: z.literal('aws.elasticfilesystem'),
  account: text,
  region: text,
  detail: z.object({
    eventName: z.enum(['NewClientConnection', 'UpdateClientConnection']),
    errorCode: maybe,
    eventTime: maybe,
    userIdentity: z.optional(z.nullable(z.object({ principalId: maybe, arn: maybe }))),
    resources: z.array(z.object({ type: maybe, ARN: maybe })),
    serviceEventDetails: z.object({
      sourceIpAddress: maybe,
      permissions: z.optional(
        z.nullable(z.object({ ClientMount: z.optional(z.boolean()), ClientRootAccess: z.optional(z.boolean()) })),
      ),
    }),
  }),
});

export interface Proof {
  readonly accessPointId: string;
  readonly fileSystemId: string;
  readonly address: string;
  /** The session's name: ECS names it for the task. */
  readonly session: string;
  readonly at: string;
}

export function parseConnection(event: unknown, self: Self): Proof | { readonly why: string } {
  const read = Connection.safeParse(event);
  if (!read.success) return { why: 'not a client connection of EFS' };
  const { account, region, detail } = read.data;
  if (account !== self.accountId || region !== self.region) return { why: 'the event is of another account or Region' };
  if (detail.errorCode || detail.serviceEventDetails.permissions?.ClientMount === false)
    return { why: 'the client was not admitted' };
  const accessPointId = resourceOf(detail.resources, 'AWS::EFS::AccessPoint') ?? '';
  const fileSystemId = resourceOf(detail.resources, 'AWS::EFS::FileSystem') ?? '';
  if (!ACCESS_POINT.test(accessPointId) || !FILE_SYSTEM.test(fileSystemId))
    return { why: 'the client connected without an access point' };
  return {
    accessPointId,
    fileSystemId,
    address: detail.serviceEventDetails.sourceIpAddress ?? '',
    session: sessionOf(detail.userIdentity),
    at: detail.eventTime ?? '',
  };
}

function resourceOf(
  resources: readonly { readonly type?: string | null | undefined; readonly ARN?: string | null | undefined }[],
  type: string,
): string | undefined {
  return resources
    .find((one) => one.type === type)
    ?.ARN?.split('/')
    .at(-1);
}

function sessionOf(identity: { readonly principalId?: string | null | undefined } | null | undefined): string {
  return identity?.principalId?.split(':')[1] ?? '';
}
