import type { Account } from './account.ts';
import { addCluster, addInstances, definitionRequest } from './estate/compute.ts';
import { addGroup, admitNfs, buildNetwork } from './estate/network.ts';
import { addRole, grant } from './estate/roles.ts';
import { completeSpec, type Estate, type EstateNetwork, type EstateSpec, type EstateWishes } from './estate/spec.ts';
import {
  addAccessPoint,
  buildStorage,
  denyStatement,
  efsArn,
  enforcingStatements,
  putPolicy,
} from './estate/storage.ts';
import { type RunResult, runService, tryRunTask } from './run-task.ts';
import { createService } from './services/ecs-services.ts';
import { registerTaskDefinition } from './services/ecs-task-definitions.ts';
import type { LifeOptions } from './task-life.ts';

/** Parts that estates side by side share, with the account's cluster `shop` among them. */
const CLUSTER = 'shop';
const EXECUTION_ROLE = 'ecsTaskExecutionRole';

/**
 * Builds a small company in the account, without any API call: VPC, file system, roles, cluster, task definition and,
 * unless it runs standalone tasks, a service. Everything works and carries its key unless the wishes say otherwise.
 */
export function buildEstate(account: Account, wishes: EstateWishes = {}): Estate {
  const spec = completeSpec(wishes);
  const network = spec.beside ?? buildNetwork(account, spec);
  const { fileSystemId, fileSystemArn } = spec.beside ?? buildStorage(account, spec, network);
  const clusterArn = addCluster(account, CLUSTER);
  const clientGroupId = addGroup(account, {
    vpcId: network.vpcId,
    name: spec.networkMode === 'awsvpc' ? `${spec.name}-task` : `${spec.name}-instance`,
    keyed: spec.keys.clientGroup,
  });
  admitNfs(account, network.mountTargetGroupId, clientGroupId);
  const accessPointId = spec.accessPoint && spec.volume ? addAccessPoint(account, spec, fileSystemId) : undefined;
  const parts = {
    ...networkOf(network),
    spec,
    family: spec.name,
    fileSystemId,
    fileSystemArn,
    clusterArn,
    clusterName: CLUSTER,
    clientGroupId,
    ...(accessPointId && { accessPointId, accessPointArn: efsArn(account, `access-point/${accessPointId}`) }),
    taskRoleName: `${spec.name}-task`,
    taskRoleArn: addRole(account, `${spec.name}-task`, spec.keys.role),
    executionRoleName: EXECUTION_ROLE,
    logGroup: addLogGroup(account, spec),
    volumeName: 'data',
    containerPath: '/var/data',
    image: 'example/app:1.2.3',
  };
  authorize(account, parts);
  if (spec.trail) addTrail(account);
  return { ...parts, ...addCompute(account, parts), run: { options: {} } };
}

type Parts = Omit<Estate, 'taskDefinitionArn' | 'containerInstanceArns' | 'run'>;

function networkOf({ vpcId, defaultGroupId, appAclId, dataAclId, mountTargetGroupId, zones }: EstateNetwork) {
  return { vpcId, defaultGroupId, appAclId, dataAclId, mountTargetGroupId, zones };
}

/** The grant that the volume needs, and the file-system policy that makes grants count. */
function authorize(account: Account, parts: Parts): void {
  const { spec, fileSystemId, fileSystemArn, accessPointArn, taskRoleName, taskRoleArn } = parts;
  const write = spec.readOnly ? [] : ['ClientWrite'];
  const root = spec.accessPoint || spec.user ? [] : ['ClientRootAccess'];
  if (spec.volume) {
    const actions = ['ClientMount', ...write, ...root];
    grant(account, taskRoleName, { fileSystemArn, ...(accessPointArn && { accessPointArn }), actions });
  }
  if (spec.policy === 'none' || (spec.beside && spec.policy === 'enforcing')) return;
  const deny = spec.policy === 'deny' ? [denyStatement(fileSystemArn, taskRoleArn)] : [];
  putPolicy(account, fileSystemId, [...enforcingStatements(fileSystemArn), ...deny]);
}

function addCompute(account: Account, parts: Parts) {
  const { spec, clusterArn, clusterName, clientGroupId } = parts;
  const executionRoleArn = addRole(account, EXECUTION_ROLE, false);
  const request = definitionRequest(account, spec, { ...parts, executionRoleArn });
  const { arn } = registerTaskDefinition(account, request, `arn:aws:iam::${account.accountId}:role/ci-deploy`);
  const containerInstanceArns =
    spec.launch === 'EC2'
      ? addInstances(account, { network: parts, clusterArn, clusterName, groupId: clientGroupId })
      : [];
  const service = spec.standalone ? {} : { serviceArn: addService(account, parts, arn) };
  return { taskDefinitionArn: arn, containerInstanceArns, ...service };
}

function addService(
  account: Account,
  { spec, clusterName, clientGroupId, zones }: Parts,
  taskDefinition: string,
): string {
  const service = createService(account, {
    cluster: clusterName,
    serviceName: spec.name,
    taskDefinition,
    desiredCount: 1,
    launchType: spec.launch,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: spec.circuitBreaker, rollback: spec.circuitBreaker },
    },
    ...(spec.networkMode === 'awsvpc' && {
      networkConfiguration: {
        awsvpcConfiguration: { subnets: zones.map(({ appSubnetId }) => appSubnetId), securityGroups: [clientGroupId] },
      },
    }),
    tags: spec.keys.service ? [{ key: 'mountkeeper:deploy', value: 'true' }] : [],
  });
  return service.arn;
}

function addLogGroup(account: Account, spec: EstateSpec): string {
  const name = `/ecs/${spec.name}`;
  const tags: Record<string, string> = spec.keys.logGroup ? { 'mountkeeper:allow': 'true' } : {};
  account.state.logs.groups[name] ??= { name, tags, events: [] };
  return name;
}

function addTrail(account: Account): void {
  const arn = `arn:aws:cloudtrail:${account.region}:${account.accountId}:trail/management`;
  account.state.cloudtrail.trails['management'] = {
    name: 'management',
    arn,
    multiRegion: true,
    logging: true,
    readWriteType: 'All',
  };
}

/** Runs the estate's next task, by its service or standalone, and lets the time go by until it runs or has stopped. */
export async function runEstate(account: Account, estate: Estate, options: LifeOptions = {}): Promise<RunResult> {
  const life = { ...estate.run.options, ...options };
  if (estate.serviceArn !== undefined) return await runService(account, estate.serviceArn, life);
  const { platformVersion } = estate.run;
  return await tryRunTask(account, {
    ...life,
    cluster: estate.clusterName,
    taskDefinition: estate.family,
    launchType: estate.spec.launch,
    ...(platformVersion && { platformVersion }),
    ...(estate.spec.networkMode === 'awsvpc' && {
      subnet: estate.zones[0]?.appSubnetId ?? '',
      securityGroups: [estate.clientGroupId],
    }),
  });
}
