import type { UpdateService } from '../../domain/action.ts';
import type { Description, Undoing } from './description.ts';
import { aws, type Given, named, nameIn } from './shell.ts';

export function describeUpdateService(action: UpdateService, given: Given): Description {
  const before = nameIn(action.previousTaskDefinition);
  const after = action.taskDefinition === undefined ? undefined : named(afterOf(action.taskDefinition));
  return {
    sign: '~',
    thing: `service ${nameIn(action.serviceArn)}`,
    part: after === undefined ? 'new deployment' : 'task definition',
    change: after === undefined ? `of ${before}` : `${before} -> ${after}`,
    detail: [
      `in cluster ${nameIn(action.clusterArn)}; ECS starts new tasks and stops the old ones as they become healthy`,
    ],
    byHand: updateCommand(action, given),
    undo: undoing(action, given),
    check: checkCommand(action, given),
  };
}

function undoing(action: UpdateService, given: Given): Undoing {
  const { taskDefinition, previousTaskDefinition } = action;
  if (taskDefinition === undefined || taskDefinition === previousTaskDefinition)
    return { cannot: 'Nothing to take back: the service runs the task definition that it ran before.' };
  return {
    command: updateCommand({ ...action, taskDefinition: previousTaskDefinition, forceNewDeployment: false }, given),
  };
}

function updateCommand(action: UpdateService, given: Given): string {
  const { taskDefinition, forceNewDeployment } = action;
  const words = [
    ...['ecs', 'update-service', '--cluster', nameIn(action.clusterArn), '--service', nameIn(action.serviceArn)],
    ...(taskDefinition === undefined ? [] : ['--task-definition', nameIn(taskDefinition)]),
    ...(forceNewDeployment ? ['--force-new-deployment'] : []),
  ];
  return aws(words, given);
}

function checkCommand(action: UpdateService, given: Given): string {
  const query = 'services[0].deployments[].[status,taskDefinition,rolloutState,runningCount,failedTasks]';
  const where = ['--cluster', nameIn(action.clusterArn), '--services', nameIn(action.serviceArn)];
  return aws(['ecs', 'describe-services', ...where, '--query', query, '--output', 'table'], given);
}

/** Not registered yet: the step before makes it. */
function afterOf(taskDefinition: string): string {
  return taskDefinition.startsWith('${') ? 'its wired revision' : nameIn(taskDefinition);
}
