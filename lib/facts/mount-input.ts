import type { Told } from '../diagnosis/mount-facts.ts';
import type { LaunchType, NetworkConfiguration, Service, Task, TaskDefinition } from '../domain/ecs.ts';

/** Whose mounts are to be looked at, as far as it is known already. */
export interface MountInput {
  readonly taskDefinition: TaskDefinition;
  /** The task that stopped, or one that runs. */
  readonly task?: Task;
  /** The service of that task. */
  readonly service?: Service;
  /** Further services that run the family: their places count too. */
  readonly services?: readonly Service[];
  /** Subnets and groups of the task, kept from an event of the time when its interface was alive. */
  readonly remembered?: NetworkConfiguration;
  /** The stop reason's kind; absent where nothing failed. */
  readonly told?: Told;
  /** Other enrolled families on the task role, where they are known. */
  readonly roleFamilies?: readonly string[];
  /** Reads burst credits even where the network explains the failure. */
  readonly withCredits?: boolean;
}

export function usesOwnInterface({ taskDefinition }: MountInput): boolean {
  return taskDefinition.networkMode === 'awsvpc';
}

export function servicesOf({ service, services = [] }: MountInput): readonly Service[] {
  const all = service ? [service, ...services] : services;
  return [...new Map(all.map((one) => [one.arn, one])).values()];
}

const COMPATIBILITIES: readonly LaunchType[] = ['FARGATE', 'EC2', 'MANAGED_INSTANCES', 'EXTERNAL'];

/** A task knows best; a service with a capacity provider may not; a task definition says what it can run on. */
export function launchTypeOf(input: MountInput): LaunchType {
  const { task, taskDefinition } = input;
  if (task) return task.launchType;
  const known = servicesOf(input).find(({ launchType }) => launchType !== 'OTHER')?.launchType;
  return known ?? COMPATIBILITIES.find((type) => taskDefinition.requiresCompatibilities.includes(type)) ?? 'OTHER';
}
