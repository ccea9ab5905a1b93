import type { World } from '../world.ts';

const LOOK_BACK_MS = 24 * 3_600_000;
const OPEN: ReadonlySet<string> = new Set(['intended', 'done', 'already']);

/** Families with changes that a run which died made, or may have made, and told nobody of. */
export async function familiesLeftUntold(world: World): Promise<ReadonlySet<string>> {
  const recent = await world.ledger.changes({ sinceMs: world.nowMs() - LOOK_BACK_MS });
  return new Set(recent.flatMap(({ told, state, family }) => (!told && OPEN.has(state) && family ? [family] : [])));
}
