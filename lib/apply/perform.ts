import type { Action, ActionKind } from '../domain/action.ts';
import type { World } from '../world.ts';
import { createAccessPoint, deleteAccessPoint } from './performers/access-point.ts';
import { publishVolume } from './performers/publish-volume.ts';
import { registerRevision } from './performers/register-revision.ts';
import { deleteRolePolicy, putRolePolicy } from './performers/role-policy.ts';
import { authorizeEgress, authorizeIngress, revokeRule } from './performers/security-group-rule.ts';
import { updateService } from './performers/update-service.ts';
import { updateThroughput } from './performers/update-throughput.ts';

export interface Act {
  readonly world: World;
  readonly changeId: string;
}

export interface Performed {
  /** It was so already: nothing was changed by this call. */
  readonly existed: boolean;
  readonly made: Readonly<Record<string, string>>;
  /** What is still to be ended, at once with the record of the change. */
  readonly closing?: Promise<unknown>;
}

export type Performer<A extends Action> = (action: A, act: Act) => Promise<Performed>;

type Performers = { readonly [K in ActionKind]: Performer<Extract<Action, { kind: K }>> };

const PERFORMERS: Performers = {
  'authorize-ingress': authorizeIngress,
  'authorize-egress': authorizeEgress,
  'revoke-rule': revokeRule,
  'put-role-policy': putRolePolicy,
  'delete-role-policy': deleteRolePolicy,
  'create-access-point': createAccessPoint,
  'delete-access-point': deleteAccessPoint,
  'register-revision': registerRevision,
  'update-service': updateService,
  'publish-volume': publishVolume,
  'update-throughput': updateThroughput,
};

/** Does one change. Throws `Refusal` where AWS refuses, or where the thing is no longer as the plan saw it. */
export function perform<A extends Action>(action: A, act: Act): Promise<Performed> {
  const performer = PERFORMERS[action.kind] as unknown as Performer<A>;
  return performer(action, act);
}
