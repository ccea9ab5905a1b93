import type { Handlers } from './account.ts';
import { ecsHandlers } from './services/ecs.ts';
import { fileSystemHandlers } from './services/efs-file-systems.ts';

export type AccountHandlers = Handlers;

/** Every call that the account answers. */
export const accountHandlers: Handlers = {
  ...ecsHandlers,
  ...fileSystemHandlers,
};
