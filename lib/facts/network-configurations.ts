import type { KnownFrom } from '../diagnosis/mount-facts.ts';
import type { NetworkConfiguration, Service, Task } from '../domain/ecs.ts';
import type { Fact } from '../domain/fact.ts';

/** Subnets with the groups that a task has in any of them. */
export interface Configuration {
  readonly subnetIds: readonly string[];
  readonly groupIds: Fact<readonly string[]>;
  readonly knownFrom: KnownFrom;
  /** Whether the failed task was, or may have been, started with it. */
  readonly ofTask: boolean;
}

/**
 * The configurations that a service starts tasks with: its own and those of its deployments and task sets. Where the
 * deployment that started the task is still there, the task had its configuration, else it may have had any.
 */
export function configurationsOf(service: Service, task: Task | undefined): readonly Configuration[] {
  const starter = service.deployments.find(({ id }) => id === task?.startedBy)?.network;
  const all = [service.network, ...service.deployments.map(({ network }) => network)].filter(
    (one) => one !== undefined,
  );
  const distinct = [...new Map(all.map((network) => [keyOf(network), network])).values()];
  return distinct.map((network) => ({
    subnetIds: network.subnetIds,
    groupIds: { state: 'present', value: network.groupIds },
    knownFrom: 'service',
    ofTask: task !== undefined && (starter === undefined || keyOf(starter) === keyOf(network)),
  }));
}

/** A task stands in a subnet that its service may have left since: that place counts as well. */
export function withTaskSubnet(
  configurations: readonly Configuration[],
  task: Task | undefined,
): readonly Configuration[] {
  const subnetId = task?.subnetId;
  const own = configurations.filter(({ ofTask }) => ofTask);
  if (subnetId === undefined || own.some(({ subnetIds }) => subnetIds.includes(subnetId))) return configurations;
  const left = own.map((configuration) => ({ ...configuration, subnetIds: [subnetId] }));
  return [...configurations, ...left];
}

function keyOf({ subnetIds, groupIds }: NetworkConfiguration): string {
  return [subnetIds, groupIds].map((ids) => ids.toSorted().join(' ')).join('|');
}
