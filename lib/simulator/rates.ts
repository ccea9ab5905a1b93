import type { Account, Call } from './account.ts';
import { simError } from './errors.ts';
import { refusal } from './faults.ts';

interface Bucket {
  readonly operations: RegExp;
  readonly burst: number;
  readonly perSecond: number;
}

/** Rates per account and Region. ECS: "Request throttling for the Amazon ECS API". EFS and IAM publish none. */
const BUCKETS: readonly Bucket[] = [
  { operations: /^ECS\.(Register|Deregister)TaskDefinition$/, burst: 20, perSecond: 1 },
  { operations: /^ECS\.(Describe|List)TaskDefinitions?$/, burst: 50, perSecond: 20 },
  { operations: /^ECS\.DeleteTaskDefinitions$/, burst: 5, perSecond: 1 },
  { operations: /^ECS\.(Untag|Tag)Resource$/, burst: 20, perSecond: 10 },
  { operations: /^ECS\.ListTagsForResource$/, burst: 50, perSecond: 20 },
  { operations: /^ECS\.(Create|Update|Delete)Service$/, burst: 50, perSecond: 5 },
  { operations: /^ECS\.((Describe|List)Services|DescribeTasks|ListTasks)$/, burst: 100, perSecond: 20 },
  { operations: /^ECS\.(RunTask|StopTask)$/, burst: 100, perSecond: 40 },
  { operations: /^CloudTrail\.LookupEvents$/, burst: 2, perSecond: 2 },
  { operations: /^CloudWatch\.GetMetricData$/, burst: 50, perSecond: 50 },
];

export interface RateMeter {
  take(name: string, nowMs: number): boolean;
}

/** Where rates are not enforced every call may pass. */
export function createRateMeter(enforced: boolean): RateMeter {
  const levels = new Map<Bucket, { tokens: number; atMs: number }>();
  return {
    take(name, nowMs) {
      const bucket = BUCKETS.find((one) => one.operations.test(name));
      if (bucket === undefined || !enforced) return true;
      const level = levels.get(bucket) ?? { tokens: bucket.burst, atMs: nowMs };
      const tokens = Math.min(bucket.burst, level.tokens + ((nowMs - level.atMs) / 1000) * bucket.perSecond);
      levels.set(bucket, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs });
      return tokens >= 1;
    },
  };
}

export function checkRate(account: Account, call: Call): void {
  if (account.rates.take(`${call.service}.${call.operation}`, account.clock.nowMs())) return;
  const [code, httpStatus] = refusal(call.service, 'throttle');
  throw simError(code, httpStatus, 'Rate exceeded');
}
