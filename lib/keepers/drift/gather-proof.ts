import type { Task } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import type { Incident } from '../../domain/incident.ts';
import { gatherRunning } from '../../facts/gather-running.ts';
import type { World } from '../../world.ts';
import type { Proof } from './connection.ts';

export interface ProofFacts {
  readonly proof: Proof;
  /** Open incidents that this connection may end, each with the tasks that run now. */
  readonly open: readonly { readonly incident: Incident; readonly tasks: readonly Task[] }[];
}

/** Reads nothing where no incident is open: connections are many. */
export async function gatherProof(proof: Proof, world: World): Promise<ProofFacts> {
  const incidents = await world.ledger.openIncidents();
  const near = incidents.filter(({ fileSystemId, accessPointId }) =>
    accessPointId === undefined ? fileSystemId === proof.fileSystemId : accessPointId === proof.accessPointId,
  );
  if (near.length === 0) return { proof, open: [] };
  const families = new Set((await world.ledger.whose(proof.accessPointId)).map(({ family }) => family));
  const mine = near.filter(({ family }) => family !== undefined && families.has(family));
  const open = await Promise.all(
    mine.map(async (incident) => ({ incident, tasks: await tasksOf(incident.family ?? '', world) })),
  );
  return { proof, open };
}

async function tasksOf(family: string, world: World): Promise<readonly Task[]> {
  return gatherRunning(family, seen(await world.ecs.servicesOf(family)) ?? [], world);
}
