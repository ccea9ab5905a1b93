import { TAG } from '../domain/tags.ts';
import type { Ec2Writes, RuleWrite } from '../verbs.ts';
import { type Border, writing } from './border.ts';
import { filter } from './ec2-filters.ts';
import { isDuplicateRule, isGone } from './errors.ts';
import { collect } from './pages.ts';
import { toTags } from './tags.ts';

const NFS = { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049 } as const;

export function createEc2Writes(border: Border): Ec2Writes {
  return {
    authorize: (rule) => writing(border, () => authorize(border, rule)),
    revoke: ({ direction, groupId, ruleId }) =>
      writing(border, async () => {
        const api = await border.clients.ec2();
        const input = { GroupId: groupId, SecurityGroupRuleIds: [ruleId] };
        try {
          await (direction === 'ingress' ? api.revokeIngress(input) : api.revokeEgress(input));
          return { existed: true };
        } catch (error) {
          if (isGone(error)) return { existed: false };
          throw error;
        }
      }),
  };
}

async function authorize(border: Border, rule: RuleWrite) {
  const api = await border.clients.ec2();
  const input = inputOf(rule);
  try {
    const answer = await (rule.direction === 'ingress' ? api.authorizeIngress(input) : api.authorizeEgress(input));
    const ruleId = answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId;
    return ruleId === undefined ? { existed: false } : { ruleId, existed: false };
  } catch (error) {
    if (!isDuplicateRule(error)) throw error;
    const ruleId = await ownRule(border, rule);
    return ruleId === undefined ? { existed: true } : { ruleId, existed: false };
  }
}

/** Port and protocol are written here and nowhere else: the only rule that this program can make. */
function inputOf({ groupId, peerGroupId, description, tags }: RuleWrite) {
  return {
    GroupId: groupId,
    IpPermissions: [{ ...NFS, UserIdGroupPairs: [{ GroupId: peerGroupId, Description: description }] }],
    TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: toTags(tags) }],
  };
}

/**
 * A duplicate that carries the tag of this very change is ours: the SDK repeated the call because the first answer was
 * lost. Where that cannot be looked up the rule counts as somebody else's, which is the cautious side.
 */
async function ownRule({ clients }: Border, rule: RuleWrite): Promise<string | undefined> {
  const change = rule.tags[TAG.journal];
  if (change === undefined) return undefined;
  try {
    const api = await clients.ec2();
    const Filters = [...filter('group-id', [rule.groupId]).Filters, ...filter(`tag:${TAG.journal}`, [change]).Filters];
    const [own] = await collect(api.rulePages({ Filters }), (page) => page.SecurityGroupRules);
    return own?.SecurityGroupRuleId;
  } catch {
    return undefined;
  }
}
