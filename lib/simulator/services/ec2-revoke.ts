import type {
  IpPermission,
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup } from '../ec2-state.ts';
import { simError } from '../errors.ts';
import { findGroup, permissionsAsked } from './ec2-authorize.ts';
import { checkQuota, ruleKey, rulesOf } from './ec2-permissions.ts';
import { describeRule } from './ec2-rules.ts';

function ruleById(group: SimSecurityGroup, id: string | undefined): SimGroupRule {
  const found = group.rules[id ?? ''];
  if (found !== undefined) return found;
  throw simError('InvalidSecurityGroupRuleId.NotFound', 400, `The security group rule ID '${id}' does not exist`);
}

function byIds(group: SimSecurityGroup, ids: readonly string[], isEgress: boolean): SimGroupRule[] {
  return ids.map((id) => {
    const rule = ruleById(group, id);
    return rule.isEgress === isEgress ? rule : ruleById(group, undefined);
  });
}

interface Found {
  readonly rules: readonly SimGroupRule[];
  readonly unknown: readonly IpPermission[];
}

function byProperties(
  account: Account,
  group: SimSecurityGroup,
  asked: { permissions: readonly IpPermission[]; isEgress: boolean },
): Found {
  const present = new Map(Object.values(group.rules).map((rule) => [ruleKey(rule), rule]));
  const rules: SimGroupRule[] = [];
  const unknown: IpPermission[] = [];
  for (const permission of asked.permissions) {
    const wanted = rulesOf(account, permission, asked.isEgress).map((shape) => present.get(ruleKey(shape)));
    if (wanted.includes(undefined)) unknown.push(permission);
    rules.push(...wanted.filter((rule) => rule !== undefined));
  }
  // Outside a default VPC one unknown rule refuses the whole call; inside it is success with a remark.
  if (unknown.length > 0 && account.state.ec2.vpcs[group.vpcId]?.isDefault !== true) {
    throw simError('InvalidPermission.NotFound', 400, 'The specified rule does not exist in this security group.');
  }
  return { rules, unknown };
}

function revoke(
  account: Account,
  input: RevokeSecurityGroupIngressRequest,
  isEgress: boolean,
): RevokeSecurityGroupIngressResult {
  const group = findGroup(account, input.GroupId);
  const ids = input.SecurityGroupRuleIds;
  const found: Found =
    ids === undefined
      ? byProperties(account, group, { permissions: permissionsAsked(input), isEgress })
      : { rules: byIds(group, ids, isEgress), unknown: [] };
  for (const rule of found.rules) delete group.rules[rule.id];
  const revoked = found.rules.map((rule) => {
    const {
      Tags: _tags,
      ReferencedGroupInfo: referenced,
      GroupOwnerId: _owner,
      SecurityGroupRuleArn: _arn,
      ...shown
    } = describeRule(account, rule);
    return { ...shown, ReferencedGroupId: referenced?.GroupId };
  });
  const unknown = found.unknown.length > 0 ? { UnknownIpPermissions: [...found.unknown] } : {};
  return { Return: true, RevokedSecurityGroupRules: revoked, ...unknown };
}

function asPermission(rule: SecurityGroupRuleRequest): IpPermission {
  const text = { Description: rule.Description };
  return {
    IpProtocol: rule.IpProtocol,
    FromPort: rule.FromPort,
    ToPort: rule.ToPort,
    ...(rule.CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: rule.CidrIpv4, ...text }] }),
    ...(rule.CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...text }] }),
    ...(rule.PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId: rule.PrefixListId, ...text }] }),
    ...(rule.ReferencedGroupId === undefined
      ? {}
      : { UserIdGroupPairs: [{ GroupId: rule.ReferencedGroupId, ...text }] }),
  };
}

/** Rewrites rules in place: what is not given again is gone, only id and tags stay. */
function modifyRules(account: Account, input: ModifySecurityGroupRulesRequest): ModifySecurityGroupRulesResult {
  const group = findGroup(account, input.GroupId);
  const changes = (input.SecurityGroupRules ?? []).map((update) => {
    const rule = ruleById(group, update.SecurityGroupRuleId);
    const [shape] = rulesOf(account, asPermission(update.SecurityGroupRule ?? {}), rule.isEgress);
    if (shape === undefined) throw simError('InvalidParameterValue', 400, 'A rule needs a source');
    return { ...shape, id: rule.id, groupId: group.id, tags: rule.tags };
  });
  const changed = new Set(changes.map((rule) => rule.id));
  const rest = Object.fromEntries(Object.entries(group.rules).filter(([id]) => !changed.has(id)));
  checkQuota(account, { ...group, rules: rest }, changes);
  for (const rule of changes) group.rules[rule.id] = rule;
  return { Return: true };
}

export const revokeHandlers: Handlers = {
  'EC2.RevokeSecurityGroupIngress': (account, input) => revoke(account, input, false),
  'EC2.RevokeSecurityGroupEgress': (account, input) => revoke(account, input, true),
  'EC2.ModifySecurityGroupRules': modifyRules,
};
