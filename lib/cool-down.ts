import type { Go } from './keeper.ts';
import type { Occurrence } from './ledger/ledger.ts';
import type { Settled } from './settle.ts';
import type { World } from './world.ts';

/** How long a crash loop's further events are only counted after one was diagnosed. */
const COOL_DOWN_MS = 60_000;
const ROOM = 'recent';

interface Recent {
  readonly atMs: number;
  readonly occurrences: readonly Occurrence[];
  /** Its own retry looks again: it is tried again since something of it failed, and be it the alert. */
  readonly run?: string;
}

interface Now {
  readonly world: World;
  readonly runId: string;
}

/** What came of the same trouble a moment ago, if it was diagnosed then. */
export async function recentOf(parsed: Go<unknown>, { world, runId }: Now): Promise<Recent | undefined> {
  if (parsed.fingerprint === undefined || parsed.dryRun) return undefined;
  const recent = (await world.ledger.recall(ROOM, parsed.fingerprint)) as Recent | undefined;
  return recent && recent.run !== runId && world.nowMs() - recent.atMs <= COOL_DOWN_MS ? recent : undefined;
}

/** The incidents are counted up; nothing is read or told. */
export async function countUp({ occurrences }: Recent, world: World): Promise<void> {
  const atMs = world.nowMs();
  await Promise.all(occurrences.map((occurrence) => world.ledger.occur({ ...occurrence, atMs })));
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
}
