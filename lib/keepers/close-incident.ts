import type { Incident } from '../domain/incident.ts';
import type { KeeperName } from '../keeper.ts';
import type { World } from '../world.ts';

export interface Closing {
  readonly incident: Incident;
  /** In words. */
  readonly proof: string;
}

/** Changes are made before the first alert of an incident, in the same run: no function runs longer. */
const BEFORE_MS = 16 * 60_000;

/**
 * Ends an incident and tells how long it lasted. Told first, ended after: were it the other way round, an alert that did
 * not get through would be lost, since nothing looks at what has ended. Two runs in the same moment may both tell.
 */
export async function closeIncident({ incident, proof }: Closing, keeper: KeeperName, world: World): Promise<void> {
  const nowMs = world.nowMs();
  const [now, changes] = await Promise.all([
    world.ledger.incident(incident.id),
    world.ledger.changes({ incident: incident.id, sinceMs: incident.firstAtMs - BEFORE_MS }),
  ]);
  if (now?.status !== 'firing') return;
  // A file of its own in the bundle: incidents end rarely.
  const { resolvedAlert } = await import('../report/resolved.ts');
  const resolved: Incident = { ...now, status: 'resolved', resolvedAtMs: nowMs };
  await world.publish(resolvedAlert({ incident: resolved, keeper, changes, proof, self: world.self, nowMs }));
  await world.ledger.resolve(incident.id, nowMs);
}
