import type { Action } from '../../domain/action.ts';
import type { Service } from '../../domain/ecs.ts';
import { type Fact, present, unknown } from '../../domain/fact.ts';
import { parseArn } from '../../domain/ids.ts';
import { recallRadius } from '../../facts/radius-memory.ts';
import type { World } from '../../world.ts';

/** Services whose tasks mount through an access point, by its id. */
export type Users = Readonly<Record<string, Fact<readonly Service[]>>>;

/** Of the families that the ledger knows to have the access point: read only where one is to be deleted. */
export async function gatherUsers(actions: readonly Action[], world: World): Promise<Users> {
  const deletions = actions.filter((action) => action.kind === 'delete-access-point');
  const found = deletions.map(async ({ accessPointId, family }) => {
    const others = (await world.ledger.whose(accessPointId)).map((one) => one.family);
    return [accessPointId, await usersOf(accessPointId, [...new Set([family, ...others])], world)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

async function usersOf(id: string, families: readonly string[], world: World): Promise<Fact<readonly Service[]>> {
  const arns = await Promise.all(families.map((family) => servicesOf(family, world)));
  const using = await Promise.all([...new Set(arns.flat())].map((arn) => userAt(arn, id, world)));
  const unread = using.find((fact) => fact.state === 'unknown');
  return unread ?? present(using.flatMap((fact) => (fact.state === 'present' ? [fact.value] : [])));
}

async function servicesOf(family: string, world: World): Promise<readonly string[]> {
  const [belongings, radius] = await Promise.all([world.ledger.belongings(family), recallRadius(family, world)]);
  const known = [...belongings.map(({ resource }) => resource), ...Object.keys(radius?.things ?? {})];
  return known.filter((name) => name.includes(':service/'));
}

/** Absent: it is gone, or it does not mount through it. */
async function userAt(arn: string, accessPointId: string, world: World): Promise<Fact<Service>> {
  const [, cluster = ''] = parseArn(arn)?.resource.split('/') ?? [];
  const service = await world.ecs.service(cluster, arn);
  if (service.state !== 'present') return service;
  const definition = await world.ecs.taskDefinition(service.value.taskDefinitionArn);
  if (definition.state !== 'present') return unknown(`the task definition of ${arn} could not be read`);
  const uses = definition.value.volumes.some(({ efs }) => efs?.accessPointId === accessPointId);
  return uses ? service : { state: 'absent' };
}
