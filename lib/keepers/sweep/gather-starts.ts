import type { Task, TaskDefinition } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { efsVolumesOf } from '../../facts/gather-volume.ts';
import { inTurns } from '../../facts/in-turns.ts';
import type { World } from '../../world.ts';
import type { FamilyStarts, Start, StartMemory } from './starts.ts';

/** A sweep measures so many families, the next one goes on: two calls each, however many have opted in. */
const MEASURED_AT_MOST = 100;
const AT_ONCE = 10;
export const STARTS = 'starts';
const CURSOR = 'starts-cursor';

export interface Measured {
  readonly families: readonly FamilyStarts[];
  /** Where the next sweep goes on; absent where all were measured. */
  readonly cursor?: string;
}

/**
 * How long the tasks of families that opted in took to start, each task once. Read here and not heard: an event pattern
 * cannot tell tasks of these families from all others, so each start in the account would start a function.
 */
export async function gatherStarts(families: readonly FamilyFacts[], world: World): Promise<Measured> {
  const [remembered, cursor] = await Promise.all([
    world.ledger.recallAll(STARTS),
    world.ledger.recall('sweep', CURSOR),
  ]);
  const { some, next } = portion(families.filter(isRunning), cursor);
  const measured = await inTurns(some, AT_ONCE, (family) =>
    measure(family, remembered.get(family.family) as StartMemory | undefined, world),
  );
  return { families: measured, ...(next === undefined ? {} : { cursor: next }) };
}

export async function rememberCursor({ cursor }: Measured, world: World): Promise<void> {
  if (cursor !== undefined) await world.ledger.keep('sweep', CURSOR, cursor);
}

function isRunning({ optedIn, services }: FamilyFacts): boolean {
  return optedIn && (seen(services) ?? []).some(({ runningCount }) => runningCount > 0);
}

function portion(families: readonly FamilyFacts[], cursor: unknown) {
  if (families.length <= MEASURED_AT_MOST) return { some: families };
  const after = families.findIndex(({ family }) => typeof cursor !== 'string' || family > cursor);
  const from = Math.max(after, 0);
  const some = families.slice(from, from + MEASURED_AT_MOST);
  return { some, next: some.at(-1)?.family };
}

async function measure(family: FamilyFacts, known: StartMemory | undefined, world: World): Promise<FamilyStarts> {
  const clusters = [...new Set((seen(family.services) ?? []).map(({ clusterArn }) => clusterArn))];
  // Once, for what ran before the volume was wired: a stopped task can be looked at for an hour.
  const statuses = known === undefined ? (['RUNNING', 'STOPPED'] as const) : (['RUNNING'] as const);
  const facts = await Promise.all(
    clusters.flatMap((cluster) =>
      statuses.map((status) => world.ecs.tasks(cluster, { family: family.family, status })),
    ),
  );
  const fresh = facts.flatMap((fact) => seen(fact) ?? []).filter((task) => isFresh(task, known));
  const starts = await Promise.all(fresh.map((task) => startOf(task, { family, world })));
  const fileSystemId = family.units[0]?.mount.volumes[0]?.efs.fileSystemId;
  return {
    family: family.family,
    ...(fileSystemId === undefined ? {} : { fileSystemId }),
    ...(known && { known }),
    starts: starts.filter((start) => start !== undefined).toSorted((one, other) => one.createdAtMs - other.createdAtMs),
  };
}

function isFresh({ createdAtMs, startedAtMs }: Task, known: StartMemory | undefined): boolean {
  return createdAtMs !== undefined && startedAtMs !== undefined && createdAtMs > (known?.untilMs ?? 0);
}

interface Reading {
  readonly family: FamilyFacts;
  readonly world: World;
}

async function startOf(task: Task, { family, world }: Reading): Promise<Start | undefined> {
  const { createdAtMs, startedAtMs, taskDefinitionArn, pullMs = 0 } = task;
  if (createdAtMs === undefined || startedAtMs === undefined) return undefined;
  const read = [seen(family.newest), ...family.units.map(({ mount }) => mount.taskDefinition)];
  const definition =
    read.find((one) => one?.arn === taskDefinitionArn) ?? seen(await world.ecs.taskDefinition(taskDefinitionArn));
  const ms = Math.max(0, startedAtMs - createdAtMs);
  return definition && { createdAtMs, ms, ownMs: Math.max(0, ms - pullMs), wired: isWired(definition) };
}

function isWired(definition: TaskDefinition): boolean {
  return efsVolumesOf(definition).some(({ efs }) => efs.accessPointId !== undefined);
}
