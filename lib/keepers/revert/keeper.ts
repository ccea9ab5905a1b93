import type { Keeper } from '../../keeper.ts';
import type { World } from '../../world.ts';
import { decide } from './decide.ts';
import { gather, type RevertFacts } from './gather.ts';
import { parse, type RevertInput } from './parse.ts';

/** Takes back what the journal holds, last change first, as far as it is still as Mountkeeper left it; and holds it. */
export const revert: Keeper<RevertInput, RevertFacts> = {
  name: 'revert',
  actions: [
    'authorize-ingress',
    'authorize-egress',
    'revoke-rule',
    'put-role-policy',
    'delete-role-policy',
    'delete-access-point',
    'update-service',
    'publish-volume',
    'update-throughput',
  ],
  parse,
  gather,
  decide,
  remember: release,
};

async function release({ releases }: RevertFacts, world: World): Promise<void> {
  for (const key of releases) await world.ledger.releaseHeld(key);
}
