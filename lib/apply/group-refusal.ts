import type { Action } from '../domain/action.ts';
import type { SecurityGroup } from '../domain/ec2.ts';
import type { Fact } from '../domain/fact.ts';
import type { KeyRefusal } from '../plan/keys.ts';
import type { World } from '../world.ts';

/** 80 % of the 60 rules per direction that a security group holds by default (Amazon VPC quotas, L-0EA8095F). */
export const RULES_AT_MOST = 48;

/** Why this opening may not be made, by what the two groups are right now. */
export async function groupRefusal(action: Action, world: World): Promise<KeyRefusal | undefined> {
  if (action.kind !== 'authorize-ingress' && action.kind !== 'authorize-egress') return undefined;
  const ingress = action.kind === 'authorize-ingress';
  const peerId = ingress ? action.sourceGroupId : action.targetGroupId;
  const [group, peer] = await Promise.all([world.ec2.group(action.groupId), world.ec2.group(peerId)]);
  return pairRefusal({ group, peer, ingress, accountId: world.self.accountId });
}

function pairRefusal(pair: {
  readonly group: Fact<SecurityGroup>;
  readonly peer: Fact<SecurityGroup>;
  readonly ingress: boolean;
  readonly accountId: string;
}): KeyRefusal | undefined {
  const { group, peer, ingress } = pair;
  if (group.state !== 'present' || peer.state !== 'present') {
    return {
      heldBy: 'unknown',
      why: 'One of the two security groups could not be read again right before the change.',
    };
  }
  if (group.value.ownerId !== pair.accountId || peer.value.ownerId !== pair.accountId) {
    return { heldBy: 'person', why: 'One of the two security groups belongs to another account.' };
  }
  const client = ingress ? peer.value : group.value;
  if (client.name === 'default')
    return {
      heldBy: 'person',
      why: `${client.id} is the VPC's default group: opening it would open to everything that carries it.`,
    };
  const rules = (ingress ? group.value.ingress : group.value.egress).length;
  if (rules >= RULES_AT_MOST)
    return {
      heldBy: 'quota',
      why: `${group.value.id} has ${rules} rules; Mountkeeper adds none from ${RULES_AT_MOST} on.`,
    };
  return undefined;
}
