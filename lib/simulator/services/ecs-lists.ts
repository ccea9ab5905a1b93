import type {
  ListServicesRequest,
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionsRequest,
  ListTasksRequest,
} from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { SimTaskDefinition } from '../ecs-state.ts';
import { pageOf, pageSize } from '../paging.ts';
import { isVisible } from './ecs-describe-tasks.ts';
import { clusterOf } from './ecs-names.ts';

export const listHandlers: Handlers = {
  'ECS.ListTaskDefinitions': listTaskDefinitions,
  'ECS.ListTaskDefinitionFamilies': listFamilies,
  'ECS.ListServices': listServices,
  'ECS.ListTasks': listTasks,
  'ECS.ListClusters': (account: Account, request: PagedRequest) =>
    paged('clusterArns', Object.keys(account.state.ecs.clusters), request),
  'ECS.ListContainerInstances': (account: Account, request: PagedRequest & { readonly cluster?: string }) => {
    const cluster = clusterOf(account, request.cluster);
    const inCluster = Object.values(account.state.ecs.containerInstances).filter(
      (one) => one.clusterArn === cluster.arn,
    );
    return paged(
      'containerInstanceArns',
      inCluster.map(({ arn }) => arn),
      request,
    );
  },
};

interface PagedRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

const LARGEST_PAGE = 100;

function paged(member: string, arns: readonly string[], request: PagedRequest): object {
  const { items, next } = pageOf(arns, {
    token: request.nextToken,
    size: pageSize(request.maxResults, LARGEST_PAGE),
    invalid: 'InvalidParameterException',
  });
  return { [member]: items, ...(next && { nextToken: next }) };
}

/** `familyPrefix` is a whole family name here, in spite of its own name (ECS API reference, ListTaskDefinitions). */
function listTaskDefinitions(account: Account, request: ListTaskDefinitionsRequest) {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = request;
  const wanted = Object.values(account.state.ecs.taskDefinitions)
    .flatMap(({ revisions }) => Object.values(revisions))
    .filter((one) => one.status === status && (familyPrefix === undefined || one.family === familyPrefix))
    .sort(byFamilyAndRevision);
  if (sort === 'DESC') wanted.reverse();
  return paged(
    'taskDefinitionArns',
    wanted.map(({ arn }) => arn),
    request,
  );
}

function byFamilyAndRevision(one: SimTaskDefinition, other: SimTaskDefinition): number {
  if (one.family === other.family) return one.revision - other.revision;
  return one.family < other.family ? -1 : 1;
}

function listFamilies(account: Account, request: ListTaskDefinitionFamiliesRequest) {
  const { familyPrefix = '', status = 'ALL' } = request;
  const wanted = Object.entries(account.state.ecs.taskDefinitions)
    .filter(([family]) => family.startsWith(familyPrefix))
    .filter(([, { revisions }]) => {
      const active = Object.values(revisions).some((one) => one.status === 'ACTIVE');
      return status === 'ALL' || active === (status === 'ACTIVE');
    })
    .map(([family]) => family);
  return paged('families', wanted.sort(), request);
}

function listServices(account: Account, request: ListServicesRequest) {
  const cluster = clusterOf(account, request.cluster);
  const wanted = Object.values(account.state.ecs.services).filter(
    (service) =>
      service.clusterArn === cluster.arn &&
      service.status !== 'INACTIVE' &&
      (request.launchType === undefined || service.launchType === request.launchType),
  );
  return paged(
    'serviceArns',
    wanted.map(({ arn }) => arn),
    { ...request, maxResults: request.maxResults ?? 10 },
  );
}

/** Without `desiredStatus` only tasks that are meant to run. */
function listTasks(account: Account, request: ListTasksRequest) {
  const cluster = clusterOf(account, request.cluster);
  const { family, serviceName, startedBy, containerInstance, launchType, desiredStatus = 'RUNNING' } = request;
  const service = serviceName?.split('/').at(-1);
  const wanted = Object.values(account.state.ecs.tasks).filter(
    (task) =>
      task.clusterArn === cluster.arn &&
      isVisible(account, task) &&
      task.desiredStatus === desiredStatus &&
      (family === undefined || task.taskDefinitionArn.includes(`:task-definition/${family}:`)) &&
      (service === undefined || task.group === `service:${service}`) &&
      (startedBy === undefined || task.startedBy === startedBy) &&
      (launchType === undefined || task.launchType === launchType) &&
      (containerInstance === undefined || task.containerInstanceArn?.endsWith(containerInstance) === true),
  );
  return paged(
    'taskArns',
    wanted.map(({ arn }) => arn),
    request,
  );
}
