import type { UpdateService } from '../../domain/action.ts';
import type { Act, Performed } from '../perform.ts';

export async function updateService(action: UpdateService, { world }: Act): Promise<Performed> {
  await world.ecs.updateService({
    clusterArn: action.clusterArn,
    serviceArn: action.serviceArn,
    forceNewDeployment: action.forceNewDeployment,
    ...(action.taskDefinition === undefined ? {} : { taskDefinition: action.taskDefinition }),
  });
  return { existed: false, made: {} };
}
