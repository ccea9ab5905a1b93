import { NETWORK_KINDS } from '../diagnosis/addresses.ts';
import { blockedPaths } from '../diagnosis/group-paths.ts';
import { groupIdsOf, type MountFacts, type Place } from '../diagnosis/mount-facts.ts';
import type { World } from '../world.ts';
import { byId } from './gather-network.ts';
import type { Places } from './gather-places.ts';
import type { MountInput } from './mount-input.ts';

type Interfaces = MountFacts['interfaces'];

/** Where the network is under suspicion the groups are counted at once, since a repair would have to wait for it. */
export async function gatherInterfacesAhead(
  { told }: MountInput,
  placing: Promise<Places>,
  world: World,
): Promise<Interfaces> {
  if (!told || !NETWORK_KINDS.has(told.kind)) return {};
  return await count((await placing).places, world);
}

/** Else only those are counted that a rule may have to be added for. */
export async function gatherInterfaces(facts: MountFacts, world: World): Promise<Interfaces> {
  const blocked = (['ingress', 'egress'] as const).flatMap((direction) => blockedPaths(facts, direction));
  const places = blocked.map(({ path }) => path.place);
  const missing = places.filter((place) => groupIdsOf(place).some((id) => facts.interfaces[id] === undefined));
  const counted = await count(missing, world);
  return { ...facts.interfaces, ...counted };
}

async function count(places: readonly Place[], world: World): Promise<Interfaces> {
  const own = places.filter(({ knownFrom }) => knownFrom !== 'vpc-default');
  return await byId(own.flatMap(groupIdsOf), (id) => world.ec2.interfacesWith(id));
}
