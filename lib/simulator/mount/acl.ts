import type { Ec2State, SimAclEntry } from '../ec2-state.ts';
import { cidrContains } from './address.ts';
import { NFS_PORT } from './groups.ts';

export interface Leg {
  readonly subnetId: string;
  readonly egress: boolean;
  readonly remote: string;
  readonly port: number;
}

/** A port from Linux's own range (32768 to 60999): efs-utils mounts from an unprivileged one. */
const SOURCE_PORT = 45_000;

export interface End {
  readonly subnetId: string;
  readonly address: string;
}

/** Network ACLs keep no state, so the answer needs its own way back. Within one subnet they are not asked. */
export function aclsAdmit(ec2: Ec2State, client: End, target: End): boolean {
  if (client.subnetId === target.subnetId) return true;
  const legs: readonly Leg[] = [
    { subnetId: client.subnetId, egress: true, remote: target.address, port: NFS_PORT },
    { subnetId: target.subnetId, egress: false, remote: client.address, port: NFS_PORT },
    { subnetId: target.subnetId, egress: true, remote: client.address, port: SOURCE_PORT },
    { subnetId: client.subnetId, egress: false, remote: target.address, port: SOURCE_PORT },
  ];
  return legs.every((leg) => legAdmitted(ec2, leg));
}

function legAdmitted(ec2: Ec2State, leg: Leg): boolean {
  const acl = ec2.networkAcls[ec2.subnets[leg.subnetId]?.networkAclId ?? ''];
  const inOrder = [...(acl?.entries ?? [])].sort((one, other) => one.ruleNumber - other.ruleNumber);
  return inOrder.find((entry) => concerns(entry, leg))?.action === 'allow';
}

function concerns(entry: SimAclEntry, leg: Leg): boolean {
  const block = entry.cidrBlock ?? entry.ipv6CidrBlock ?? '';
  if (entry.egress !== leg.egress || !cidrContains(block, leg.remote)) return false;
  if (entry.protocol === '-1') return true;
  const inRange = (entry.fromPort ?? 0) <= leg.port && leg.port <= (entry.toPort ?? 65_535);
  return entry.protocol === '6' && inRange;
}
