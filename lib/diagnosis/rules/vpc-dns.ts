import type { Finding } from '../../domain/finding.ts';
import type { MountFacts } from '../mount-facts.ts';
import { placedSubnets } from '../paths.ts';
import { finding, notChecked } from '../rule.ts';

/** Servers in the DHCP options that are not Amazon's are not looked at. */
export function judgeDns(facts: MountFacts): readonly Finding[] {
  const vpcs = new Set(placedSubnets(facts).map(({ subnet }) => subnet.vpcId));
  return [...vpcs].flatMap((vpcId) => judgeVpc(facts, vpcId));
}

function judgeVpc({ dns }: MountFacts, vpcId: string): readonly Finding[] {
  const fact = dns[vpcId];
  if (fact?.state !== 'present') {
    return [notChecked('VPC DNS', `${vpcId}: ${fact?.state === 'unknown' ? fact.why : 'not read'}`)];
  }
  const { support, hostNames } = fact.value;
  if (support && hostNames) return [];
  return [finding('vpc-dns-off', vpcId, { enableDnsSupport: String(support), enableDnsHostnames: String(hostNames) })];
}
