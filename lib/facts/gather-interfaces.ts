import { NETWORK_KINDS } from '../diagnosis/addresses.ts';
import { blockedPaths } from '../diagnosis/group-paths.ts';
import { groupIdsOf, type MountFacts, type Place } from '../diagnosis/mount-facts.ts';
import { present } from '../domain/fact.ts';
import type { World } from '../world.ts';
import { othersOn } from './gather-identity.ts';
import { byId } from './gather-network.ts';
import type { Places } from './gather-places.ts';
import type { MountInput } from './mount-input.ts';

/** Who else has the groups of the workload: a rule for one of them is a rule for all of these. */
type Sharing = Pick<MountFacts, 'interfaces' | 'groupFamilies'>;

/** Where the network is under suspicion it is asked at once, since a repair would have to wait for it. */
export async function gatherInterfacesAhead(
  { told, taskDefinition }: MountInput,
  placing: Promise<Places>,
  world: World,
): Promise<Sharing> {
  if (!told || !NETWORK_KINDS.has(told.kind)) return { interfaces: {}, groupFamilies: {} };
  return await count((await placing).places, taskDefinition.family, world);
}

/** Else it is asked only of those that a rule may have to be added for. */
export async function gatherInterfaces(facts: MountFacts, world: World): Promise<Sharing> {
  const blocked = (['ingress', 'egress'] as const).flatMap((direction) => blockedPaths(facts, direction));
  const places = blocked.map(({ path }) => path.place);
  const missing = places.filter((place) => groupIdsOf(place).some((id) => facts.interfaces[id] === undefined));
  const { interfaces, groupFamilies } = await count(missing, facts.taskDefinition.family, world);
  return {
    interfaces: { ...facts.interfaces, ...interfaces },
    groupFamilies: { ...facts.groupFamilies, ...groupFamilies },
  };
}

async function count(places: readonly Place[], family: string, world: World): Promise<Sharing> {
  const own = places.filter(({ knownFrom }) => knownFrom !== 'vpc-default');
  const ids = own.flatMap(groupIdsOf);
  const [interfaces, groupFamilies] = await Promise.all([
    byId(ids, (id) => world.ec2.interfacesWith(id)),
    byId(ids, async (id) => present(await othersOn(id, family, world))),
  ]);
  return { interfaces, groupFamilies };
}
