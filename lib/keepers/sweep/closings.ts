import type { Incident } from '../../domain/incident.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { breaks, judgeUnit } from '../../plan/judge-family.ts';
import { canProve } from '../../plan/proves.ts';
import type { Closing } from '../close-incident.ts';
import type { SweepFacts } from './gather.ts';
import { startClosings } from './starts.ts';

/** A task that runs this long has its volumes mounted, and its application did not fall over them. */
const RUNNING_MS = 5 * 60_000;

/** Incidents that a running task proves to be over; none of a family whose next task would fail. */
export function closings({ open, families, measured, nowMs }: SweepFacts): readonly Closing[] {
  const healthy = new Map(families.filter(isHealthy).map((family) => [family.family, family]));
  const mounted = open.flatMap(({ incident, tasks }) => {
    const family = healthy.get(incident.family ?? '');
    if (!family) return [];
    const mounting = mountingIt(family, incident);
    const task = tasks.find(
      (one) =>
        canProve(one, incident) &&
        mounting.has(one.taskDefinitionArn) &&
        one.startedAtMs !== undefined &&
        nowMs - one.startedAtMs >= RUNNING_MS,
    );
    if (!task) return [];
    return [{ incident, proof: `Task ${task.arn.split('/').at(-1)} has been running for five minutes.` }];
  });
  return [...mounted, ...startClosings(measured.families, open)];
}

/** A task of a revision without the volume runs well, and proves nothing. */
function mountingIt({ units }: FamilyFacts, { fileSystemId }: Incident): ReadonlySet<string> {
  const mounts = units.map(({ mount }) => mount);
  const having = mounts.filter(
    ({ volumes }) => fileSystemId === undefined || volumes.some(({ efs }) => efs.fileSystemId === fileSystemId),
  );
  return new Set(having.map(({ taskDefinition }) => taskDefinition.arn));
}

function isHealthy({ family, units, newest }: FamilyFacts): boolean {
  return newest.state === 'present' && units.every((unit) => !breaks(judgeUnit(family, unit)));
}
