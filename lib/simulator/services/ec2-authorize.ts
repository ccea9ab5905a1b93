import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  IpPermission,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { Account, Handlers } from '../account.ts';
import type { SimGroupRule, SimSecurityGroup } from '../ec2-state.ts';
import type { SimTag } from '../efs-state.ts';
import { simError } from '../errors.ts';
import { tagTrouble, toSimTags } from '../tags.ts';
import { checkQuota, type RuleShape, ruleKey, rulesOf } from './ec2-permissions.ts';
import { describeRule } from './ec2-rules.ts';

const GROUP_ID = /^sg-[0-9a-f]{8}([0-9a-f]{9})?$/;

export function findGroup(account: Account, id: string | undefined): SimSecurityGroup {
  if (id === undefined || !GROUP_ID.test(id)) {
    throw simError('InvalidGroupId.Malformed', 400, `Invalid id: "${id}" (expecting "sg-...")`);
  }
  const found = account.state.ec2.securityGroups[id];
  if (found === undefined) throw simError('InvalidGroup.NotFound', 400, `The security group '${id}' does not exist`);
  return found;
}

/** Tags that a call puts on what it makes. */
export function tagsFor(resourceType: string, specifications: readonly TagSpecification[] | undefined): SimTag[] {
  const foreign = (specifications ?? []).find((one) => one.ResourceType !== resourceType);
  if (foreign !== undefined) {
    throw simError(
      'InvalidParameterValue',
      400,
      `'${foreign.ResourceType}' is not a valid taggable resource type for this operation.`,
    );
  }
  const tags = (specifications ?? []).flatMap((one) => one.Tags ?? []);
  const trouble = tagTrouble(tags);
  if (trouble !== undefined) throw simError('InvalidParameterValue', 400, trouble);
  return toSimTags(tags);
}

interface Asked {
  readonly GroupId?: string | undefined;
  readonly IpPermissions?: IpPermission[] | undefined;
  readonly TagSpecifications?: TagSpecification[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
}

/** The permissions of a call, whether given as a list or as one CIDR rule. */
export function permissionsAsked(input: Asked): readonly IpPermission[] {
  if (input.IpPermissions !== undefined) return input.IpPermissions;
  if (input.CidrIp === undefined)
    throw simError('MissingParameter', 400, 'The request must contain the parameter ipPermissions');
  const { IpProtocol, FromPort, ToPort, CidrIp } = input;
  return [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
}

function refuseDuplicates(group: SimSecurityGroup, added: readonly RuleShape[]): void {
  const keys = new Set(Object.values(group.rules).map(ruleKey));
  for (const rule of added) {
    const key = ruleKey(rule);
    if (keys.has(key)) {
      const peer = rule.referencedGroup?.groupId ?? rule.prefixListId ?? rule.cidrIpv4 ?? rule.cidrIpv6;
      const ports = `from port: ${rule.fromPort}, to port: ${rule.toPort}`;
      const message = `the specified rule "peer: ${peer}, ${rule.protocol.toUpperCase()}, ${ports}, ALLOW" already exists`;
      throw simError('InvalidPermission.Duplicate', 400, message);
    }
    keys.add(key);
  }
}

/** Adds all rules of the call, or none of them. */
function authorize(account: Account, input: Asked, isEgress: boolean) {
  const group = findGroup(account, input.GroupId);
  const tags = tagsFor('security-group-rule', input.TagSpecifications);
  const added = permissionsAsked(input).flatMap((permission) => rulesOf(account, permission, isEgress));
  refuseDuplicates(group, added);
  checkQuota(account, group, added);
  const rules = added.map(
    (rule): SimGroupRule => ({ ...rule, id: account.newId('sgr'), groupId: group.id, tags: [...tags] }),
  );
  for (const rule of rules) group.rules[rule.id] = rule;
  return { Return: true, SecurityGroupRules: rules.map((rule) => describeRule(account, rule)) };
}

function authorizeIngress(
  account: Account,
  input: AuthorizeSecurityGroupIngressRequest,
): AuthorizeSecurityGroupIngressResult {
  if (input.SourceSecurityGroupName !== undefined) {
    // The legacy form opens all of TCP, UDP and ICMP: nothing here may use it.
    throw simError('InvalidParameterCombination', 400, 'SourceSecurityGroupName is not supported');
  }
  return authorize(account, input, false);
}

function authorizeEgress(
  account: Account,
  input: AuthorizeSecurityGroupEgressRequest,
): AuthorizeSecurityGroupEgressResult {
  return authorize(account, input, true);
}

export const authorizeHandlers: Handlers = {
  'EC2.AuthorizeSecurityGroupIngress': authorizeIngress,
  'EC2.AuthorizeSecurityGroupEgress': authorizeEgress,
};
