import type { AuthorizeEgress, AuthorizeIngress, RevokeRule } from '../../domain/action.ts';
import type { Description } from './description.ts';
import { aws, type Given } from './shell.ts';

interface Rule {
  readonly direction: 'ingress' | 'egress';
  readonly groupId: string;
  readonly peerGroupId: string;
}

export function describeIngress(action: AuthorizeIngress, given: Given): Description {
  const rule: Rule = { direction: 'ingress', groupId: action.groupId, peerGroupId: action.sourceGroupId };
  return describeAuthorize(rule, action, given);
}

export function describeEgress(action: AuthorizeEgress, given: Given): Description {
  const rule: Rule = { direction: 'egress', groupId: action.groupId, peerGroupId: action.targetGroupId };
  return describeAuthorize(rule, action, given);
}

function describeAuthorize(
  rule: Rule,
  about: { readonly family: string; readonly fileSystemId: string },
  given: Given,
): Description {
  const ruleId = given.made?.['ruleId'];
  return {
    sign: '+',
    thing: rule.groupId,
    part: `${rule.direction} rule${ruleId === undefined ? '' : ` ${ruleId}`}`,
    change: traffic(rule),
    detail: [`for family ${about.family} on ${about.fileSystemId}; one rule, group to group, no address range`],
    byHand: authorizeCommand(rule, given),
    undo: ruleId === undefined ? { cannot: findFirst(rule) } : { command: revokeCommand({ ...rule, ruleId }, given) },
    check: ruleId === undefined ? listCommand(rule, given) : showCommand(ruleId, given),
  };
}

export function describeRevoke(action: RevokeRule, given: Given): Description {
  return {
    sign: '-',
    thing: action.groupId,
    part: `${action.direction} rule ${action.ruleId}`,
    change: traffic(action),
    detail: [`for family ${action.family} on ${action.fileSystemId}; added by change ${action.changeId}`],
    byHand: revokeCommand(action, given),
    undo: { command: authorizeCommand(action, given), note: 'The rule gets a new id.' },
    check: listCommand(action, given),
  };
}

function traffic({ direction, peerGroupId }: Rule): string {
  return `TCP 2049 ${direction === 'ingress' ? 'from' : 'to'} ${peerGroupId}`;
}

function findFirst({ groupId }: Rule): string {
  return `The rule's id is not known yet: list the rules of ${groupId} first, then revoke by id.`;
}

function authorizeCommand(rule: Rule, given: Given): string {
  const permission = `IpProtocol=tcp,FromPort=2049,ToPort=2049,UserIdGroupPairs=[{GroupId=${rule.peerGroupId}}]`;
  const verb = `authorize-security-group-${rule.direction}`;
  return aws(['ec2', verb, '--group-id', rule.groupId, '--ip-permissions', permission], given);
}

function revokeCommand(rule: Omit<Rule, 'peerGroupId'> & { readonly ruleId: string }, given: Given): string {
  const verb = `revoke-security-group-${rule.direction}`;
  return aws(['ec2', verb, '--group-id', rule.groupId, '--security-group-rule-ids', rule.ruleId], given);
}

function showCommand(ruleId: string, given: Given): string {
  return aws(['ec2', 'describe-security-group-rules', '--security-group-rule-ids', ruleId], given);
}

function listCommand({ groupId, peerGroupId }: Rule, given: Given): string {
  const filter = `Name=group-id,Values=${groupId}`;
  const query = `SecurityGroupRules[?ReferencedGroupInfo.GroupId==\`"${peerGroupId}"\`]`;
  return aws(['ec2', 'describe-security-group-rules', '--filters', filter, '--query', query], given);
}
