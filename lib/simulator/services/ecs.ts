import type { Handlers } from '../account.ts';
import { clusterHandlers } from './ecs-clusters.ts';
import { listHandlers } from './ecs-lists.ts';
import { serviceHandlers } from './ecs-services.ts';
import { tagHandlers } from './ecs-tags.ts';
import { taskDefinitionHandlers } from './ecs-task-definitions.ts';
import { taskHandlers } from './ecs-tasks.ts';

/** Every ECS call that the account answers. */
export const ecsHandlers: Handlers = {
  ...clusterHandlers,
  ...listHandlers,
  ...serviceHandlers,
  ...tagHandlers,
  ...taskDefinitionHandlers,
  ...taskHandlers,
};
