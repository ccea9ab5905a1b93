import type { Account } from './account.ts';
import type {
  AwsvpcConfiguration,
  LaunchType,
  SimCluster,
  SimContainerInstance,
  SimTaskDefinition,
} from './ecs-state.ts';
import type { SimTask, TaskOverrides } from './ecs-task-state.ts';
import { simError } from './errors.ts';
import { requiredAttributes } from './services/ecs-task-definitions.ts';
import { beginLife, type LifeOptions } from './task-life.ts';

/** A secret that overrides carry in plain text, as real ones do. It must turn up in no log and no alert. */
export const MARKED_SECRET = 'example-value-never-log-this';

export interface LaunchOrder {
  readonly cluster: SimCluster;
  readonly definition: SimTaskDefinition;
  readonly launchType: LaunchType;
  readonly platformVersion?: string;
  readonly network?: AwsvpcConfiguration;
  readonly group: string;
  readonly startedBy?: string;
  readonly overrides?: TaskOverrides;
  readonly tags?: SimTask['tags'];
  readonly options?: LifeOptions;
  readonly settled?: (task: SimTask) => void;
}

/** A failure to place a task: no task comes of it, and no event. */
export interface Unplaced {
  readonly arn: string;
  readonly reason: string;
}

/** Places a task and sets it going. Throws where ECS refuses the request itself. */
export function launchTask(account: Account, order: LaunchOrder): SimTask | Unplaced {
  checkPlatform(order);
  const awsvpc = order.definition.definition.networkMode === 'awsvpc';
  if (awsvpc && !order.network) {
    throw simError(
      'InvalidParameterException',
      400,
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    );
  }
  const host = order.launchType === 'EC2' ? placeOn(account, order) : undefined;
  if (host !== undefined && 'reason' in host) return host;
  const task = createTask(account, order, host);
  account.state.ecs.tasks[task.arn] = task;
  beginLife({
    account,
    task,
    definition: order.definition,
    ...(awsvpc && order.network && { network: order.network }),
    options: order.options ?? {},
    ...(order.settled && { settled: order.settled }),
  });
  return task;
}

/** EFS came with Linux platform version 1.4.0 (ECS developer guide, "Amazon EFS volumes"). */
function checkPlatform({ launchType, platformVersion, definition }: LaunchOrder): void {
  const [major = 1, minor = 4] = (platformVersion ?? 'LATEST').split('.').map(Number);
  const old = Number.isFinite(major) && (major < 1 || (major === 1 && minor < 4));
  const efs = definition.definition.volumes?.some(({ efsVolumeConfiguration }) => efsVolumeConfiguration !== undefined);
  if (launchType !== 'FARGATE' || !old || !efs) return;
  throw simError(
    'PlatformTaskDefinitionIncompatibilityException',
    400,
    'The specified platform does not satisfy the task definition’s required capabilities.',
  );
}

function placeOn(account: Account, { cluster, definition, network }: LaunchOrder): SimContainerInstance | Unplaced {
  const { subnets } = account.state.ec2;
  const zone = subnets[network?.subnets[0] ?? '']?.availabilityZone;
  const hosts = Object.values(account.state.ecs.containerInstances).filter((one) => one.clusterArn === cluster.arn);
  const near = hosts.filter((host) => zone === undefined || zoneOf(account, host) === zone);
  const needed = requiredAttributes(definition.definition);
  const fit = near.find(({ attributes }) => needed.every((name) => attributes.some((one) => one.name === name)));
  if (fit?.agentConnected) return fit;
  if (fit) return { arn: fit.arn, reason: 'AGENT' };
  return { arn: near[0]?.arn ?? cluster.arn, reason: near.length > 0 ? 'ATTRIBUTE' : 'RESOURCE' };
}

function zoneOf(account: Account, host: SimContainerInstance): string {
  const subnetId = account.state.ec2.instances[host.ec2InstanceId]?.subnetId;
  return account.state.ec2.subnets[subnetId ?? '']?.availabilityZone ?? '';
}

function createTask(account: Account, order: LaunchOrder, host: SimContainerInstance | undefined): SimTask {
  const { cluster, definition, launchType, network } = order;
  const id = account.newUuid().replaceAll('-', '');
  const arn = (kind: string, rest: string) =>
    `${cluster.arn.replace(/:cluster\/.*/, '')}:${kind}/${cluster.name}/${rest}`;
  const subnet = account.state.ec2.subnets[network?.subnets[0] ?? ''];
  return {
    arn: arn('task', id),
    clusterArn: cluster.arn,
    taskDefinitionArn: definition.arn,
    group: order.group,
    ...(order.startedBy && { startedBy: order.startedBy }),
    launchType,
    ...(launchType === 'FARGATE' && { platformVersion: platformOf(order) }),
    ...(host && { containerInstanceArn: host.arn }),
    availabilityZone: host ? zoneOf(account, host) : (subnet?.availabilityZone ?? ''),
    overrides: order.overrides ?? secretOverrides(definition),
    attachments: [],
    containers: definition.definition.containerDefinitions.map(({ name = '', image = '' }) => ({
      name,
      image,
      arn: arn('container', `${id}/${account.newUuid()}`),
      lastStatus: 'PENDING',
    })),
    createdAtMs: account.clock.nowMs(),
    desiredStatus: 'RUNNING',
    lastStatus: 'PROVISIONING',
    version: 1,
    tags: order.tags ?? [],
    mounted: [],
  };
}

function platformOf({ platformVersion = 'LATEST' }: LaunchOrder): string {
  return platformVersion === 'LATEST' ? '1.4.0' : platformVersion;
}

function secretOverrides(definition: SimTaskDefinition): TaskOverrides {
  return {
    containerOverrides: definition.definition.containerDefinitions.map(({ name }) => ({
      name,
      environment: [{ name: 'EXAMPLE_PASSWORD', value: MARKED_SECRET }],
    })),
  };
}
