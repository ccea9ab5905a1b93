import type { FileSystem } from '../../domain/efs.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { World } from '../../world.ts';
import { allowanceOf, MIB } from './allowance.ts';
import type { ThroughputInput } from './parse.ts';
import { isUnsure, settingIn } from './schedule-journal.ts';
import { olderSeries, recentSeries } from './schedule-metrics.ts';
import { newestOf, type Series } from './schedule-points.ts';
import { MINUTE_MS, rowOf, type Shards, type WatchRow } from './schedule-row.ts';
import { type Around, sizeGibOf, verdictFor, type Watched } from './schedule-verdict.ts';

export interface Eyes {
  readonly input: ThroughputInput;
  readonly shards: Shards;
  readonly around: Around;
  readonly world: World;
}

export interface Looked {
  readonly watched: readonly Watched[];
  readonly laterMs: number;
  readonly trouble?: string;
}

const IO_EVERY_MS = 60 * MINUTE_MS;
/** With more of its bucket than this a file system lasts for hours even at its burst rate. */
const IN_QUESTION = 0.6;
/** Two weeks of points are large: the rest comes in the next run, a minute later, those nearest to the end first. */
const IN_QUESTION_AT_MOST = 200;
/** Longer than the lock, so that a change whose memory was lost is still found. */
const LOOK_BACK_MS = 26 * 60 * MINUTE_MS;
/** As long as a run that is still at it may take to be remembered. */
const JUST_NOW_MS = 10 * MINUTE_MS;

interface Candidate {
  readonly fileSystem: FileSystem;
  readonly row: WatchRow;
  readonly recent: Series;
}

/** One batch for all that are due, then two weeks for those whose credits are in question, then the journal of the few that need it. */
export async function lookAt(due: readonly FileSystem[], eyes: Eyes): Promise<Looked> {
  const { nowMs } = eyes.around;
  const wanted = due.map(({ id }) => ({ fileSystemId: id, withIoLimit: isIoDue(rowOf(eyes.shards, id), nowMs) }));
  const recent = await recentSeries(wanted, nowMs, eyes.world);
  if (recent.state !== 'present') return troubled(recent.state === 'unknown' ? recent.why : 'no metrics', nowMs);
  const candidates = due.map((fileSystem) => ({
    fileSystem,
    row: rowOf(eyes.shards, fileSystem.id),
    recent: recent.value.get(fileSystem.id) ?? { periodMinutes: 1 },
  }));
  const { inQuestion, calm, left } = sorted(candidates, eyes.input);
  const older = await olderSeries(
    inQuestion.map(({ fileSystem }) => ({ fileSystemId: fileSystem.id, withIoLimit: false })),
    nowMs,
    eyes.world,
  );
  if (older.state !== 'present') return troubled(older.state === 'unknown' ? older.why : 'no metrics', nowMs);
  const watched = await Promise.all(
    [...inQuestion, ...calm].map((one) => withJournal(one, older.value.get(one.fileSystem.id), eyes)),
  );
  return { watched, laterMs: left.length > 0 ? nowMs + MINUTE_MS : Number.POSITIVE_INFINITY };
}

export function isIoDue(row: WatchRow, nowMs: number): boolean {
  return nowMs - row.ioCheckedMs >= IO_EVERY_MS;
}

function troubled(trouble: string, nowMs: number): Looked {
  return { watched: [], laterMs: nowMs + 5 * MINUTE_MS, trouble };
}

function sorted(candidates: readonly Candidate[], input: ThroughputInput) {
  const shares = new Map(candidates.map((one) => [one, input.fileSystemId === undefined ? shareOf(one) : 0]));
  const asked = candidates.filter((one) => (shares.get(one) ?? 1) < IN_QUESTION);
  const byNeed = asked.toSorted((one, other) => (shares.get(one) ?? 0) - (shares.get(other) ?? 0));
  const chosen = new Set(byNeed.slice(0, IN_QUESTION_AT_MOST));
  return {
    inQuestion: [...chosen],
    calm: candidates.filter((one) => (shares.get(one) ?? 1) >= IN_QUESTION),
    left: byNeed.slice(IN_QUESTION_AT_MOST),
  };
}

/** How full the bucket is; what we have a hand in comes first. */
function shareOf({ fileSystem, row, recent }: Candidate): number {
  const { memory } = row;
  if (memory?.pending || memory?.ours || settingIn(fileSystem).mode === 'provisioned') return 0;
  const credit = newestOf(recent.credit);
  return credit === undefined ? 1 : credit / MIB / allowanceOf(sizeGibOf(fileSystem)).fullMib;
}

/** The journal is asked where the memory does not explain what is seen, and once more before anything is changed. */
async function withJournal(one: Candidate, older: Series | undefined, eyes: Eyes): Promise<Watched> {
  const { fileSystem, row, recent } = one;
  const { around, world, input } = eyes;
  const windows = older === undefined ? [recent] : [recent, older];
  const target = input.target === undefined ? {} : { target: input.target };
  const watched: Watched = { fileSystem, row, entries: [], windows, ...target };
  if (isUnsure(fileSystem, row)) return { ...watched, entries: await entriesOf(fileSystem.id, LOOK_BACK_MS, world) };
  if (verdictFor(watched, around).step === undefined) return watched;
  const entries = await entriesOf(fileSystem.id, JUST_NOW_MS, world);
  return entries.length === 0 ? watched : { ...watched, entries };
}

function entriesOf(resource: string, backMs: number, world: World): Promise<readonly JournalEntry[]> {
  return world.ledger.changes({ resource, sinceMs: world.nowMs() - backMs });
}
