import type { FileSystem } from '../../domain/efs.ts';
import { type Fact, present } from '../../domain/fact.ts';
import { TAG, TAG_PREFIX } from '../../domain/tags.ts';
import type { Settings } from '../../settings.ts';
import type { World } from '../../world.ts';
import { sameSetting } from './memory.ts';
import type { ThroughputInput } from './parse.ts';
import { purseOf } from './schedule-budget.ts';
import { settingIn } from './schedule-journal.ts';
import { lookAt } from './schedule-look.ts';
import { allRows, NEXT, NEXT_ROOM, ROOM, rowOf, type Shards, SLACK_MS } from './schedule-row.ts';
import { pricesOf } from './schedule-settings.ts';
import { type Around, sizeGibOf, type Verdict } from './schedule-verdict.ts';

export interface ThroughputFacts {
  readonly input: ThroughputInput;
  readonly around: Around;
  /** What the policy makes of each that was due: its points are too many to be carried along. */
  readonly verdicts: readonly Verdict[];
  readonly shards: Shards;
  /** Why nothing could be looked at. */
  readonly trouble?: string;
  /** Every file system of the account; absent where nothing was due, or only one was asked for. */
  readonly listed?: ReadonlySet<string>;
  /** When what was left out of this run is due. */
  readonly laterMs: number;
}

export interface Looking {
  readonly world: World;
  readonly settings: Settings;
}

/** A run in which nothing is due reads one row and ends. */
export async function gather(input: ThroughputInput, looking: Looking): Promise<ThroughputFacts> {
  const { world, settings } = looking;
  const nowMs = world.nowMs();
  const nextMs = input.fileSystemId === undefined ? await world.ledger.recall(NEXT_ROOM, NEXT) : undefined;
  if (typeof nextMs === 'number' && nextMs > nowMs + SLACK_MS) return nothing(input, { settings, nowMs, nextMs });
  const [listing, rooms] = await Promise.all([listingOf(input, world), world.ledger.recallAll(ROOM)]);
  const shards = rooms as Shards;
  if (listing.state !== 'present') {
    const trouble = listing.state === 'absent' ? 'there is no such file system' : listing.why;
    return { ...nothing(input, { settings, nowMs, nextMs: nowMs }), shards, trouble };
  }
  const around = aroundOf(listing.value, shards, { settings, nowMs });
  const chosen = listing.value.filter((one) => input.fileSystemId !== undefined || isWatched(one));
  const due = chosen.filter((one) => input.fileSystemId !== undefined || isDue(one, shards, nowMs));
  const looked = await lookAt(due, { input, shards, around, world });
  const laterMs = Math.min(looked.laterMs, ...laterOf(chosen, due, shards));
  const base = { input, around, shards, laterMs };
  const listed = input.fileSystemId === undefined ? { listed: new Set(listing.value.map(({ id }) => id)) } : {};
  if (looked.trouble !== undefined) return { ...base, ...listed, verdicts: [], trouble: looked.trouble };
  return { ...base, ...listed, verdicts: looked.verdicts };
}

/** Whoever never set a tag of ours is not watched, and who said `off` is left alone. */
function isWatched({ tags, state }: FileSystem): boolean {
  const isThere = state === 'available' || state === 'updating';
  return isThere && tags[TAG.throughput] !== 'off' && Object.keys(tags).some((tag) => tag.startsWith(TAG_PREFIX));
}

/** Also when it is found in another setting than it was left in: calm ones are not looked at for hours. */
function isDue(fileSystem: FileSystem, shards: Shards, nowMs: number): boolean {
  const { dueMs, memory } = rowOf(shards, fileSystem.id);
  return dueMs <= nowMs + SLACK_MS || (memory?.seen != null && !sameSetting(memory.seen, settingIn(fileSystem)));
}

function laterOf(chosen: readonly FileSystem[], due: readonly FileSystem[], shards: Shards): readonly number[] {
  const now = new Set(due);
  let least = Number.POSITIVE_INFINITY;
  for (const one of chosen) if (!now.has(one)) least = Math.min(least, rowOf(shards, one.id).dueMs);
  return [least];
}

async function listingOf({ fileSystemId }: ThroughputInput, world: World): Promise<Fact<readonly FileSystem[]>> {
  if (fileSystemId === undefined) return world.efs.fileSystems();
  const one = await world.efs.fileSystem(fileSystemId);
  return one.state === 'present' ? present([one.value]) : one;
}

interface Now {
  readonly settings: Settings;
  readonly nowMs: number;
}

function aroundOf(listing: readonly FileSystem[], shards: Shards, { settings, nowMs }: Now): Around {
  const sizes = new Map(listing.map((one) => [one.id, sizeGibOf(one)]));
  const rows = allRows(shards).map(([id, row]) => ({ row, sizeGib: sizes.get(id) ?? 0 }));
  const monthlyUsd = Number(settings.throughputMonthlyUsd);
  const usdPerMibpsMonth = pricesOf(settings).provisionedUsdPerMibpsMonth;
  return { nowMs, settings, purse: purseOf(rows, { monthlyUsd, usdPerMibpsMonth, nowMs }) };
}

function nothing(
  input: ThroughputInput,
  { settings, nowMs, nextMs }: Now & { readonly nextMs: number },
): ThroughputFacts {
  return {
    input,
    around: aroundOf([], new Map(), { settings, nowMs }),
    verdicts: [],
    shards: new Map(),
    laterMs: nextMs,
  };
}
