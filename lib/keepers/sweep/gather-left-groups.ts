import type { FamilyFacts } from '../../facts/gather-family.ts';
import { peerOf, readUnused, type UnusedGroup } from '../../facts/gather-unused.ts';
import { inTurns } from '../../facts/in-turns.ts';
import type { World } from '../../world.ts';

const AT_ONCE = 10;

/** Groups that a family had and has no longer, where rules of ours name them: they may be in their owner's way. */
export async function gatherLeftGroups(
  families: readonly FamilyFacts[],
  world: World,
): Promise<readonly UnusedGroup[]> {
  const leaving = families.filter((family) => leftGroups(family).length > 0);
  const found = await inTurns(leaving, AT_ONCE, async (family) => {
    const changes = await world.ledger.changes({ family: family.family });
    const made = changes.filter(({ state }) => state === 'done');
    const groups = leftGroups(family).map((groupId) => {
      const entries = made.filter((entry) => peerOf(entry) === groupId);
      return entries.length === 0 ? undefined : readUnused({ groupId, entries }, world);
    });
    return Promise.all(groups.filter((group) => group !== undefined));
  });
  return found.flat();
}

function leftGroups({ remembered, units }: FamilyFacts): readonly string[] {
  const current = new Set(units.flatMap(({ mount }) => Object.keys(mount.groups)));
  return Object.entries(remembered?.things ?? {}).flatMap(([id, { kind }]) =>
    kind === 'group' && !current.has(id) ? [id] : [],
  );
}
