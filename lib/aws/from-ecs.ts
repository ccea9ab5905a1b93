import type {
  Deployment,
  ContainerInstance as EcsContainerInstance,
  NetworkConfiguration as EcsNetwork,
  Service as EcsService,
  TaskSet,
} from '@aws-sdk/client-ecs';
import type { ContainerInstance, LaunchType, NetworkConfiguration, Service, ServiceDeployment } from '../domain/ecs.ts';
import { given } from './given.ts';
import { fromEcsTags } from './tags.ts';

const LAUNCH_TYPES: readonly string[] = ['FARGATE', 'EC2', 'MANAGED_INSTANCES', 'EXTERNAL'] satisfies LaunchType[];
const CONTROLLERS: readonly string[] = ['ECS', 'CODE_DEPLOY', 'EXTERNAL'] satisfies Service['controller'][];

export function toLaunchType(name: string | undefined): LaunchType {
  return LAUNCH_TYPES.includes(name ?? '') ? (name as LaunchType) : 'OTHER';
}

export function toService(service: EcsService): Service {
  const controller = service.deploymentController?.type ?? 'ECS';
  return given({
    arn: service.serviceArn ?? '',
    name: service.serviceName ?? '',
    clusterArn: service.clusterArn ?? '',
    status: service.status ?? '',
    taskDefinitionArn: service.taskDefinition ?? '',
    launchType: serviceLaunchType(service),
    platformVersion: service.platformVersion,
    controller: CONTROLLERS.includes(controller) ? (controller as Service['controller']) : 'EXTERNAL',
    network: toNetwork(service.networkConfiguration),
    deployments: [...(service.deployments ?? []).map(toDeployment), ...(service.taskSets ?? []).map(fromTaskSet)],
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    tags: fromEcsTags(service.tags),
  });
}

/**
 * A service with capacity providers names no launch type. FARGATE and FARGATE_SPOT are AWS's own names; all others are
 * made by users and hold EC2 instances, whose tasks mount in the same way whoever manages the instances.
 */
function serviceLaunchType({ launchType, capacityProviderStrategy }: EcsService): LaunchType {
  if (launchType !== undefined) return toLaunchType(launchType);
  const providers = (capacityProviderStrategy ?? []).map((item) => item.capacityProvider ?? '');
  if (providers.length === 0) return 'OTHER';
  return providers.every((name) => name.startsWith('FARGATE')) ? 'FARGATE' : 'EC2';
}

function toDeployment(deployment: Deployment): ServiceDeployment {
  return given({
    id: deployment.id ?? '',
    status: deployment.status ?? '',
    taskDefinitionArn: deployment.taskDefinition ?? '',
    rolloutState: deployment.rolloutState,
    network: toNetwork(deployment.networkConfiguration),
  });
}

function fromTaskSet(taskSet: TaskSet): ServiceDeployment {
  return given({
    id: taskSet.id ?? '',
    status: taskSet.status ?? '',
    taskDefinitionArn: taskSet.taskDefinition ?? '',
    network: toNetwork(taskSet.networkConfiguration),
  });
}

function toNetwork(network: EcsNetwork | undefined): NetworkConfiguration | undefined {
  const awsvpc = network?.awsvpcConfiguration;
  if (awsvpc === undefined) return undefined;
  return { subnetIds: awsvpc.subnets ?? [], groupIds: awsvpc.securityGroups ?? [] };
}

export function toContainerInstance(instance: EcsContainerInstance): ContainerInstance {
  return given({
    arn: instance.containerInstanceArn ?? '',
    ec2InstanceId: instance.ec2InstanceId,
    agentVersion: instance.versionInfo?.agentVersion,
    attributes: (instance.attributes ?? []).flatMap((attribute) => attribute.name ?? []),
  });
}
