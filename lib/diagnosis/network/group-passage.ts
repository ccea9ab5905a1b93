import type { GroupRule, PrefixList, SecurityGroup } from '../../domain/ec2.ts';
import type { Fact } from '../../domain/fact.ts';
import { type Cover, coverOf } from './cover.ts';
import { parseRange, type Range } from './range.ts';

export const NFS_PORT = 2049;

/** The other end of the connection: its groups, and the addresses of one family that it may have. */
export interface Peer {
  readonly groupIds: Fact<readonly string[]>;
  readonly range: Range;
}

/** `unknown` only where what could not be read might let more through than what could. */
export type Passage = { readonly cover: Cover } | { readonly cover: 'unknown'; readonly why: string };

export interface GroupSide {
  readonly groups: Readonly<Record<string, Fact<SecurityGroup>>>;
  readonly direction: 'ingress' | 'egress';
  readonly prefixLists: Readonly<Record<string, Fact<PrefixList>>>;
}

/** What one rule contributes: every address of the peer, some ranges, or something that could not be read. */
type Share =
  | { readonly kind: 'all' }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly kind: 'unread'; readonly why: string };

/**
 * How far the groups of an interface, taken together, let TCP 2049 through. There are no deny rules, and groups are
 * stateful (VPC user guide, "Security group rules").
 */
export function groupPassage(side: GroupSide, peer: Peer): Passage {
  const shares = Object.entries(side.groups).flatMap(([id, group]) => sharesOf(id, group, { side, peer }));
  if (shares.some(({ kind }) => kind === 'all')) return { cover: 'all' };
  const ranges = shares.flatMap((share) => (share.kind === 'ranges' ? share.ranges : []));
  const cover = coverOf(peer.range, ranges);
  const unread = shares.find((share) => share.kind === 'unread');
  if (cover !== 'all' && unread) return { cover: 'unknown', why: unread.why };
  return { cover };
}

function sharesOf(
  groupId: string,
  group: Fact<SecurityGroup>,
  { side, peer }: { readonly side: GroupSide; readonly peer: Peer },
): readonly Share[] {
  if (group.state === 'absent') return [];
  if (group.state === 'unknown') return [{ kind: 'unread', why: `${groupId}: ${group.why}` }];
  return group.value[side.direction].filter(opensNfs).map((rule) => {
    const reach = reachOf(rule, peer, side);
    if (reach === 'all') return { kind: 'all' };
    return 'unread' in reach ? { kind: 'unread', why: reach.unread } : rangesShare(reach);
  });
}

function rangesShare(cidrs: readonly string[]): Share {
  const ranges = cidrs.map(parseRange);
  const bad = cidrs.find((_cidr, at) => ranges[at] === undefined);
  if (bad !== undefined) return { kind: 'unread', why: `${bad} is no CIDR block` };
  return { kind: 'ranges', ranges: ranges.filter((range) => range !== undefined) };
}

/** Protocol numbers other than 6 allow no TCP; `-1` allows everything and has no ports. */
export function opensNfs({ protocol, fromPort, toPort }: GroupRule): boolean {
  if (protocol === '-1') return true;
  if (protocol !== 'tcp' && protocol !== '6') return false;
  return (fromPort ?? 0) <= NFS_PORT && NFS_PORT <= (toPort ?? 65_535);
}

/** The CIDR blocks that a rule opens, or `all`, or why it cannot be told. */
type Reach = 'all' | readonly string[] | { readonly unread: string };

function reachOf({ peer: source }: GroupRule, peer: Peer, { prefixLists }: GroupSide): Reach {
  switch (source.kind) {
    case 'group':
      return groupReach(source.groupId, peer);
    case 'ipv4':
    case 'ipv6':
      return [source.cidr];
    case 'prefix-list':
      return listReach(source.prefixListId, prefixLists[source.prefixListId]);
  }
}

function groupReach(groupId: string, { groupIds }: Peer): Reach {
  if (groupIds.state === 'unknown') return { unread: groupIds.why };
  return groupIds.state === 'present' && groupIds.value.includes(groupId) ? 'all' : [];
}

function listReach(id: string, list: Fact<PrefixList> | undefined): Reach {
  if (list === undefined) return { unread: `the prefix list ${id} was not read` };
  if (list.state === 'unknown') return { unread: `the prefix list ${id}: ${list.why}` };
  return list.state === 'present' ? list.value.cidrs : [];
}
