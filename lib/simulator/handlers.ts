import type { Handlers } from './account.ts';
import { ecsHandlers } from './services/ecs.ts';
import { efsHandlers } from './services/efs.ts';

export type AccountHandlers = Handlers;

/** Every call that the account answers. */
export const accountHandlers: Handlers = {
  ...ecsHandlers,
  ...efsHandlers,
};
