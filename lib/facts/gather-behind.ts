import { NETWORK_KINDS } from '../diagnosis/addresses.ts';
import { blockedPaths } from '../diagnosis/group-paths.ts';
import { groupIdsOf, type MountFacts, type VolumeFacts } from '../diagnosis/mount-facts.ts';
import type { FileSystem } from '../domain/efs.ts';
import { type Fact, present, unknown } from '../domain/fact.ts';
import type { World } from '../world.ts';
import { byId } from './gather-network.ts';
import type { MountInput } from './mount-input.ts';

/** Where the network is under suspicion it is asked at once, since a repair would have to wait for it. */
export async function askBehindAhead(
  { told }: MountInput,
  listing: Promise<readonly VolumeFacts[]>,
  world: World,
): Promise<void> {
  if (!told || !NETWORK_KINDS.has(told.kind)) return;
  const targets = (await listing).flatMap(({ mountTargets }) =>
    mountTargets.state === 'present' ? mountTargets.value : [],
  );
  await byId(targets.flatMap(groupIdsOf), (id) => world.ec2.fileSystemsBehind(id));
}

/** Only of the groups that a rule may have to be added to. */
export async function gatherBehind(facts: MountFacts, world: World): Promise<MountFacts['behind']> {
  const ids = blockedPaths(facts, 'ingress').flatMap(({ path }) => groupIdsOf(path.target));
  return await byId(ids, (id) => behind(id, world));
}

async function behind(groupId: string, world: World): Promise<Fact<readonly FileSystem[]>> {
  const ids = await world.ec2.fileSystemsBehind(groupId);
  if (ids.state !== 'present') return ids;
  const all = await Promise.all(ids.value.map((id) => world.efs.fileSystem(id)));
  const bad = all.find(({ state }) => state === 'unknown');
  if (bad?.state === 'unknown') return unknown(bad.why);
  return present(all.flatMap((one) => (one.state === 'present' ? [one.value] : [])));
}
