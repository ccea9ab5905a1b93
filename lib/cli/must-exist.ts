import { seen } from '../domain/fact.ts';
import { nearest } from '../report/doctor/nearest.ts';
import type { World } from '../world.ts';
import { Stop } from './exit.ts';

/** Throws `Stop`, with the names that may have been meant, where there is no such task definition. */
export async function mustExist(reference: string, world: World): Promise<void> {
  const definition = await world.ecs.taskDefinition(reference);
  if (definition.state !== 'absent') return;
  const meant = nearest(reference, seen(await world.ecs.families()) ?? []);
  const hint =
    meant.length === 0 ? ' Look at the name, at --region and at --profile.' : ` Did you mean ${meant.join(' or ')}?`;
  throw new Stop(`There is no task definition ${reference} in ${world.self.region}.${hint}`);
}
