import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { groupIdsOf } from '../diagnosis/mount-facts.ts';
import { type Path, pathsOf, placedSubnets } from '../diagnosis/paths.ts';
import type { GroupRule, SecurityGroup } from '../domain/ec2.ts';
import { type Fact, seen } from '../domain/fact.ts';
import type { World } from '../world.ts';
import type { Places } from './gather-places.ts';
import type { Configuration } from './network-configurations.ts';

export type Network = Pick<MountFacts, 'groups' | 'prefixLists' | 'acls' | 'dns'>;

/** What decides whether packets pass: read only for the paths that there are. */
export async function gatherNetwork(
  placing: Promise<Places>,
  listing: Promise<readonly VolumeFacts[]>,
  world: World,
): Promise<Network> {
  const [dns, rest] = await Promise.all([gatherDns(placing, world), gatherPassages(placing, listing, world)]);
  return { dns, ...rest };
}

async function gatherDns(placing: Promise<Places>, world: World): Promise<Network['dns']> {
  const vpcIds = placedSubnets(await placing).map(({ subnet }) => subnet.vpcId);
  return await byId(vpcIds, (id) => world.ec2.dns(id));
}

async function gatherPassages(
  placing: Promise<Places>,
  listing: Promise<readonly VolumeFacts[]>,
  world: World,
): Promise<Omit<Network, 'dns'>> {
  const [places, volumes] = await Promise.all([placing, listing]);
  const paths = volumes.flatMap((volume) => pathsOf(places, volume));
  const [acls, guarded] = await Promise.all([gatherAcls(paths, world), gatherGroups(paths, places, world)]);
  return { acls, ...guarded };
}

/**
 * Which paths there are says the zone of the tasks' subnets; the ids of groups and subnets are known before. A subnet
 * without a mount target has its path into another one: so ACLs decide.
 */
export async function askPassagesAhead(
  configuring: Promise<readonly Configuration[]>,
  listing: Promise<readonly VolumeFacts[]>,
  world: World,
): Promise<void> {
  const [configurations, volumes] = await Promise.all([configuring, listing]);
  const targets = volumes.flatMap(({ mountTargets }) => seen(mountTargets) ?? []);
  const subnetIds = configurations.flatMap((one) => one.subnetIds);
  if (subnetIds.length === 0 || targets.length === 0) return;
  const targetSubnets = new Set(targets.map(({ subnetId }) => subnetId));
  const elsewhere = subnetIds.filter((id) => !targetSubnets.has(id));
  const groupIds = [...configurations.map((one) => one.groupIds), ...targets.map((one) => one.groupIds)];
  await Promise.all([
    byId(elsewhere.length === 0 ? [] : [...elsewhere, ...targetSubnets], (id) => world.ec2.acl(id)),
    byId(
      groupIds.flatMap((ids) => seen(ids) ?? []),
      (id) => world.ec2.group(id),
    ),
  ]);
}

/** ACLs are asked only between subnets. */
async function gatherAcls(paths: readonly Path[], world: World): Promise<Network['acls']> {
  const crossing = paths.filter(({ subnet, target }) => subnet.id !== target.subnetId);
  return await byId(
    crossing.flatMap(({ subnet, target }) => [subnet.id, target.subnetId]),
    (id) => world.ec2.acl(id),
  );
}

async function gatherGroups(
  paths: readonly Path[],
  { groups: known }: Places,
  world: World,
): Promise<Pick<Network, 'groups' | 'prefixLists'>> {
  const clientIds = paths.flatMap(({ place }) => groupIdsOf(place));
  const targetIds = paths.flatMap(({ target }) => groupIdsOf(target));
  const wanted = [...clientIds, ...targetIds].filter((id) => known[id] === undefined);
  const groups = { ...known, ...(await byId(wanted, (id) => world.ec2.group(id))) };
  const listIds = [...listsIn(groups, clientIds, 'egress'), ...listsIn(groups, targetIds, 'ingress')];
  return { groups, prefixLists: await byId(listIds, (id) => world.ec2.prefixList(id)) };
}

function listsIn(
  groups: Network['groups'],
  ids: readonly string[],
  direction: 'ingress' | 'egress',
): readonly string[] {
  const rules = ids.flatMap((id) => rulesOf(groups[id], direction));
  return rules.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.prefixListId] : []));
}

function rulesOf(group: Fact<SecurityGroup> | undefined, direction: 'ingress' | 'egress'): readonly GroupRule[] {
  return group?.state === 'present' ? group.value[direction] : [];
}

/** Asks for each id once, all at the same moment. */
export async function byId<T>(
  ids: readonly string[],
  ask: (id: string) => Promise<Fact<T>>,
): Promise<Readonly<Record<string, Fact<T>>>> {
  const distinct = [...new Set(ids)].toSorted();
  return Object.fromEntries(await Promise.all(distinct.map(async (id) => [id, await ask(id)] as const)));
}
