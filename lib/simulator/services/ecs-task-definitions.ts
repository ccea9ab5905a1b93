import type {
  ContainerDefinition,
  DeregisterTaskDefinitionRequest,
  DescribeTaskDefinitionRequest,
  RegisterTaskDefinitionRequest,
  Volume,
} from '@aws-sdk/client-ecs';
import type { Account, Handlers } from '../account.ts';
import type { RegisteredDefinition, SimTaskDefinition } from '../ecs-state.ts';
import { simError } from '../errors.ts';
import { definitionTrouble } from './ecs-definition-rules.ts';
import { ecsArn, findTaskDefinition, toDate, toEcsTags } from './ecs-names.ts';

export const taskDefinitionHandlers: Handlers = {
  'ECS.RegisterTaskDefinition': register,
  'ECS.DescribeTaskDefinition': describe,
  'ECS.DeregisterTaskDefinition': deregister,
};

function register(account: Account, request: RegisterTaskDefinitionRequest, caller: string) {
  const kept = registerTaskDefinition(account, request, caller);
  return { taskDefinition: describeDefinition(kept), ...(kept.tags.length > 0 && { tags: kept.tags }) };
}

/** A new revision of the family. Its tags are those of this request: nothing is taken over from the one before. */
export function registerTaskDefinition(
  account: Account,
  request: RegisterTaskDefinitionRequest,
  caller: string,
): SimTaskDefinition {
  const trouble = definitionTrouble(request);
  if (trouble !== undefined) throw simError('ClientException', 400, trouble);
  const { tags, ...definition } = structuredClone(request);
  const family = definition.family ?? '';
  const { taskDefinitions } = account.state.ecs;
  taskDefinitions[family] ??= { lastRevision: 0, revisions: {} };
  const known = taskDefinitions[family];
  const kept: SimTaskDefinition = {
    arn: ecsArn(account, `task-definition/${family}:${known.lastRevision + 1}`),
    family,
    revision: known.lastRevision + 1,
    status: 'ACTIVE',
    registeredAtMs: account.clock.nowMs(),
    registeredBy: caller,
    definition: withDefaults(definition),
    tags: toEcsTags(tags),
  };
  known.lastRevision = kept.revision;
  known.revisions[String(kept.revision)] = kept;
  return kept;
}

/** ECS writes its defaults into what it keeps. */
function withDefaults(definition: Omit<RegisterTaskDefinitionRequest, 'tags'>): RegisteredDefinition {
  return {
    ...definition,
    containerDefinitions: (definition.containerDefinitions ?? []).map(completeContainer),
    volumes: (definition.volumes ?? []).map(completeVolume),
  } as RegisteredDefinition;
}

function completeContainer(container: ContainerDefinition): ContainerDefinition {
  const defaults = { cpu: 0, portMappings: [], essential: true, environment: [], mountPoints: [], volumesFrom: [] };
  return { ...defaults, ...container };
}

function completeVolume(volume: Volume): Volume {
  const { efsVolumeConfiguration: efs, ...rest } = volume;
  if (efs === undefined) return volume;
  return { ...rest, efsVolumeConfiguration: { ...efs, rootDirectory: efs.rootDirectory ?? '/' } };
}

export function describeDefinition(kept: SimTaskDefinition): object {
  const { definition, arn, family, revision, status, registeredBy } = kept;
  return {
    ...structuredClone(definition),
    taskDefinitionArn: arn,
    family,
    revision,
    status,
    registeredBy,
    registeredAt: toDate(kept.registeredAtMs),
    ...(kept.deregisteredAtMs !== undefined && { deregisteredAt: toDate(kept.deregisteredAtMs) }),
    requiresAttributes: requiredAttributes(definition).map((name) => ({ name })),
    compatibilities:
      definition.networkMode === 'awsvpc' ? ['EC2', 'FARGATE', 'MANAGED_INSTANCES'] : ['EXTERNAL', 'EC2'],
  };
}

/** What an instance must be able to do: this is how ECS keeps EFS tasks off old agents. */
export function requiredAttributes(definition: RegisteredDefinition): readonly string[] {
  const efs = (definition.volumes ?? []).flatMap(({ efsVolumeConfiguration }) => efsVolumeConfiguration ?? []);
  return [
    ...(efs.length > 0 ? ['ecs.capability.efs'] : []),
    ...(efs.some(({ authorizationConfig, transitEncryption }) => authorizationConfig ?? transitEncryption)
      ? ['ecs.capability.efsAuth']
      : []),
    ...(definition.taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(definition.networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : []),
  ];
}

function describe(account: Account, { taskDefinition, include }: DescribeTaskDefinitionRequest) {
  const found = findTaskDefinition(account, taskDefinition ?? '');
  if (found === undefined) throw simError('ClientException', 400, 'Unable to describe task definition.');
  return { taskDefinition: describeDefinition(found), ...(include?.includes('TAGS') && { tags: [...found.tags] }) };
}

function deregister(account: Account, { taskDefinition = '' }: DeregisterTaskDefinitionRequest) {
  const named = taskDefinition.split(':task-definition/').at(-1) ?? '';
  if (!named.includes(':'))
    throw simError('ClientException', 400, 'Task definition must be family:revision or an ARN.');
  const found = findTaskDefinition(account, taskDefinition);
  if (found === undefined) throw simError('ClientException', 400, 'The specified task definition does not exist.');
  if (found.status === 'ACTIVE') {
    found.status = 'INACTIVE';
    found.deregisteredAtMs = account.clock.nowMs();
  }
  return { taskDefinition: describeDefinition(found) };
}
