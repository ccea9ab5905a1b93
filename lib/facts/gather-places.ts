import type { KnownFrom, Place } from '../diagnosis/mount-facts.ts';
import type { SecurityGroup, Subnet } from '../domain/ec2.ts';
import type { NetworkConfiguration, Task } from '../domain/ecs.ts';
import { type Fact, mapFact, present, unknown } from '../domain/fact.ts';
import type { World } from '../world.ts';
import { type MountInput, servicesOf } from './mount-input.ts';
import { type Configuration, configurationsOf, withTaskSubnet } from './network-configurations.ts';

export interface Places {
  readonly places: readonly Place[];
  readonly placesUnknown?: string;
  /** Groups that were read on the way. */
  readonly groups: Readonly<Record<string, Fact<SecurityGroup>>>;
}

/** Subnets and groups of tasks with an interface of their own. */
export async function gatherConfigurations(input: MountInput, world: World): Promise<readonly Configuration[]> {
  return withTaskSubnet(await findConfigurations(input, world), input.task);
}

/** Where those tasks stand, and with which groups. */
export async function gatherTaskPlaces(
  { configuring, task }: { readonly configuring: Promise<readonly Configuration[]>; readonly task: Task | undefined },
  world: World,
): Promise<Places> {
  const configurations = await configuring;
  if (configurations.length === 0) {
    return { places: [], groups: {}, placesUnknown: 'neither a service nor a task says where the family runs' };
  }
  const gathered = await Promise.all(configurations.map((one) => placesOf(one, task, world)));
  return {
    places: gathered.flatMap(({ places }) => places),
    groups: Object.assign({}, ...gathered.map(({ groups }) => groups)),
  };
}

async function findConfigurations(input: MountInput, world: World): Promise<readonly Configuration[]> {
  const { task, service, remembered } = input;
  const ofServices = servicesOf(input).flatMap((one) =>
    configurationsOf(one, one.arn === service?.arn ? task : undefined),
  );
  if (remembered && task) {
    return [...ofServices.map((one) => ({ ...one, ofTask: false })), configuration(remembered, 'event')];
  }
  if (!task || service) return ofServices;
  return [...ofServices, await standalone(task, world)];
}

/** Groups of a task without a service: from its interface while that lives, else from the record of its RunTask call. */
async function standalone(task: Task, world: World): Promise<Configuration> {
  const subnetIds = task.subnetId === undefined ? [] : [task.subnetId];
  if (task.networkInterfaceId && task.lastStatus !== 'STOPPED') {
    const groupIds = await world.ec2.interfaceGroups(task.networkInterfaceId);
    if (groupIds.state === 'present') return { subnetIds, groupIds, knownFrom: 'event', ofTask: true };
  }
  const nearMs = task.createdAtMs ?? task.stoppedAtMs ?? world.nowMs();
  const record = await world.trail.runTask(task.arn, nearMs);
  if (record.state === 'present') return configuration(record.value, 'run-task-record');
  const why = record.state === 'unknown' ? record.why : 'CloudTrail has no RunTask record of the task';
  return { subnetIds, groupIds: unknown(`groups of the task: ${why}`), knownFrom: 'run-task-record', ofTask: true };
}

function configuration({ subnetIds, groupIds }: NetworkConfiguration, knownFrom: KnownFrom): Configuration {
  return { subnetIds, groupIds: present(groupIds), knownFrom, ofTask: true };
}

type Gathered = Pick<Places, 'places' | 'groups'>;

async function placesOf(
  { subnetIds, groupIds, knownFrom, ofTask }: Configuration,
  task: Task | undefined,
  world: World,
): Promise<Gathered> {
  const subnets = await Promise.all(subnetIds.map(async (id) => [id, await world.ec2.subnet(id)] as const));
  const fallback =
    groupIds.state === 'present' && groupIds.value.length === 0 ? await defaultGroup(subnets, world) : undefined;
  const places = subnets.map(([subnetId, subnet]): Place => {
    const failed = ofTask && (task?.subnetId ?? subnetId) === subnetId;
    return {
      subnetId,
      subnet,
      groupIds: fallback ? mapFact(fallback, ({ id }) => [id]) : groupIds,
      knownFrom: fallback ? 'vpc-default' : knownFrom,
      failed,
      ...(failed && task?.subnetId && task.privateIpv4 && { ipv4: task.privateIpv4 }),
    };
  });
  return { places, groups: fallback?.state === 'present' ? { [fallback.value.id]: fallback } : {} };
}

/** Without groups an interface gets the default group of its VPC. */
async function defaultGroup(
  subnets: readonly (readonly [string, Fact<Subnet>])[],
  world: World,
): Promise<Fact<SecurityGroup>> {
  const [vpcId] = subnets.flatMap(([, subnet]) => (subnet.state === 'present' ? [subnet.value.vpcId] : []));
  return vpcId === undefined ? unknown('the VPC of the subnets is not known') : await world.ec2.defaultGroup(vpcId);
}
