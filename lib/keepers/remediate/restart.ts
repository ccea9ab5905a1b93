import type { Service } from '../../domain/ecs.ts';
import { present } from '../../domain/fact.ts';
import type { Keyring, Step } from '../../domain/plan.ts';
import { hasKey, TAG } from '../../domain/tags.ts';

interface Repaired {
  readonly steps: readonly Step[];
  readonly service: Service | undefined;
  readonly family: string;
}

/**
 * A new deployment after a repair, where the service's owner asked for it: ECS slows down the restarts of a service
 * that fails again and again, so the repair might show only much later. Controllers other than ECS refuse it.
 */
export function restart({ steps, service, family }: Repaired): {
  readonly steps: readonly Step[];
  readonly keyring: Keyring;
} {
  const wanted =
    service !== undefined && steps.length > 0 && hasKey(service.tags, TAG.deploy) && service.controller === 'ECS';
  if (!wanted) return { steps: [], keyring: {} };
  const step: Step = {
    action: {
      kind: 'update-service',
      clusterArn: service.clusterArn,
      serviceArn: service.arn,
      family,
      previousTaskDefinition: service.taskDefinitionArn,
      forceNewDeployment: true,
    },
    because: [...new Set(steps.flatMap((one) => one.because))],
  };
  return { steps: [step], keyring: { [service.arn]: present(service.tags) } };
}
