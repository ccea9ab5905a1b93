import type { AuthorizeEgress, AuthorizeIngress, RevokeRule } from '../../domain/action.ts';
import { TAG } from '../../domain/tags.ts';
import { editedSince } from '../../plan/edited-since.ts';
import { Refusal } from '../../refusal.ts';
import type { RuleWrite } from '../../verbs.ts';
import type { Act, Performed } from '../perform.ts';

export function authorizeIngress(action: AuthorizeIngress, act: Act): Promise<Performed> {
  return authorize({ ...action, peerGroupId: action.sourceGroupId, direction: 'ingress' }, act);
}

export function authorizeEgress(action: AuthorizeEgress, act: Act): Promise<Performed> {
  return authorize({ ...action, peerGroupId: action.targetGroupId, direction: 'egress' }, act);
}

interface Opening extends Pick<RuleWrite, 'direction' | 'groupId' | 'peerGroupId'> {
  readonly family: string;
  readonly fileSystemId: string;
}

async function authorize(opening: Opening, { world, changeId }: Act): Promise<Performed> {
  const answer = await world.ec2.authorize({
    direction: opening.direction,
    groupId: opening.groupId,
    peerGroupId: opening.peerGroupId,
    description: descriptionOf(opening, changeId),
    tags: { [TAG.managed]: 'true', [TAG.family]: opening.family, [TAG.journal]: changeId },
  });
  return { existed: answer.existed, made: answer.ruleId ? { ruleId: answer.ruleId } : {} };
}

/** At most 255 characters (Amazon EC2 API reference, SecurityGroupRuleDescription): a family's name alone may have as many. */
function descriptionOf({ family, fileSystemId }: Opening, changeId: string): string {
  return `Mountkeeper: change ${changeId}, NFS to ${fileSystemId} of ${family}`.slice(0, 255);
}

/** Revokes by id, and only a rule that is still just as the journal says: anything edited since needs a person. */
export async function revokeRule(action: RevokeRule, { world }: Act): Promise<Performed> {
  const rules = await world.ec2.rules(action.groupId);
  if (rules.state !== 'present')
    throw new Refusal('permanent', 'NotChecked', {
      message: `The rules of ${action.groupId} could not be read, so nothing was revoked.`,
    });
  const rule = rules.value.find((one) => one.id === action.ruleId);
  if (!rule) return { existed: true, made: {} };
  if (editedSince(action, rules))
    throw new Refusal('conflict', 'ChangedSince', {
      message: `${action.ruleId} is no longer as Mountkeeper left it; a person has to decide.`,
    });
  const { existed } = await world.ec2.revoke(action);
  return { existed: !existed, made: {} };
}
