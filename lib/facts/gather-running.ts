import type { Service, Task } from '../domain/ecs.ts';
import { seen } from '../domain/fact.ts';
import type { World } from '../world.ts';

/** Tasks of a family that run now, where its services run; of a family without a service, in any cluster. */
export async function gatherRunning(
  family: string,
  services: readonly Pick<Service, 'clusterArn'>[],
  world: World,
): Promise<readonly Task[]> {
  const known = [...new Set(services.map(({ clusterArn }) => clusterArn))];
  const clusters = known.length > 0 ? known : (seen(await world.ecs.clusters()) ?? []);
  const facts = await Promise.all(clusters.map((cluster) => world.ecs.tasks(cluster, { family, status: 'RUNNING' })));
  return facts.flatMap((fact) => seen(fact) ?? []);
}
