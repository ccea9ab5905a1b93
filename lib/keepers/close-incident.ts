import type { Incident } from '../domain/incident.ts';
import type { KeeperName } from '../keeper.ts';
import type { World } from '../world.ts';

export interface Closing {
  readonly incident: Incident;
  /** In words. */
  readonly proof: string;
}

/** Ends an incident and tells how long it lasted; of several runs that prove it at once, one tells. */
export async function closeIncident({ incident, proof }: Closing, keeper: KeeperName, world: World): Promise<void> {
  const nowMs = world.nowMs();
  const changes = await world.ledger.changes({ incident: incident.id });
  const resolved = await world.ledger.resolve(incident.id, nowMs);
  if (!resolved) return;
  // A file of its own in the bundle: incidents end rarely.
  const { resolvedAlert } = await import('../report/resolved.ts');
  await world.publish(resolvedAlert({ incident: resolved, keeper, changes, proof, self: world.self, nowMs }));
}
