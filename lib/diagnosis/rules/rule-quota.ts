import type { Finding } from '../../domain/finding.ts';
import { groupOf } from '../group-paths.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { pathsOf } from '../paths.ts';
import { finding } from '../rule.ts';
import { RULE_LIMIT, RULE_QUOTA, rulesUsed } from '../rule-quota.ts';

/** Groups whose rules cannot be counted are told where they are judged. */
export function judgeRuleQuota(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const ids = pathsOf(facts, volume).flatMap(({ target }) =>
    target.groupIds.state === 'present' ? target.groupIds.value : [],
  );
  return [...new Set(ids)].flatMap((id) => {
    const group = groupOf(facts, id);
    const used = group.state === 'present' ? rulesUsed(group.value, 'ingress', facts.prefixLists) : undefined;
    if (used?.state !== 'present' || used.value < RULE_LIMIT) return [];
    return [finding('rule-quota-near', id, { ingressRules: String(used.value), quota: String(RULE_QUOTA) })];
  });
}
