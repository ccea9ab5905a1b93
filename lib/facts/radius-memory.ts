import { newKeys, type Radius } from '../plan/radius.ts';
import type { World } from '../world.ts';

const ROOM = 'radius';

export async function recallRadius(family: string, world: World): Promise<Radius | undefined> {
  return (await world.ledger.recall(ROOM, family)) as Radius | undefined;
}

export async function recallRadii(world: World): Promise<ReadonlyMap<string, Radius>> {
  return (await world.ledger.recallAll(ROOM)) as ReadonlyMap<string, Radius>;
}

/** Writes only what is new. A family whose owner turned a key since may be served again, whatever was held. */
export async function rememberRadius(now: Radius, before: Radius | undefined, world: World): Promise<void> {
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(now)) return;
  const { ledger } = world;
  const added = Object.keys(now.things).filter((id) => before?.things[id] === undefined);
  await Promise.all(added.map((resource) => ledger.restsOn(resource, now.family)));
  await (before === undefined ? ledger.keepNew : ledger.keep)(ROOM, now.family, now);
  for (const resource of newKeys(before, now)) await releaseHolds({ resource, family: now.family }, world);
}

async function releaseHolds(
  { resource, family }: { readonly resource: string; readonly family: string },
  { ledger }: World,
): Promise<void> {
  for (const { key } of await ledger.allHeld()) {
    const words = key.split(' ');
    if (words.includes(family) && words.includes(resource)) await ledger.releaseHeld(key);
  }
}
