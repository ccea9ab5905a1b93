import type { SecurityGroupRule } from '../domain/ec2.ts';
import type { Service } from '../domain/ecs.ts';
import type { Fact } from '../domain/fact.ts';
import { mapFact } from '../domain/fact.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Keyring } from '../domain/plan.ts';
import type { World } from '../world.ts';
import { askAhead } from './ask-ahead.ts';

/** A security group that rules of ours name, and whether anybody still uses it. */
export interface UnusedGroup {
  readonly groupId: string;
  /** Network interfaces that carry it. */
  readonly interfaces: Fact<number>;
  readonly services: Fact<readonly Service[]>;
  /** Changes that made a rule naming it, and stand. */
  readonly entries: readonly JournalEntry[];
  /** Of the groups that hold these rules. */
  readonly rules: Readonly<Record<string, Fact<readonly SecurityGroupRule[]>>>;
  readonly keyring: Keyring;
}

export async function gatherUnused(groupId: string, world: World): Promise<UnusedGroup> {
  const belongings = await world.ledger.whose(groupId);
  const families = [...new Set(belongings.map(({ family }) => family))];
  // Whether any service names it is three calls away.
  if (families.length > 0) askAhead(world.ecs.services());
  const changes = await Promise.all(families.map((family) => world.ledger.changes({ family })));
  const entries = changes.flat().filter((entry) => entry.state === 'done' && peerOf(entry) === groupId);
  return readUnused({ groupId, entries }, world);
}

export async function readUnused(
  { groupId, entries }: Pick<UnusedGroup, 'groupId' | 'entries'>,
  world: World,
): Promise<UnusedGroup> {
  const nothing = { groupId, entries, rules: {}, keyring: {} };
  if (entries.length === 0) return { ...nothing, interfaces: { state: 'absent' }, services: { state: 'absent' } };
  const holders = [...new Set(entries.map(({ resource }) => resource))];
  const [interfaces, services, rules, groups] = await Promise.all([
    world.ec2.interfacesWith(groupId),
    world.ecs.services(),
    Promise.all(holders.map(async (id) => [id, await world.ec2.rules(id)] as const)),
    Promise.all(holders.map(async (id) => [id, await world.ec2.group(id)] as const)),
  ]);
  return {
    groupId,
    entries,
    interfaces,
    services,
    rules: Object.fromEntries(rules),
    keyring: Object.fromEntries(groups.map(([id, group]) => [id, mapFact(group, ({ tags }) => tags)])),
  };
}

/** The group on the other side of a rule that a change made. */
export function peerOf({ action }: JournalEntry): string | undefined {
  if (action.kind === 'authorize-ingress') return action.sourceGroupId;
  return action.kind === 'authorize-egress' ? action.targetGroupId : undefined;
}
