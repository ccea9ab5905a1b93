import type { DescribeServicesRequest } from '@aws-sdk/client-ecs';
import type { Account } from '../account.ts';
import type { SimDeployment, SimService, SimTaskSet } from '../ecs-state.ts';
import { tasksOf } from '../scheduler.ts';
import { clusterOf, ecsArn, findService, invalid, toDate } from './ecs-names.ts';

const MOST_SERVICES = 10;

export function describeServices(account: Account, request: DescribeServicesRequest) {
  const { services = [], include } = request;
  if (services.length === 0) throw invalid('Services cannot be empty.');
  if (services.length > MOST_SERVICES) throw invalid(`Services cannot have more than ${MOST_SERVICES} elements`);
  const cluster = clusterOf(account, request.cluster);
  const found = services.map((name) => findService(account, cluster, name));
  return {
    services: found
      .filter((service) => service !== undefined)
      .map((service) => ({
        ...describeService(account, service),
        ...(include?.includes('TAGS') && { tags: [...service.tags] }),
      })),
    failures: services
      .filter((_name, place) => found[place] === undefined)
      .map((name) => ({
        arn: name.startsWith('arn:') ? name : ecsArn(account, `service/${cluster.name}/${name}`),
        reason: 'MISSING',
      })),
  };
}

/** A service without its tags: those come only with `include: ["TAGS"]`. */
export function describeService(account: Account, service: SimService): object {
  const { networkConfiguration, platformVersion } = service;
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    status: service.status,
    desiredCount: service.desiredCount,
    ...countsOf(account, service),
    launchType: service.launchType,
    ...(platformVersion && { platformVersion }),
    taskDefinition: service.taskDefinition,
    deploymentConfiguration: {
      deploymentCircuitBreaker: service.circuitBreaker,
      maximumPercent: 200,
      minimumHealthyPercent: 100,
    },
    ...(service.deploymentController === 'ECS'
      ? { deployments: service.deployments.map((deployment) => describeDeployment(account, service, deployment)) }
      : { taskSets: taskSetsOf(account, service).map(describeTaskSet), deployments: [] }),
    deploymentController: { type: service.deploymentController },
    ...(networkConfiguration && { networkConfiguration: structuredClone(networkConfiguration) }),
    events: service.events.map(({ id, createdAtMs, message }) => ({ id, createdAt: toDate(createdAtMs), message })),
    createdAt: toDate(service.createdAtMs),
    schedulingStrategy: 'REPLICA',
    enableECSManagedTags: false,
    propagateTags: 'NONE',
  };
}

function countsOf(account: Account, service: SimService, deploymentId?: string) {
  const tasks = tasksOf(account, service).filter(
    (task) => task.desiredStatus === 'RUNNING' && (deploymentId === undefined || task.startedBy === deploymentId),
  );
  const runningCount = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length;
  return { runningCount, pendingCount: tasks.length - runningCount };
}

function describeDeployment(account: Account, service: SimService, deployment: SimDeployment): object {
  const { createdAtMs, updatedAtMs, ...rest } = structuredClone(deployment);
  return {
    ...rest,
    createdAt: toDate(createdAtMs),
    updatedAt: toDate(updatedAtMs),
    desiredCount: deployment.status === 'PRIMARY' ? service.desiredCount : 0,
    ...countsOf(account, service, deployment.id),
  };
}

function taskSetsOf(account: Account, service: SimService): readonly SimTaskSet[] {
  return Object.values(account.state.ecs.taskSets).filter(({ serviceArn }) => serviceArn === service.arn);
}

function describeTaskSet(taskSet: SimTaskSet): object {
  const { arn, createdAtMs, ...rest } = structuredClone(taskSet);
  return { ...rest, taskSetArn: arn, createdAt: toDate(createdAtMs), updatedAt: toDate(createdAtMs) };
}
