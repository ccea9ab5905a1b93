import type { SecurityGroupRule } from '../domain/ec2.ts';
import type { Service } from '../domain/ecs.ts';
import type { Fact } from '../domain/fact.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Step } from '../domain/plan.ts';
import { editedSince } from './edited-since.ts';
import { undo } from './undo.ts';

interface Unused {
  readonly groupId: string;
  readonly interfaces: Fact<number>;
  readonly services: Fact<readonly Service[]>;
  readonly entries: readonly JournalEntry[];
  readonly rules: Readonly<Record<string, Fact<readonly SecurityGroupRule[]>>>;
}

/**
 * Takes away rules of ours that name a group which no interface and no service uses: they would keep its owner from
 * deleting it. Only rules of the journal, and only while they are as they were left. What could not be counted counts
 * as used.
 */
export function unusedRules(group: Unused): readonly Step[] {
  if (!isUnused(group)) return [];
  return group.entries.flatMap((entry): readonly Step[] => {
    const back = undo(entry);
    if (!('action' in back) || back.action.kind !== 'revoke-rule') return [];
    const { action } = back;
    const rules = group.rules[action.groupId];
    const there = rules?.state === 'present' && rules.value.some(({ id }) => id === action.ruleId);
    if (!there || editedSince(action, rules) !== undefined) return [];
    // Not held: where the group comes back, so may the rule.
    return [{ action, because: ['rule-in-the-way'], reverts: [{ changeId: entry.changeId, holds: [] }] }];
  });
}

function isUnused({ groupId, interfaces, services }: Unused): boolean {
  if (interfaces.state !== 'present' || interfaces.value > 0 || services.state !== 'present') return false;
  return !services.value.some((service) =>
    [service.network, ...service.deployments.map(({ network }) => network)].some((network) =>
      network?.groupIds.includes(groupId),
    ),
  );
}
