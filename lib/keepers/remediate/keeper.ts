import type { Keeper } from '../../keeper.ts';
import { decide } from './decide.ts';
import { gather, type RemediateFacts } from './gather.ts';
import { parse, type RemediateInput } from './parse.ts';

/** Hears a task that failed to start, names the cause from the facts in AWS, repairs what its owners allowed. */
export const remediate: Keeper<RemediateInput, RemediateFacts> = {
  name: 'remediate',
  actions: ['authorize-ingress', 'authorize-egress', 'put-role-policy', 'update-service'],
  parse,
  gather,
  decide,
};
