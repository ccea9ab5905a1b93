import type { Handlers } from '../account.ts';

export const ecsHandlers: Handlers = {};
