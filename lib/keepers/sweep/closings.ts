import { fingerprint } from '../../domain/fingerprint.ts';
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
export function closings(facts: SweepFacts): readonly Closing[] {
  const { open, families, measured, nowMs } = facts;
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
  return [...mounted, ...ofSeveral(facts, healthy), ...startClosings(measured.families, open)];
}

/** What several families were told of together is over when one sweep finds each of them well, or gone. */
function ofSeveral({ open, families }: SweepFacts, healthy: ReadonlyMap<string, FamilyFacts>): readonly Closing[] {
  const over = families.filter(({ family, newest }) => healthy.has(family) || newest.state === 'absent');
  const names = new Set(over.map(({ family }) => fingerprint(family)));
  return open.flatMap(({ incident }) =>
    incident.families?.every((family) => names.has(family))
      ? [{ incident, proof: 'The next tasks of all families that were named would mount it.' }]
      : [],
  );
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
