import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import type { Service, TaskDefinition } from '../domain/ecs.ts';
import { absent, type Fact, present, seen } from '../domain/fact.ts';
import { parseTaskDefinitionName } from '../domain/ids.ts';
import type { Radius } from '../plan/radius.ts';
import type { World } from '../world.ts';
import { askAhead } from './ask-ahead.ts';
import { isOptedIn } from './enrolment.ts';
import { gatherIdentity } from './gather-identity.ts';
import { gatherMount } from './gather-mount.ts';
import { efsVolumesOf, gatherVolume } from './gather-volume.ts';

/** A service with the revision that it runs; without a service, the newest revision. */
export interface Unit {
  readonly service?: Service;
  readonly mount: MountFacts;
}

export interface FamilyFacts {
  readonly family: string;
  readonly optedIn: boolean;
  /** Absent: the family has no active revision, it is gone. */
  readonly newest: Fact<TaskDefinition>;
  readonly services: Fact<readonly Service[]>;
  readonly units: readonly Unit[];
  /** What its mounts rested on when it was last looked at. */
  readonly remembered?: Radius;
}

export interface FamilyInput {
  readonly family: string;
  /** Opted in by an earlier revision, as the ledger knows. */
  readonly enrolled: boolean;
  readonly remembered?: Radius;
  /** The newest revision, where it is known without asking. */
  readonly newest?: TaskDefinition;
}

/** Everything that decides whether the next task of a family will mount. Nothing more is read of one that opted out. */
export async function gatherFamily(input: FamilyInput, world: World): Promise<FamilyFacts> {
  const newest = input.newest ? present(input.newest) : await world.ecs.taskDefinition(input.family);
  const optedIn = isOptedIn(newest, input.enrolled);
  const known = { family: input.family, optedIn, newest, ...(input.remembered && { remembered: input.remembered }) };
  if (!optedIn || newest.state !== 'present') return { ...known, services: absent, units: [] };
  askAhead(...asking(newest.value, world));
  const services = await world.ecs.servicesOf(input.family);
  const units = await Promise.all(unitsOf(newest.value, seen(services) ?? []).map((one) => gatherUnit(one, world)));
  return { ...known, services, units: units.filter((unit) => unit !== undefined) };
}

/** What the newest revision's mounts rest on, while its services are listed: mostly they run it, and find it read. */
function asking(taskDefinition: TaskDefinition, world: World): readonly Promise<unknown>[] {
  const listing = efsVolumesOf(taskDefinition).map((one) => gatherVolume(one, { taskDefinition }, world));
  return [...listing.map(async (one) => askDns(await one, world)), gatherIdentity({ taskDefinition }, world)];
}

/** Tasks stand in the VPC of the mount targets. */
async function askDns({ mountTargets }: VolumeFacts, world: World): Promise<void> {
  const vpcIds = new Set((seen(mountTargets) ?? []).map(({ vpcId }) => vpcId));
  await Promise.all([...vpcIds].map((id) => world.ec2.dns(id)));
}

interface Named {
  readonly service?: Service;
  /** Read already, where it is the newest. */
  readonly newest: TaskDefinition;
}

function unitsOf(newest: TaskDefinition, services: readonly Service[]): readonly Named[] {
  const ours = services.filter(
    ({ taskDefinitionArn }) => parseTaskDefinitionName(taskDefinitionArn)?.family === newest.family,
  );
  return ours.length === 0 ? [{ newest }] : ours.map((service) => ({ service, newest }));
}

async function gatherUnit({ service, newest }: Named, world: World): Promise<Unit | undefined> {
  const isNewest = service === undefined || service.taskDefinitionArn === newest.arn;
  const taskDefinition = isNewest ? newest : seen(await world.ecs.taskDefinition(service.taskDefinitionArn));
  if (!taskDefinition || efsVolumesOf(taskDefinition).length === 0) return undefined;
  const mount = await gatherMount({ taskDefinition, ...(service && { service }) }, world);
  return { mount, ...(service && { service }) };
}
