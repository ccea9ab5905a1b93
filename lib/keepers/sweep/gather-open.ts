import type { Task } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import type { Incident } from '../../domain/incident.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { gatherRunning } from '../../facts/gather-running.ts';
import { inTurns } from '../../facts/in-turns.ts';
import type { World } from '../../world.ts';

const AT_ONCE = 10;

/** Open incidents of the families looked at, each with the tasks that run now. */
export async function gatherOpen(families: readonly FamilyFacts[], world: World) {
  const incidents = await world.ledger.openIncidents();
  const byName = new Map(families.map((family) => [family.family, family]));
  const ours = incidents.filter(({ family, families }) => families || (family !== undefined && byName.has(family)));
  return inTurns(ours, AT_ONCE, async (incident) => ({
    incident,
    tasks: await tasksOf(byName.get(incident.family ?? ''), { incident, world }),
  }));
}

/** Of the incident's service where it is one of a service, else of the family. */
async function tasksOf(
  family: FamilyFacts | undefined,
  { incident, world }: { readonly incident: Incident; readonly world: World },
): Promise<readonly Task[]> {
  const services = (family && seen(family.services)) ?? [];
  const mine = services.filter(({ arn }) => arn === incident.thing);
  const tasks = await gatherRunning(incident.family ?? '', mine.length > 0 ? mine : services, world);
  const [service] = mine;
  return service ? tasks.filter(({ group }) => group === `service:${service.name}`) : tasks;
}
