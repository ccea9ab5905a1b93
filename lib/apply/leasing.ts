import type { Action } from '../domain/action.ts';
import type { World } from '../world.ts';
import type { Act } from './perform.ts';
import { reserveIds } from './performers/access-point.ts';
import { leaseOfRole, leaseRole } from './performers/role-policy.ts';
import { mustRunAsPlanned } from './performers/update-service.ts';

/** What a change needs besides its family's lease, taken or looked at while its intent is journaled. */
export interface Begun {
  /** Throws where it could not be had. */
  readonly done: Promise<void>;
  /** The same moment, without an error. */
  readonly settled: Promise<void>;
  readonly giveBack: () => Promise<void>;
}

/** A role and the ids of a file system may be shared by families, so the lease of one of them does not guard them. */
export function begin(action: Action, act: Act): Begun {
  const done = take(action, act);
  return {
    done,
    settled: done.catch(() => undefined),
    giveBack: async () => {
      if (isOfRole(action)) await act.world.ledger.release(leaseOfRole(action), act.changeId);
    },
  };
}

async function take(action: Action, act: Act): Promise<void> {
  if (isOfRole(action)) await leaseRole(action, act);
  if (action.kind === 'create-access-point') await reserveIds(action, act.world);
  if (action.kind === 'update-service') await mustRunAsPlanned(action, act.world);
}

export async function lookAtLease(action: Action, world: World): Promise<void> {
  if (isOfRole(action)) await world.ledger.ahead({ lease: leaseOfRole(action) });
}

function isOfRole(action: Action): action is Extract<Action, { roleArn: string }> {
  return action.kind === 'put-role-policy' || action.kind === 'delete-role-policy';
}
