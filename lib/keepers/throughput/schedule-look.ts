import type { FileSystem } from '../../domain/efs.ts';
import { type Fact, present } from '../../domain/fact.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { World } from '../../world.ts';
import type { ThroughputInput } from './parse.ts';
import { isUnsure } from './schedule-journal.ts';
import { BALANCE, IO_LIMIT, olderSeries, recentSeries, USE } from './schedule-metrics.ts';
import { type Candidate, inQuestion, needOf } from './schedule-need.ts';
import type { Series } from './schedule-points.ts';
import { MINUTE_MS, rowOf, type Shards, type WatchRow } from './schedule-row.ts';
import { type Around, type Verdict, verdictOf, type Watched } from './schedule-verdict.ts';

export interface Eyes {
  readonly input: ThroughputInput;
  readonly shards: Shards;
  readonly around: Around;
  readonly world: World;
}

export interface Looked {
  readonly verdicts: readonly Verdict[];
  readonly laterMs: number;
  readonly trouble?: string;
}

const IO_EVERY_MS = 60 * MINUTE_MS;
/** With the balance and the limit of operations of each, as many as fit in one call of CloudWatch (500 metrics). */
const PAGE = 250;
/** Two weeks are large: three answers of 100,800 points. */
const OLDER_PAGE = 25;
/** The rest comes in the next run, a minute later, those nearest to the end first. */
const IN_QUESTION_AT_MOST = 200;
/** Longer than the lock, so that a change whose memory was lost is still found. */
const LOOK_BACK_MS = 26 * 60 * MINUTE_MS;
/** As long as a run that is still at it may take to be remembered. */
const JUST_NOW_MS = 10 * MINUTE_MS;

/**
 * The balance of all that are due, a page at a time; then all there is of those whose credits are in question, and the journal
 * of the few that need it. A page is judged before the next is asked for, so that memory holds one page of points.
 */
export async function lookAt(due: readonly FileSystem[], eyes: Eyes): Promise<Looked> {
  const verdicts: Verdict[] = [];
  let asked: readonly Candidate[] = [];
  let left = 0;
  for (const page of pagesOf(due, PAGE)) {
    const seen = await balancesOf(page, eyes);
    if (seen.state !== 'present') return troubled(seen, eyes);
    const [open, calm] = inQuestion(seen.value);
    verdicts.push(...(await Promise.all(calm.map((one) => judged(one, [one.recent], eyes)))));
    const byNeed = [...asked, ...open].sort((one, other) => one.need - other.need);
    asked = byNeed.slice(0, IN_QUESTION_AT_MOST);
    left += byNeed.length - asked.length;
  }
  for (const page of pagesOf(asked, OLDER_PAGE)) {
    const seen = await inFull(page, eyes);
    if (seen.state !== 'present') return troubled(seen, eyes);
    verdicts.push(...seen.value);
  }
  return { verdicts, laterMs: left > 0 ? eyes.around.nowMs + MINUTE_MS : Number.POSITIVE_INFINITY };
}

export function isIoDue(row: WatchRow, nowMs: number): boolean {
  return nowMs - row.ioCheckedMs >= IO_EVERY_MS;
}

function troubled(fact: Fact<unknown>, { around }: Eyes): Looked {
  const trouble = fact.state === 'unknown' ? fact.why : 'no metrics';
  return { verdicts: [], laterMs: around.nowMs + 5 * MINUTE_MS, trouble };
}

async function balancesOf(page: readonly FileSystem[], eyes: Eyes): Promise<Fact<readonly Candidate[]>> {
  const { shards, around, world, input } = eyes;
  const rows = page.map((fileSystem) => ({ fileSystem, row: rowOf(shards, fileSystem.id) }));
  const wanted = rows.map(({ fileSystem, row }) => ({
    fileSystemId: fileSystem.id,
    metrics: isIoDue(row, around.nowMs) ? [BALANCE, IO_LIMIT] : [BALANCE],
  }));
  const found = await recentSeries(wanted, around.nowMs, world);
  if (found.state !== 'present') return found;
  return present(
    rows.map(({ fileSystem, row }) => {
      const recent = found.value.get(fileSystem.id) ?? { periodMinutes: 1 };
      const need = input.fileSystemId === undefined ? needOf(fileSystem, row, recent) : 0;
      return { fileSystem, row, recent, need };
    }),
  );
}

async function inFull(page: readonly Candidate[], eyes: Eyes): Promise<Fact<readonly Verdict[]>> {
  const { nowMs } = eyes.around;
  const wanted = (metrics: typeof USE) => page.map(({ fileSystem }) => ({ fileSystemId: fileSystem.id, metrics }));
  const use = await recentSeries(wanted(USE), nowMs, eyes.world);
  if (use.state !== 'present') return use;
  const older = await olderSeries(wanted([BALANCE, ...USE]), nowMs, eyes.world);
  if (older.state !== 'present') return older;
  const windowsOf = ({ fileSystem: { id }, recent }: Candidate): readonly Series[] => [
    { ...use.value.get(id), ...recent },
    older.value.get(id) ?? { periodMinutes: 1 },
  ];
  return present(await Promise.all(page.map((one) => judged(one, windowsOf(one), eyes))));
}

/** The journal is asked where the memory does not explain what is seen, and once more before anything is changed. */
async function judged(one: Candidate, windows: readonly Series[], eyes: Eyes): Promise<Verdict> {
  const { fileSystem, row } = one;
  const { around, world, input } = eyes;
  const target = input.target === undefined ? {} : { target: input.target };
  const watched: Watched = { fileSystem, row, entries: [], ...target };
  const knowing = (entries: readonly JournalEntry[]) => verdictOf({ ...watched, entries }, windows, around);
  if (isUnsure(fileSystem, row)) return knowing(await entriesOf(fileSystem.id, LOOK_BACK_MS, world));
  const verdict = knowing([]);
  if (verdict.step === undefined) return verdict;
  const entries = await entriesOf(fileSystem.id, JUST_NOW_MS, world);
  return entries.length === 0 ? verdict : knowing(entries);
}

function entriesOf(resource: string, backMs: number, world: World): Promise<readonly JournalEntry[]> {
  return world.ledger.changes({ resource, sinceMs: world.nowMs() - backMs });
}

function pagesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, page) => all.slice(page * size, (page + 1) * size));
}
