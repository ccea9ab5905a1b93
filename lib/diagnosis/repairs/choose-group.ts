import type { SecurityGroup } from '../../domain/ec2.ts';
import type { Fact } from '../../domain/fact.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import { type Direction, groupOf } from '../group-paths.ts';
import type { MountFacts, Place } from '../mount-facts.ts';
import { RULE_LIMIT, RULE_QUOTA, rulesUsed } from '../rule-quota.ts';
import { type Hold, hold } from './draft.ts';

/** A group that a rule can name or be added to; where it must not, `hold` says why. */
export interface Choice {
  readonly groupId: string;
  readonly hold?: Hold;
}

/** On more interfaces than this a group stands for more than this workload. */
const MOST_INTERFACES = 20;

/**
 * The workload's own group: of those that are not the VPC's default the one on the fewest interfaces, the first by id
 * where several are. `keyedFirst` where the rule is to be added to it.
 */
export function chooseClientGroup(facts: MountFacts, groupIds: Place['groupIds'], keyedFirst: boolean): Choice {
  if (groupIds.state !== 'present') {
    return held(GROUP_OF_TASK, hold('unknown', `The security groups of the task are not known: ${whyOf(groupIds)}`));
  }
  const ids = groupIds.value;
  const all = ids.toSorted().map((id) => ({ id, group: groupOf(facts, id) }));
  const [first = { id: '' }] = all;
  const unread = all.find(({ group }) => group.state === 'unknown');
  if (unread) return held(unread.id, hold('unknown', `${unread.id} could not be read: ${whyOf(unread.group)}`));
  const own = all.filter(({ group }) => group.state === 'present' && group.value.name !== 'default');
  if (own.length === 0) return held(first.id, hold('person', NO_OWN_GROUP));
  const keyed = keyedFirst ? own.filter(({ group }) => isKeyed(group)) : [];
  return fewestInterfaces(
    facts,
    (keyed.length > 0 ? keyed : own).map(({ id }) => id),
  );
}

/** Stands in a withheld step for the group that a person has to find. */
const GROUP_OF_TASK = 'GROUP-OF-THE-TASK';

const NO_OWN_GROUP =
  "The task has only the VPC's default security group, which others share. Give the service a security group of its own.";

function fewestInterfaces(facts: MountFacts, ids: readonly string[]): Choice {
  const counts = ids.map((id) => ({ id, count: facts.interfaces[id] }));
  const uncounted = counts.find(({ count }) => count?.state !== 'present');
  if (uncounted) {
    const { id, count } = uncounted;
    return held(id, hold('unknown', `How many interfaces carry ${id} is not known: ${whyOf(count)}`));
  }
  const ranked = counts.flatMap(({ id, count }) => (count?.state === 'present' ? [{ id, count: count.value }] : []));
  const [best] = ranked.toSorted((one, other) => one.count - other.count);
  if (!best) return held('', hold('unknown', 'The task has no security group.'));
  const foreign = foreignHold(facts, best.id);
  if (foreign) return held(best.id, foreign);
  if (best.count <= MOST_INTERFACES) return { groupId: best.id };
  const why = `${best.id} is on ${best.count} network interfaces, so opening the way for it would open it for others too (limit ${MOST_INTERFACES}).`;
  return held(best.id, hold('shared-group', why));
}

/** The mount target's group that carries the key and has most rules free; the best without key where none has it. */
export function chooseTargetGroup(facts: MountFacts, ids: readonly string[]): Choice {
  const own = ids.toSorted().map((id) => ({ id, group: groupOf(facts, id) }));
  const keyed = own.filter(({ group }) => isKeyed(group));
  const measured = (keyed.length > 0 ? keyed : own).map(({ id, group }) => ({ id, used: usedOf(facts, group) }));
  const known = measured.flatMap(({ id, used }) => (used.state === 'present' ? [{ id, used: used.value }] : []));
  const [best] = known.toSorted((one, other) => one.used - other.used);
  if (best) return { groupId: best.id };
  const [first] = measured;
  return held(
    first?.id ?? '',
    hold('unknown', `The rules of ${first?.id ?? 'the mount target'} could not be counted: ${whyOf(first?.used)}`),
  );
}

function usedOf(facts: MountFacts, group: Fact<SecurityGroup>): Fact<number> {
  return group.state === 'present' ? rulesUsed(group.value, 'ingress', facts.prefixLists) : group;
}

/** Why no rule may be added to this group, whatever its key. `planned`: rules that this plan adds already. */
export function ruleHold(
  facts: MountFacts,
  groupId: string,
  { direction, planned }: { readonly direction: Direction; readonly planned: number },
): Hold | undefined {
  const group = groupOf(facts, groupId);
  if (group.state !== 'present') return hold('unknown', `${groupId} could not be read: ${whyOf(group)}`);
  const used = rulesUsed(group.value, direction, facts.prefixLists);
  if (used.state !== 'present') return hold('unknown', `The rules of ${groupId} could not be counted: ${whyOf(used)}`);
  if (used.value + planned < RULE_LIMIT) return foreignHold(facts, groupId);
  const why = `${groupId} has ${used.value + planned} of ${RULE_QUOTA} ${direction} rules. Mountkeeper stops at ${RULE_LIMIT}, to leave the rest to its owner: join rules, or raise the quota.`;
  return hold('quota', why);
}

export function foreignHold(facts: MountFacts, groupId: string): Hold | undefined {
  const group = groupOf(facts, groupId);
  if (group.state !== 'present') return hold('unknown', `${groupId} could not be read: ${whyOf(group)}`);
  if (group.value.ownerId === facts.accountId) return undefined;
  return hold('person', `${groupId} belongs to the account ${group.value.ownerId}: its owner has to make the change.`);
}

function isKeyed(group: Fact<SecurityGroup>): boolean {
  return group.state === 'present' && hasKey(group.value.tags, TAG.allow);
}

function held(groupId: string, why: Hold): Choice {
  return { groupId, hold: why };
}

function whyOf(fact: Fact<unknown> | undefined): string {
  return fact === undefined ? 'not read' : fact.state === 'unknown' ? fact.why : 'it does not exist';
}
