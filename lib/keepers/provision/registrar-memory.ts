import type { World } from '../../world.ts';

const ROOM = 'registrars';

/** Who registers the family, as it was last heard: the event that tells of a tool comes once. */
export async function registrarKnown(family: string, world: World): Promise<string | undefined> {
  return ((await world.ledger.recall(ROOM, family)) as { readonly by: string } | undefined)?.by;
}

export async function keepRegistrar(family: string, by: string | undefined, world: World): Promise<void> {
  if (by === (await registrarKnown(family, world))) return;
  if (by === undefined) await world.ledger.drop(ROOM, family);
  else await world.ledger.keep(ROOM, family, { by });
}
