import type { Task } from '../domain/ecs.ts';
import type { Incident } from '../domain/incident.ts';

/**
 * Whether a task can prove that an incident is over: it was made after the last repair, and after the trouble was last
 * seen, since older tasks keep their mounts and reconnect; and it stands in the incident's zone.
 */
export function canProve(task: Task, { lastRepairAtMs = 0, lastAtMs, zoneName }: Incident): boolean {
  const { createdAtMs } = task;
  if (createdAtMs === undefined || createdAtMs <= lastRepairAtMs) return false;
  if (lastRepairAtMs < lastAtMs && createdAtMs <= lastAtMs) return false;
  return zoneName === undefined || task.zoneName === zoneName;
}
