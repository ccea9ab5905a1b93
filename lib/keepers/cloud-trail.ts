import * as z from 'zod/mini';
import { roleNameOf } from '../domain/ids.ts';
import type { KeeperName } from '../keeper.ts';
import type { Self } from '../world.ts';

const text = z.string();
const maybe = z.optional(z.nullable(text));
const members = z.record(text, z.unknown());

/**
 * The members of a management event that are read: an allow-list, since requests and answers may hold secrets. They
 * stay unparsed here: shapes differ by call, and some are only derived from the API model.
 */
const TrailEvent = z.object({
  'detail-type': z.literal('AWS API Call via CloudTrail'),
  source: text,
  account: text,
  region: text,
  detail: z.object({
    eventName: text,
    eventTime: maybe,
    eventSource: maybe,
    errorCode: maybe,
    userAgent: maybe,
    sourceIPAddress: maybe,
    userIdentity: z.optional(
      z.nullable(
        z.object({
          type: maybe,
          arn: maybe,
          invokedBy: maybe,
          sessionContext: z.optional(
            z.nullable(z.object({ sessionIssuer: z.optional(z.nullable(z.object({ arn: maybe }))) })),
          ),
        }),
      ),
    ),
    requestParameters: z.optional(z.nullable(members)),
    responseElements: z.optional(z.nullable(members)),
  }),
});

/** A call that somebody made, as CloudTrail tells it; everything in it is a hint, never the ground for a change. */
export interface TrailCall {
  /** `ecs`, `elasticfilesystem` … */
  readonly service: string;
  readonly name: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Role or user; a service such as `cloudformation.amazonaws.com` where that called for somebody. */
  readonly principal: string;
  readonly userAgent: string;
  readonly sourceAddress: string;
  readonly at: string;
}

export type ReadCall =
  | { readonly kind: 'call'; readonly call: TrailCall }
  | { readonly kind: 'ignore'; readonly why: string };

/** Reads the envelope of a management event; foreign, failed and our own calls end here, each with its reason. */
export function readCall(event: unknown, self: Self): ReadCall {
  const read = TrailEvent.safeParse(event);
  if (!read.success) return ignore('not an AWS API Call via CloudTrail');
  const { account, region, detail, source } = read.data;
  if (account !== self.accountId || region !== self.region) return ignore('the event is of another account or Region');
  if (detail.errorCode) return ignore(`the call failed with ${detail.errorCode.slice(0, 60)}`);
  const issuer = detail.userIdentity?.sessionContext?.sessionIssuer?.arn ?? '';
  if (isOurRole(issuer, self)) return ignore('the call is our own');
  return {
    kind: 'call',
    call: {
      service: source.replace(/^aws\./, ''),
      name: detail.eventName,
      request: detail.requestParameters ?? {},
      answer: detail.responseElements ?? {},
      principal: issuer || detail.userIdentity?.arn || detail.userIdentity?.invokedBy || '',
      userAgent: detail.userAgent ?? '',
      sourceAddress: detail.sourceIPAddress ?? '',
      at: detail.eventTime ?? '',
    },
  };
}

const KEEPERS: Readonly<Record<KeeperName, true>> = {
  provision: true,
  remediate: true,
  drift: true,
  sweep: true,
  throughput: true,
  doctor: true,
  revert: true,
};

/** The role of one of this installation's functions, as `iam` role or as the session of one. */
export function isOurRole(arn: string, { accountId, region }: Self): boolean {
  const match = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(?:role|assumed-role)\/(.+)$/.exec(arn);
  if (match?.[1] !== accountId) return false;
  const name = arn.includes(':assumed-role/') ? (match[2]?.split('/')[0] ?? '') : roleNameOf(arn);
  return Object.keys(KEEPERS).some((keeper) => name === `mountkeeper-${keeper}-${region}`);
}

function ignore(why: string): ReadCall {
  return { kind: 'ignore', why };
}
