import type { MountFacts } from '../diagnosis/mount-facts.ts';
import type { World } from '../world.ts';
import { askBehindAhead, gatherBehind } from './gather-behind.ts';
import { gatherCredits } from './gather-credits.ts';
import { gatherIdentity, gatherWhereLacking } from './gather-identity.ts';
import { gatherInstancePlace } from './gather-instance-place.ts';
import { gatherInterfaces, gatherInterfacesAhead } from './gather-interfaces.ts';
import { gatherLaunch } from './gather-launch.ts';
import { askPassagesAhead, gatherNetwork } from './gather-network.ts';
import { gatherConfigurations, gatherTaskPlaces } from './gather-places.ts';
import { efsVolumesOf, gatherVolume } from './gather-volume.ts';
import { type MountInput, usesOwnInterface } from './mount-input.ts';

/**
 * Everything that the rules and repairs can use about the mounts of one workload. What does not depend on each other is
 * read at once; what only a fault makes interesting is read only then.
 */
export async function gatherMount(input: MountInput, world: World): Promise<MountFacts> {
  const launching = gatherLaunch(input, world);
  const configuring = usesOwnInterface(input) ? gatherConfigurations(input, world) : Promise.resolve([]);
  const placing = usesOwnInterface(input)
    ? gatherTaskPlaces({ configuring, task: input.task }, world)
    : gatherInstancePlace(launching, world);
  const listing = Promise.all(efsVolumesOf(input.taskDefinition).map((one) => gatherVolume(one, input, world)));
  const identifying = gatherIdentity(input, world);
  const [launch, { places, placesUnknown }, volumes, identity, lacking, network, sharing] = await Promise.all([
    launching,
    placing,
    listing,
    identifying,
    gatherWhereLacking(input, { identifying, listing }, world),
    gatherNetwork(placing, listing, world),
    gatherInterfacesAhead(input, placing, world),
    askBehindAhead(input, listing, world),
    askPassagesAhead(configuring, listing, world),
  ]);
  const { taskDefinition, task, service, told } = input;
  const { accountId, requiredBoundaryArn } = world.self;
  const facts: MountFacts = {
    accountId,
    taskDefinition,
    launch,
    places,
    volumes,
    behind: {},
    ...network,
    ...sharing,
    ...identity,
    ...lacking,
    ...(task && { task }),
    ...(service && { service }),
    ...(told && { told }),
    ...(requiredBoundaryArn !== undefined && { requiredBoundaryArn }),
    ...(placesUnknown && { placesUnknown }),
  };
  return await gatherWhereAtFault(facts, input, world);
}

async function gatherWhereAtFault(facts: MountFacts, input: MountInput, world: World): Promise<MountFacts> {
  const [sharing, behind, volumes] = await Promise.all([
    gatherInterfaces(facts, world),
    gatherBehind(facts, world),
    gatherCredits(facts, input, world),
  ]);
  return { ...facts, ...sharing, behind, volumes };
}
