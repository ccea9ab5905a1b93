import type { Ec2State, SimGroupRule } from '../ec2-state.ts';
import { cidrContains } from './address.ts';

export const NFS_PORT = 2049;

/** One end of a connection, as the rules of the other end see it. */
export interface Peer {
  readonly address: string;
  readonly groups: readonly string[];
}

/** Do the groups of an interface, taken together, let TCP 2049 through? There are no deny rules, and groups are stateful. */
export function groupsAdmit(
  ec2: Ec2State,
  groupIds: readonly string[],
  traffic: { readonly isEgress: boolean; readonly peer: Peer },
): boolean {
  return groupIds
    .flatMap((id) => Object.values(ec2.securityGroups[id]?.rules ?? {}))
    .filter((rule) => rule.isEgress === traffic.isEgress)
    .some((rule) => coversNfs(rule) && reaches(ec2, rule, traffic.peer));
}

function coversNfs(rule: SimGroupRule): boolean {
  if (rule.protocol === '-1') return true;
  const isTcp = rule.protocol === 'tcp' || rule.protocol === '6';
  return isTcp && rule.fromPort <= NFS_PORT && NFS_PORT <= rule.toPort;
}

function reaches(ec2: Ec2State, rule: SimGroupRule, peer: Peer): boolean {
  if (rule.referencedGroup !== undefined) return peer.groups.includes(rule.referencedGroup.groupId);
  if (rule.prefixListId !== undefined) {
    const entries = ec2.prefixLists[rule.prefixListId]?.entries ?? [];
    return entries.some(({ cidr }) => cidrContains(cidr, peer.address));
  }
  return cidrContains(rule.cidrIpv4 ?? rule.cidrIpv6 ?? '', peer.address);
}
