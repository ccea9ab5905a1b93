import { lockEndOf } from './lock.ts';
import type { ThroughputMemory } from './memory.ts';
import type { Refusal } from './terms.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

interface Reaction {
  readonly quietMinutes: number;
  readonly why: string;
  /** How long not to ask for as much again. */
  readonly smallerForMs?: number;
}

/** EFS API reference, UpdateFileSystem, Errors. A lock is not in the table: it carries its own end. */
const REACTIONS: Readonly<Record<string, Reaction>> = {
  InsufficientThroughputCapacity: {
    quietMinutes: 2,
    why: 'AWS lacks capacity for this amount',
    smallerForMs: 4 * 3_600_000,
  },
  ThroughputLimitExceeded: {
    quietMinutes: 2,
    why: 'the amount is above the account’s limit',
    smallerForMs: 30 * DAY_MS,
  },
  IncorrectFileSystemLifeCycleState: { quietMinutes: 1, why: 'another change is under way' },
  FileSystemNotFound: { quietMinutes: 1440, why: 'the file system is gone' },
  BadRequest: { quietMinutes: 1440, why: 'AWS calls the request invalid' },
  ValidationException: { quietMinutes: 1440, why: 'AWS calls the request invalid' },
  AccessDenied: { quietMinutes: 60, why: 'the role may not change this file system' },
  InternalServerError: { quietMinutes: 5, why: 'AWS failed for a moment' },
  Throttling: { quietMinutes: 5, why: 'the EFS API is throttled' },
};
const UNKNOWN: Reaction = { quietMinutes: 30, why: 'AWS refused for a reason that is not known here' };

/** Takes a refusal to heart, so that the same is not asked again before it can succeed. */
export function afterRefusal(memory: ThroughputMemory, refusal: Refusal, now: number): ThroughputMemory {
  const { pending } = memory;
  const told = `${refusal.error}: ${refusal.message}`;
  if (/TooManyRequests|24.?hours?\b/i.test(told) || lockEndOf(refusal.message) !== null)
    return { ...memory, ...lockedBy(refusal, memory, now), pending: null };
  const name = Object.keys(REACTIONS).find((error) => told.includes(error));
  const reaction = name === undefined ? UNKNOWN : (REACTIONS[name] ?? UNKNOWN);
  const { smallerForMs } = reaction;
  const isAmount = pending !== null && pending.mibps > 0;
  const smaller =
    smallerForMs !== undefined && isAmount
      ? { refusedMibps: { mibps: pending.mibps, untilMs: now + smallerForMs } }
      : {};
  // There is no smaller Elastic: the same would only be refused again.
  const quietMs = smallerForMs !== undefined && !isAmount ? smallerForMs : reaction.quietMinutes * MINUTE_MS;
  const quiet = { untilMs: now + quietMs, why: reaction.why };
  return { ...memory, ...smaller, pending: null, quiet };
}

function lockedBy(
  refusal: Refusal,
  memory: ThroughputMemory,
  now: number,
): Pick<ThroughputMemory, 'lockedUntilMs' | 'heldUntilMs'> {
  const told = lockEndOf(refusal.message);
  const since = Number.isFinite(refusal.at) ? refusal.at : now;
  const until = (told ?? since + DAY_MS) + MINUTE_MS;
  const leaving = memory.pending === null || memory.pending.from.mode === 'provisioned';
  return { lockedUntilMs: leaving ? until : memory.lockedUntilMs, heldUntilMs: until };
}
