import type { GroupRule, PrefixList, SecurityGroup } from '../domain/ec2.ts';
import { type Fact, present } from '../domain/fact.ts';
import type { Direction } from './group-paths.ts';

/** VPC user guide, "Amazon VPC quotas": rules per security group and direction, for IPv4 and IPv6 each. */
export const RULE_QUOTA = 60;
/** From here on Mountkeeper adds nothing: the rest belongs to the owner's own deployments. */
export const RULE_LIMIT = 48;

type Lists = Readonly<Record<string, Fact<PrefixList>>>;

/**
 * How many rules of its quota a group uses in the fuller of the two families: a group reference counts in both, a
 * prefix list counts with its maximum of entries.
 */
export function rulesUsed(group: SecurityGroup, direction: Direction, lists: Lists): Fact<number> {
  const weights = group[direction].map((rule) => weightOf(rule, lists));
  const unread = weights.find((weight) => weight.state === 'unknown');
  if (unread) return unread;
  const sum = (skipped: GroupRule['peer']['kind']) =>
    group[direction].reduce((total, rule, at) => {
      const weight = weights[at];
      return rule.peer.kind === skipped || weight?.state !== 'present' ? total : total + weight.value;
    }, 0);
  return present(Math.max(sum('ipv6'), sum('ipv4')));
}

function weightOf({ peer }: GroupRule, lists: Lists): Fact<number> {
  if (peer.kind !== 'prefix-list') return present(1);
  const list = lists[peer.prefixListId];
  if (list?.state === 'present') return present(list.value.maxEntries);
  const why = list?.state === 'unknown' ? list.why : 'not read';
  return { state: 'unknown', why: `the size of the prefix list ${peer.prefixListId} is not known (${why})` };
}
