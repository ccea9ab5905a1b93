import type { UpdateService } from '../../domain/action.ts';
import type { Act, Performed } from '../perform.ts';

/** Remembers to which revision a service was moved: where ECS rolls it back it must not be moved there again. */
export async function updateService(action: UpdateService, { world }: Act): Promise<Performed> {
  const { taskDefinition, serviceArn } = action;
  await world.ecs.updateService({
    clusterArn: action.clusterArn,
    serviceArn,
    forceNewDeployment: action.forceNewDeployment,
    ...(taskDefinition === undefined ? {} : { taskDefinition }),
  });
  if (taskDefinition === undefined) return { existed: false, made: {} };
  return { existed: false, made: {}, closing: world.ledger.keep('moved', serviceArn, { taskDefinition }) };
}
