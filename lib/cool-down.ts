import type { Go } from './keeper.ts';
import type { Occurrence } from './ledger/ledger.ts';
import type { Settled } from './settle.ts';
import type { World } from './world.ts';

/** How long a crash loop's further events are only counted after one was diagnosed. */
const COOL_DOWN_MS = 60_000;
const ROOM = 'recent';

export interface Recent {
  readonly atMs: number;
  readonly occurrences: readonly Occurrence[];
  /** Its own retry looks again: it is tried again since something of it failed, and be it the alert. */
  readonly run?: string;
}

interface Now {
  readonly world: World;
  readonly runId: string;
}

/** What this process counts of it. The last seconds of a storm may stay uncounted: the count tells people how much, not whether. */
interface Tally {
  pending: number;
  writes: number;
  writtenAtMs: number;
}

const SINGLY = 10;
const EVERY_MS = 5_000;
const MOST = 1_000;
const tallies = new WeakMap<Recent, Tally>();
/** What this process diagnosed or read itself, by fingerprint: a storm need not ask the ledger at each event. */
const here = new WeakMap<World, Map<string, Recent>>();

/** What came of the same trouble a moment ago, as this process knows it already. */
export function recentHere(parsed: Go<unknown>, { world, runId }: Now): Recent | undefined {
  if (parsed.fingerprint === undefined || parsed.dryRun) return undefined;
  const recent = here.get(world)?.get(parsed.fingerprint);
  return recent && isRecent(recent, { world, runId }) ? recent : undefined;
}

/** What came of it a moment ago, whoever diagnosed it then. */
export async function recentOf(parsed: Go<unknown>, { world, runId }: Now): Promise<Recent | undefined> {
  if (parsed.fingerprint === undefined || parsed.dryRun) return undefined;
  const recent = (await world.ledger.recall(ROOM, parsed.fingerprint)) as Recent | undefined;
  if (!recent || !isRecent(recent, { world, runId })) return undefined;
  keepHere(parsed.fingerprint, recent, world);
  return recent;
}

function isRecent({ atMs, run }: Recent, { world, runId }: Now): boolean {
  return run !== runId && world.nowMs() - atMs <= COOL_DOWN_MS;
}

function keepHere(fingerprint: string, recent: Recent, world: World): void {
  const known = here.get(world) ?? new Map<string, Recent>();
  here.set(world, known);
  known.delete(fingerprint);
  known.set(fingerprint, recent);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}

/** The incidents are counted up; nothing is read or told. The first ones singly, then once in some seconds for all. */
export async function countUp(recent: Recent, world: World): Promise<void> {
  const atMs = world.nowMs();
  const tally = tallies.get(recent) ?? { pending: 0, writes: 0, writtenAtMs: 0 };
  tallies.set(recent, tally);
  tally.pending += 1;
  if (tally.writes >= SINGLY && atMs - tally.writtenAtMs < EVERY_MS) return;
  const times = tally.pending;
  Object.assign(tally, { pending: 0, writes: tally.writes + 1, writtenAtMs: atMs });
  await Promise.all(recent.occurrences.map(({ id }) => world.ledger.count(id, { times, atMs })));
}

/** Remembers a diagnosis that changed nothing. After a change the next failure is news and is looked at again. */
export async function remindOf(
  parsed: Go<unknown>,
  { settled, world, runId }: Now & { readonly settled: readonly Settled[] },
): Promise<void> {
  if (parsed.fingerprint === undefined || parsed.dryRun) return;
  if (settled.some(({ outcome }) => outcome.steps.length > 0)) return;
  const recent: Recent = {
    atMs: world.nowMs(),
    run: runId,
    occurrences: settled.flatMap(({ occurrence }) => (occurrence ? [occurrence] : [])),
  };
  await world.ledger.keep(ROOM, parsed.fingerprint, recent);
  keepHere(parsed.fingerprint, recent, world);
}
