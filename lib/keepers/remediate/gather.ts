import { classify } from '../../diagnosis/classify/classify.ts';
import type { MountFacts, Told } from '../../diagnosis/mount-facts.ts';
import type { Service, Task, TaskDefinition } from '../../domain/ecs.ts';
import { absent, type Fact, seen, unknown } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { hasEnrolled, isOptedIn } from '../../facts/enrolment.ts';
import { gatherMount } from '../../facts/gather-mount.ts';
import type { World } from '../../world.ts';
import type { RemediateInput, Stop } from './parse.ts';

export interface RemediateFacts {
  readonly byHand: boolean;
  /** The stop as the event told it: what DescribeTasks must confirm before anything is changed. */
  readonly stop?: Stop;
  readonly mayAct: boolean;
  readonly taskDefinition: Fact<TaskDefinition>;
  readonly reference: string;
  readonly task: Fact<Task>;
  readonly service: Fact<Service>;
  /** Where only a task definition is named: the services that run its family. */
  readonly services: readonly Service[];
  /** Opted in by a tag of this revision, or by an earlier one that no later one took back. */
  readonly optedIn: boolean;
  readonly told?: Told;
  readonly mount?: MountFacts;
  /** The newest revision of the family, whose tags narrow what an older one allows. Read only where there is a mount. */
  readonly newest?: Fact<TaskDefinition>;
  readonly recent: readonly JournalEntry[];
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;

/** Reads what the trigger names, then the path of the mount. Nothing is read of a task definition without an EFS volume. */
export async function gather(input: RemediateInput, world: World): Promise<RemediateFacts> {
  const named = await namedBy(input, world);
  const taskDefinition = seen(named.taskDefinition);
  const base = {
    ...named,
    byHand: input.kind !== 'stop',
    mayAct: input.kind !== 'stop' || input.mayAct,
    ...(input.kind === 'stop' ? { stop: input.stop } : {}),
    nowMs: world.nowMs(),
  };
  const told = taskDefinition ? toldBy(input, { taskDefinition, task: seen(named.task) }) : undefined;
  if (!taskDefinition || !isWorthReading({ ...base, ...(told ? { told } : {}) }, taskDefinition))
    return { ...base, ...(told ? { told } : {}) };
  const task = seen(named.task);
  const service = seen(named.service);
  const [newest, mount] = await Promise.all([
    world.ecs.taskDefinition(taskDefinition.family),
    gatherMount(
      {
        taskDefinition,
        ...(task ? { task } : {}),
        ...(service ? { service } : {}),
        services: named.services,
        ...(told && told.kind !== 'not-efs' ? { told } : {}),
      },
      world,
    ),
  ]);
  const optedIn = base.optedIn && isOptedIn(newest, true);
  return { ...base, ...(told ? { told } : {}), newest, optedIn, ...(optedIn || base.byHand ? { mount } : {}) };
}

/** A task that had started and then ended can only be about EFS if its own log says so, so there must be a log. */
function isWorthReading(
  { told, optedIn, byHand, mayAct }: RemediateFacts,
  { volumes, containers }: TaskDefinition,
): boolean {
  const efs = new Set(volumes.flatMap(({ kind, name }) => (kind === 'efs' ? [name] : [])));
  if (efs.size === 0 || !(optedIn || byHand)) return false;
  if (told?.kind !== 'not-efs') return true;
  return (
    !mayAct &&
    containers.some(
      ({ logGroup, mountPoints }) => logGroup && mountPoints.some(({ sourceVolume }) => efs.has(sourceVolume)),
    )
  );
}

type Named = Pick<
  RemediateFacts,
  'taskDefinition' | 'reference' | 'task' | 'service' | 'services' | 'optedIn' | 'recent'
>;

/** What the trigger names directly; independent reads run at once. */
async function namedBy(input: RemediateInput, world: World): Promise<Named> {
  switch (input.kind) {
    case 'stop':
      return ofStop(input.stop, world);
    case 'task':
      return ofTask(input, world);
    case 'service':
      return ofService(input, world);
    case 'task-definition':
      return ofFamily(input.reference, world);
  }
}

async function ofStop(stop: Stop, world: World): Promise<Named> {
  const [task, service, rest] = await Promise.all([
    world.ecs.task(stop.clusterArn, stop.taskArn),
    serviceOf(stop, world),
    definitionOf(stop.taskDefinitionArn, world),
  ]);
  return { ...rest, task, service, services: [] };
}

async function ofTask(input: { readonly taskArn: string; readonly clusterArn: string }, world: World): Promise<Named> {
  const task = await world.ecs.task(input.clusterArn, input.taskArn);
  if (task.state !== 'present') return nothing(input.taskArn, task);
  const [service, rest] = await Promise.all([
    serviceOf({ ...task.value }, world),
    definitionOf(task.value.taskDefinitionArn, world),
  ]);
  return { ...rest, task, service, services: [] };
}

async function ofService(input: { readonly cluster: string; readonly service: string }, world: World): Promise<Named> {
  const service = await world.ecs.service(input.cluster, input.service);
  if (service.state !== 'present') return { ...nothing(`${input.cluster}/${input.service}`, absent), service };
  return { ...(await definitionOf(service.value.taskDefinitionArn, world)), task: absent, service, services: [] };
}

async function ofFamily(reference: string, world: World): Promise<Named> {
  const family = parseTaskDefinitionName(reference)?.family ?? reference;
  const [services, rest] = await Promise.all([world.ecs.servicesOf(family), definitionOf(reference, world)]);
  return { ...rest, task: absent, service: absent, services: seen(services) ?? [] };
}

function nothing(reference: string, task: Fact<Task>): Named {
  const why = task.state === 'unknown' ? task.why : 'ECS does not know it; a stopped task is kept for about an hour';
  return { taskDefinition: unknown(why), reference, task, service: absent, services: [], optedIn: false, recent: [] };
}

async function definitionOf(
  reference: string,
  world: World,
): Promise<Pick<Named, 'taskDefinition' | 'reference' | 'optedIn' | 'recent'>> {
  const family = parseTaskDefinitionName(reference)?.family ?? reference;
  const [taskDefinition, enrolled, recent] = await Promise.all([
    world.ecs.taskDefinition(reference),
    hasEnrolled(family, world),
    world.ledger.changes({ family, sinceMs: world.nowMs() - HOUR_MS }),
  ]);
  return { taskDefinition, reference, recent, optedIn: isOptedIn(taskDefinition, enrolled) };
}

/** The group of a task is whoever's choice that ran it: a service that does not run its family has no say. */
async function serviceOf(
  of: { readonly clusterArn: string; readonly group?: string; readonly taskDefinitionArn: string },
  world: World,
): Promise<Fact<Service>> {
  if (!of.group?.startsWith('service:')) return absent;
  const service = await world.ecs.service(of.clusterArn, of.group.slice('service:'.length));
  if (service.state !== 'present') return service;
  const { taskDefinitionArn, deployments } = service.value;
  const runs = [taskDefinitionArn, ...deployments.map((one) => one.taskDefinitionArn)].map(familyNamed);
  return runs.includes(familyNamed(of.taskDefinitionArn)) ? service : absent;
}

function familyNamed(taskDefinition: string): string | undefined {
  return parseTaskDefinitionName(taskDefinition)?.family;
}

/** What the stop reason says, read with the volumes that the task definition really has. */
function toldBy(
  input: RemediateInput,
  known: { readonly taskDefinition: TaskDefinition; readonly task: Task | undefined },
): Told | undefined {
  const stop = input.kind === 'stop' ? input.stop : undefined;
  const text = stop?.reason ?? known.task?.stoppedReason;
  if (text === undefined) return undefined;
  const stopCode = stop?.stopCode ?? known.task?.stopCode;
  return classify({
    text,
    field: 'stoppedReason',
    ...(stopCode === undefined ? {} : { stopCode }),
    containerReasons: stop?.containerReasons ?? known.task?.containerReasons ?? [],
    volumes: known.taskDefinition.volumes.flatMap(({ kind }) => (kind === 'at-launch' ? [] : [kind])),
  });
}
