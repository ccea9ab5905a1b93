import type { Service, TaskDefinition } from '../domain/ecs.ts';
import { type Fact, seen } from '../domain/fact.ts';
import { parseTaskDefinitionName } from '../domain/ids.ts';
import type { World } from '../world.ts';
import { configurationsOf } from './network-configurations.ts';

/** More families than this on one thing are not asked for one by one: all of them count. */
const MOST = 25;

/** Those families that still have the role: whoever had it once, by mistake, takes it from nobody. */
export function stillOnRole(roleArn: string, families: readonly string[], world: World): Promise<readonly string[]> {
  return still(families, (family) => hasRole(roleArn, family, world));
}

/** Those families whose tasks still carry the group. */
export function stillInGroup(groupId: string, families: readonly string[], world: World): Promise<readonly string[]> {
  return still(families, (family) => hasGroup(groupId, family, world));
}

async function still(
  families: readonly string[],
  isStill: (family: string) => Promise<boolean>,
): Promise<readonly string[]> {
  if (families.length > MOST) return families;
  const kept = await Promise.all(families.map(isStill));
  return families.filter((_family, index) => kept[index]);
}

/** By what its services start tasks with. Whoever runs without a service could be anywhere, and counts as there. */
async function hasGroup(groupId: string, family: string, world: World): Promise<boolean> {
  const [newest, services] = await Promise.all([world.ecs.taskDefinition(family), world.ecs.servicesOf(family)]);
  if (isGone(newest, services)) return false;
  const networks = (seen(services) ?? []).flatMap((service) => configurationsOf(service, undefined));
  return networks.length === 0 || networks.some(({ groupIds }) => seen(groupIds)?.includes(groupId) ?? true);
}

/** Without an active revision nothing can be started, and no service that would start it is left. */
function isGone(newest: Fact<TaskDefinition>, services: Fact<readonly Service[]>): boolean {
  return newest.state === 'absent' && services.state === 'present' && services.value.length === 0;
}

/** By its newest revision, or by one that a service runs. Where no revision says otherwise it counts as having it. */
async function hasRole(roleArn: string, family: string, world: World): Promise<boolean> {
  const [newest, services] = await Promise.all([world.ecs.taskDefinition(family), world.ecs.servicesOf(family)]);
  if (services.state === 'unknown') return true;
  const running = (seen(services) ?? []).flatMap((one) => [one, ...one.deployments]);
  const arns = [...new Set(running.map(({ taskDefinitionArn }) => taskDefinitionArn))];
  const own = arns.filter((arn) => parseTaskDefinitionName(arn)?.family === family);
  const revisions = await Promise.all(own.map((arn) => world.ecs.taskDefinition(arn)));
  return [newest, ...revisions].some((one) => one.state !== 'present' || one.value.taskRoleArn === roleArn);
}
