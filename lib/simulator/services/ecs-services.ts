import type { CreateServiceRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { NetworkConfiguration, SimCluster, SimService } from '../ecs-state.ts';
import { simError } from '../errors.ts';
import { addDeployment, scheduleSoon } from '../scheduler.ts';
import { describeService, describeServices } from './ecs-describe-services.ts';
import { activeTaskDefinition, clusterOf, ecsArn, findService, invalid, toEcsTags } from './ecs-names.ts';

export const serviceHandlers: Handlers = {
  'ECS.CreateService': create,
  'ECS.DescribeServices': describeServices,
  'ECS.UpdateService': update,
};

function create(account: Account, request: CreateServiceRequest) {
  const service = createService(account, request);
  scheduleSoon(account, service);
  return { service: describeService(account, service) };
}

/** Makes the service and its first deployment; starts nothing yet. */
export function createService(account: Account, request: CreateServiceRequest): SimService {
  const cluster = clusterOf(account, request.cluster);
  const name = request.serviceName ?? '';
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw invalid(`Invalid service name: ${name}`);
  if (findService(account, cluster, name)) throw invalid('Creation of service was not idempotent.');
  const service = newService(account, cluster, request);
  checkNetwork(account, service);
  account.state.ecs.services[service.arn] = service;
  if (service.deploymentController === 'ECS') addDeployment(account, service);
  return service;
}

function newService(account: Account, cluster: SimCluster, request: CreateServiceRequest): SimService {
  const { serviceName = '', networkConfiguration, platformVersion, deploymentConfiguration, launchType } = request;
  const { enable = false, rollback = false } = deploymentConfiguration?.deploymentCircuitBreaker ?? {};
  return {
    arn: ecsArn(account, `service/${cluster.name}/${serviceName}`),
    name: serviceName,
    clusterArn: cluster.arn,
    status: 'ACTIVE',
    desiredCount: request.desiredCount ?? 1,
    launchType: launchType ?? 'EC2',
    ...(platformVersion && { platformVersion }),
    taskDefinition: activeTaskDefinition(account, request.taskDefinition ?? '').arn,
    ...(networkConfiguration && { networkConfiguration: networkConfiguration as NetworkConfiguration }),
    deploymentController: request.deploymentController?.type ?? 'ECS',
    circuitBreaker: { enable, rollback },
    createdAtMs: account.clock.nowMs(),
    deployments: [],
    events: [],
    tags: toEcsTags(request.tags),
  };
}

function checkNetwork(account: Account, service: SimService): void {
  const { networkMode } = activeTaskDefinition(account, service.taskDefinition).definition;
  if (networkMode === 'awsvpc' && !service.networkConfiguration) {
    throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  if (networkMode !== 'awsvpc' && service.networkConfiguration) {
    throw invalid('Network Configuration is not valid for the given networkMode of this task definition.');
  }
}

/** What a request may change only by a new deployment. */
const ROLLOUT_MEMBERS = ['taskDefinition', 'forceNewDeployment', 'networkConfiguration', 'platformVersion'] as const;

function update(account: Account, request: UpdateServiceRequest) {
  const cluster = clusterOf(account, request.cluster);
  const service = findService(account, cluster, request.service ?? '');
  if (service === undefined) throw simError('ServiceNotFoundException', 400, 'Service not found.');
  if (service.status !== 'ACTIVE') throw simError('ServiceNotActiveException', 400, 'Service was not ACTIVE.');
  const rollsOut = ROLLOUT_MEMBERS.some((member) => request[member] !== undefined && request[member] !== false);
  if (rollsOut) checkController(service, request);
  applyUpdate(account, service, request);
  if (rollsOut) {
    addDeployment(account, service);
    scheduleSoon(account, service);
  }
  return { service: describeService(account, service) };
}

/** With another controller the task definition moves through CodeDeploy or through task sets (ECS API, UpdateService). */
function checkController(service: SimService, request: UpdateServiceRequest): void {
  const controller = service.deploymentController;
  if (controller === 'ECS') return;
  if (
    controller === 'CODE_DEPLOY' &&
    request.taskDefinition === undefined &&
    request.networkConfiguration === undefined
  ) {
    throw invalid(
      'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    );
  }
  throw invalid(
    `Unable to update task definition, network configuration or platform version on services with a ${controller} deployment controller.`,
  );
}

function applyUpdate(account: Account, service: SimService, request: UpdateServiceRequest): void {
  if (request.taskDefinition !== undefined) {
    service.taskDefinition = activeTaskDefinition(account, request.taskDefinition).arn;
  }
  if (request.networkConfiguration) {
    service.networkConfiguration = request.networkConfiguration as NetworkConfiguration;
  }
  if (request.platformVersion) service.platformVersion = request.platformVersion;
  if (request.desiredCount !== undefined) service.desiredCount = request.desiredCount;
}
