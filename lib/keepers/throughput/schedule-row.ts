import type { ThroughputMemory } from './memory.ts';

/** What the ledger holds of one file system between two looks. */
export interface WatchRow {
  readonly dueMs: number;
  readonly lookedMs: number;
  readonly memory?: ThroughputMemory;
  /** When each thing was last told, by what was said. */
  readonly told: Readonly<Record<string, number>>;
  readonly episode?: Episode;
  readonly ioCheckedMs: number;
  /** Since when CloudWatch has had nothing. */
  readonly missingSinceMs?: number;
}

/** One stay on provisioned throughput that we bought, and what would have come without it. */
export interface Episode {
  readonly sinceMs: number;
  readonly usd: number;
  readonly avoidedMinutes: number;
  /** The balance that Bursting mode would have now, and the last minute that was counted. */
  readonly shadowCreditMib: number;
  readonly countedMs: number;
}

export type Shards = ReadonlyMap<string, Readonly<Record<string, WatchRow>>>;

/** Rows of the ledger hold many file systems each: ten thousand are kept with some hundred writes. */
export const ROOM = 'throughput';
/** When anything is due next: most runs read this and end. */
export const NEXT_ROOM = 'throughput-next';
export const NEXT = 'due';

export const MINUTE_MS = 60_000;
/** A file system that gets its first tag is found within this time. */
export const LISTED_AGAIN_MS = 15 * MINUTE_MS;
/** What is due within half a minute is looked at now: the schedule comes once a minute. */
export const SLACK_MS = MINUTE_MS / 2;

export const NEW_ROW: WatchRow = { dueMs: 0, lookedMs: 0, told: {}, ioCheckedMs: 0 };

/** Ids are hexadecimal at random, so their end spreads them over 256 shards. */
export function shardOf(fileSystemId: string): string {
  return fileSystemId.slice(-2);
}

export function rowOf(shards: Shards, fileSystemId: string): WatchRow {
  return shards.get(shardOf(fileSystemId))?.[fileSystemId] ?? NEW_ROW;
}

export function allRows(shards: Shards): readonly (readonly [string, WatchRow])[] {
  return [...shards.values()].flatMap((shard) => Object.entries(shard));
}
