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
}

/** Whether the same trouble was diagnosed a moment ago: then its incidents are counted up and nothing is read or told. */
export async function isCounted(parsed: Go<unknown>, { world }: { readonly world: World }): Promise<boolean> {
  if (parsed.fingerprint === undefined || parsed.dryRun) return false;
  const recent = (await world.ledger.recall(ROOM, parsed.fingerprint)) as Recent | undefined;
  const nowMs = world.nowMs();
  if (!recent || nowMs - recent.atMs > COOL_DOWN_MS) return false;
  for (const occurrence of recent.occurrences) await world.ledger.occur({ ...occurrence, atMs: nowMs });
  return true;
}

/** Remembers a diagnosis that changed nothing. After a change the next failure is news and is looked at again. */
export async function remindOf(
  parsed: Go<unknown>,
  { settled, world }: { readonly settled: readonly Settled[]; readonly world: World },
): Promise<void> {
  if (parsed.fingerprint === undefined || parsed.dryRun) return;
  if (settled.some(({ outcome }) => outcome.steps.length > 0)) return;
  const recent: Recent = {
    atMs: world.nowMs(),
    occurrences: settled.flatMap(({ occurrence }) => (occurrence ? [occurrence] : [])),
  };
  await world.ledger.keep(ROOM, parsed.fingerprint, recent);
}
