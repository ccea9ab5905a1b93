import type { Service } from '../../domain/ecs.ts';
import { type Fact, present } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { World } from '../../world.ts';
import type { Belonging } from './facts.ts';
import type { ProvisionInput } from './parse.ts';

interface Sources {
  readonly belongings: readonly Belonging[];
  readonly world: World;
}

/** The family's services: those that are remembered or told of; all clusters are searched only where none is known. */
export async function gatherServices(
  { family, service }: ProvisionInput,
  { belongings, world }: Sources,
): Promise<Fact<readonly Service[]>> {
  const remembered = belongings.flatMap(({ resource, note }) =>
    note?.['clusterArn'] === undefined ? [] : [{ serviceArn: resource, clusterArn: note['clusterArn'] }],
  );
  const all = [...new Map([...remembered, ...(service ? [service] : [])].map((one) => [one.serviceArn, one])).values()];
  const read = await Promise.all(all.map(({ clusterArn, serviceArn }) => world.ecs.service(clusterArn, serviceArn)));
  const unread = read.find((one) => one.state === 'unknown');
  if (unread?.state === 'unknown') return unread;
  const living = read.flatMap((one) => (one.state === 'present' && runs(one.value, family) ? [one.value] : []));
  return living.length > 0 ? present(living) : world.ecs.servicesOf(family);
}

function runs({ taskDefinitionArn, deployments }: Service, family: string): boolean {
  const arns = [taskDefinitionArn, ...deployments.map((one) => one.taskDefinitionArn)];
  return arns.some((arn) => parseTaskDefinitionName(arn)?.family === family);
}
