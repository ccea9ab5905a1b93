import type { RevokeRule } from '../domain/action.ts';
import type { SecurityGroupRule } from '../domain/ec2.ts';
import type { Fact } from '../domain/fact.ts';
import { TAG } from '../domain/tags.ts';

/**
 * Why a rule must not be revoked: it is no longer as the journal says. Undefined where it is, or where it is gone.
 */
export function editedSince(
  action: RevokeRule,
  rules: Fact<readonly SecurityGroupRule[]> | undefined,
): string | undefined {
  if (rules === undefined || rules.state === 'unknown')
    return `The rules of ${action.groupId} could not be read: ${rules?.why ?? 'not read'}.`;
  const rule = rules.state === 'present' ? rules.value.find(({ id }) => id === action.ruleId) : undefined;
  if (rule === undefined || isSame(rule, action)) return undefined;
  return `${action.ruleId} is no longer as Mountkeeper left it.`;
}

function isSame(rule: SecurityGroupRule, action: RevokeRule): boolean {
  const { protocol, fromPort, toPort, peer } = rule;
  const samePorts = protocol === 'tcp' && fromPort === 2049 && toPort === 2049;
  const samePeer = peer.kind === 'group' && peer.groupId === action.peerGroupId;
  return samePorts && samePeer && rule.isEgress === (action.direction === 'egress') && hasOurMark(rule, action);
}

/** The rule's tag names the change that made it; an edited description is a person's hand as well. */
function hasOurMark({ tags, description = '' }: SecurityGroupRule, { changeId }: RevokeRule): boolean {
  return tags[TAG.journal] === changeId && description.includes(changeId);
}
