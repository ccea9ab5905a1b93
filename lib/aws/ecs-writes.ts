import type { EcsWrites } from '../verbs.ts';
import { type Border, writing } from './border.ts';
import { isThrottled } from './errors.ts';
import { given } from './given.ts';

/** ECS fills one registration a second into a bucket that is shared with everybody's pipelines. */
const PAUSES_MS = [1_000, 2_000, 4_000];

export function createEcsWrites(border: Border): EcsWrites {
  return {
    register: (input) => writing(border, () => register(border, input)),
    updateService: ({ clusterArn, serviceArn, taskDefinition, forceNewDeployment }) =>
      writing(border, async () => {
        const api = await border.clients.ecs();
        await api.updateService(
          given({ cluster: clusterArn, service: serviceArn, taskDefinition, forceNewDeployment }),
        );
      }),
  };
}

/** Repeated only where AWS said that it did nothing: after a lost answer the next run looks at what is there. */
async function register({ clients, pause }: Border, input: Readonly<Record<string, unknown>>) {
  const api = await clients.ecs();
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    try {
      const { taskDefinition } = await api.registerTaskDefinition(input);
      return { arn: taskDefinition?.taskDefinitionArn ?? '', revision: taskDefinition?.revision ?? 0 };
    } catch (error) {
      if (pauseMs === undefined || !isThrottled(error)) throw error;
      await pause(pauseMs);
    }
  }
  throw new Error('unreachable: the last attempt returns or throws');
}
