import { seen } from '../domain/fact.ts';
import { parseTaskDefinitionName } from '../domain/ids.ts';
import type { World } from '../world.ts';

/** More families than this on one role are not asked for one by one: all of them count. */
const MOST = 25;

/** Those families that still have the role: whoever had it once, by mistake, takes it from nobody. */
export async function stillOnRole(
  roleArn: string,
  families: readonly string[],
  world: World,
): Promise<readonly string[]> {
  if (families.length > MOST) return families;
  const still = await Promise.all(families.map((family) => hasRole(roleArn, family, world)));
  return families.filter((_family, index) => still[index]);
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
