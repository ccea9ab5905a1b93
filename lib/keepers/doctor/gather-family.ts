import type { MountFacts, VolumeFacts } from '../../diagnosis/mount-facts.ts';
import type { SecurityGroup } from '../../domain/ec2.ts';
import type { Service, Task, TaskDefinition } from '../../domain/ecs.ts';
import { type Fact, present, seen } from '../../domain/fact.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import { hasEnrolled } from '../../facts/enrolment.ts';
import { gatherMount } from '../../facts/gather-mount.ts';
import type { MetricSeries } from '../../verbs.ts';
import type { World } from '../../world.ts';
import { fromLedger } from './gather-installation.ts';
import { gatherSeries } from './gather-series.ts';

/** One family, as far as it could be looked at. */
export interface FamilyLook {
  readonly reference: string;
  readonly family: string;
  readonly taskDefinition: Fact<TaskDefinition>;
  /** Families of the account with names like it, where there is none of this name. */
  readonly families: readonly string[];
  readonly enrolled: Fact<boolean>;
  readonly services: Fact<readonly Service[]>;
  readonly mount?: MountFacts;
  /** Security groups that are not on the path that was judged, but hold a key: those of the mount targets. */
  readonly groups: Readonly<Record<string, Fact<SecurityGroup>>>;
  readonly series: Fact<ReadonlyMap<string, MetricSeries>>;
}

interface Asked {
  readonly reference: string;
  readonly cluster?: string;
}

export async function lookAtFamily({ reference, cluster }: Asked, world: World): Promise<FamilyLook> {
  const family = parseTaskDefinitionName(reference)?.family ?? reference;
  const [taskDefinition, enrolled, services] = await Promise.all([
    world.ecs.taskDefinition(reference),
    fromLedger(() => hasEnrolled(family, world)),
    world.ecs.servicesOf(family),
  ]);
  const base = { reference, family, taskDefinition, enrolled, services, groups: {}, families: [], series: NO_SERIES };
  const definition = seen(taskDefinition);
  if (definition === undefined) return { ...base, families: await familiesOf(taskDefinition, world) };
  if (!definition.volumes.some(({ kind }) => kind === 'efs')) return base;
  const running = seen(services) ?? [];
  const task = running.length === 0 ? await taskOf(family, cluster ?? 'default', world) : undefined;
  const mount = await gatherMount({ taskDefinition: definition, services: running, ...(task ? { task } : {}) }, world);
  const [groups, series] = await Promise.all([groupsOf(mount, world), gatherSeries(mount, world)]);
  return { ...base, mount: withCredits(mount, series), groups, series };
}

const NO_SERIES: Fact<ReadonlyMap<string, MetricSeries>> = present(new Map());

async function familiesOf(taskDefinition: Fact<TaskDefinition>, world: World): Promise<readonly string[]> {
  return taskDefinition.state === 'absent' ? (seen(await world.ecs.families()) ?? []) : [];
}

/** A standalone task tells where the family runs; one that stopped lately does as well. */
async function taskOf(family: string, cluster: string, world: World): Promise<Task | undefined> {
  for (const status of ['RUNNING', 'STOPPED'] as const) {
    const [task] = seen(await world.ecs.tasks(cluster, { family, status })) ?? [];
    if (task !== undefined) return task;
  }
  return undefined;
}

/** From the last day's series: a file system that nobody uses has no newer value, which is no trouble. */
function withCredits(mount: MountFacts, series: FamilyLook['series']): MountFacts {
  return { ...mount, volumes: mount.volumes.map((volume) => ({ ...volume, ...creditsOf(volume, series) })) };
}

function creditsOf({ fileSystem, efs }: VolumeFacts, series: FamilyLook['series']): Pick<VolumeFacts, 'credits'> {
  if (seen(fileSystem)?.throughputMode !== 'bursting') return {};
  if (series.state !== 'present') return { credits: series };
  const last = series.value.get(`${efs.fileSystemId}/BurstCreditBalance`)?.values.at(-1);
  return last === undefined ? {} : { credits: present(last) };
}

async function groupsOf(mount: MountFacts, world: World): Promise<FamilyLook['groups']> {
  const targets = mount.volumes.flatMap(({ mountTargets }) => seen(mountTargets) ?? []);
  const ids = [...new Set(targets.flatMap(({ groupIds }) => seen(groupIds) ?? []))];
  const read = await Promise.all(ids.map(async (id) => [id, mount.groups[id] ?? (await world.ec2.group(id))] as const));
  return Object.fromEntries(read);
}
