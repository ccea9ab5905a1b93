import type { Step } from '../domain/plan.ts';
import { heldFor } from '../plan/holds.ts';
import type { World } from '../world.ts';

/**
 * Held before the change is taken back, not after: were the run to die in between, the next sweep would make it again.
 */
export async function holdReverted({ reverts = [] }: Step, world: World): Promise<void> {
  for (const { changeId, holds } of reverts) {
    for (const key of holds) await world.ledger.hold(key, heldFor(changeId), world.nowMs());
  }
}

/** What could not be taken back is not held either. */
export async function releaseReverted({ reverts = [] }: Step, world: World): Promise<void> {
  for (const key of reverts.flatMap(({ holds }) => holds)) await world.ledger.releaseHeld(key);
}

export async function recordReverted(
  { reverts = [] }: Step,
  { changeId, world }: { readonly changeId: string; readonly world: World },
): Promise<void> {
  for (const one of reverts) {
    await world.ledger.record(one.changeId, { state: 'reverted', why: `Taken back by the change ${changeId}.` });
  }
}
