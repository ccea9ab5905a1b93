import type { Task } from '../domain/ecs.ts';
import type { Incident } from '../domain/incident.ts';

/** What an incident of slow starts is called: tasks that run prove nothing there. */
export function startsOf(family: string): string {
  return `starts:${family}`;
}

/**
 * Whether a task can prove that an incident is over: it was made after the last repair, and after the trouble was last
 * seen, since older tasks keep their mounts and reconnect; and it stands in the incident's zone.
 */
export function canProve(task: Task, { thing, lastRepairAtMs = 0, lastAtMs, zoneName }: Incident): boolean {
  const { createdAtMs } = task;
  if (thing.startsWith(startsOf(''))) return false;
  if (createdAtMs === undefined || createdAtMs <= lastRepairAtMs) return false;
  if (lastRepairAtMs < lastAtMs && createdAtMs <= lastAtMs) return false;
  return zoneName === undefined || task.zoneName === zoneName;
}
