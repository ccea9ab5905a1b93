import type { UpdateService } from '../../domain/action.ts';
import { Refusal } from '../../refusal.ts';
import type { World } from '../../world.ts';
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

/** What somebody deployed or rolled back since the plan was made is not overwritten. Throws a `Refusal`. */
export async function mustRunAsPlanned(action: UpdateService, world: World): Promise<void> {
  const { clusterArn, serviceArn, previousTaskDefinition } = action;
  const service = await world.ecs.service(clusterArn, serviceArn);
  if (service.state === 'unknown')
    throw new Refusal('permanent', 'NotChecked', {
      message: `The service ${serviceArn} could not be read again (${service.why}), so nothing was deployed to it.`,
    });
  if (service.state === 'present' && service.value.taskDefinitionArn === previousTaskDefinition) return;
  throw new Refusal('conflict', 'ChangedSince', {
    message: `The service ${serviceArn} no longer runs ${previousTaskDefinition}: somebody deployed to it since the plan was made.`,
  });
}
