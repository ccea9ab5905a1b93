import type { NetworkAcl } from '../domain/ec2.ts';
import { type AddressPair, addressPairs, type Spot } from './addresses.ts';
import type { MountFacts, Place, VolumeFacts } from './mount-facts.ts';
import { aclPassage, EPHEMERAL_PORTS, type Ports } from './network/acl-passage.ts';
import type { Cover } from './network/cover.ts';
import { NFS_PORT } from './network/group-passage.ts';
import { type Path, pathsOf } from './paths.ts';

const NFS: Ports = { from: NFS_PORT, to: NFS_PORT };

/** One pass of a connection through the ACL of one subnet. */
export interface Leg {
  readonly place: Place;
  readonly subnetId: string;
  readonly direction: 'ingress' | 'egress';
  readonly remote: Spot;
  /** The one address of the other end that matters most, where it is known. */
  readonly exact?: Spot;
  readonly ports: Ports;
  readonly needed: boolean;
}

export interface JudgedLeg extends Leg {
  readonly acl: NetworkAcl;
  readonly cover: Cover;
}

/** ACLs are asked only where traffic leaves or enters a subnet, not within it (VPC user guide, "Network ACLs"). */
export function legsOf(facts: MountFacts, volume: VolumeFacts): readonly Leg[] {
  return pathsOf(facts, volume)
    .filter(({ subnet, target }) => subnet.id !== target.subnetId)
    .flatMap((path) => addressPairs(facts, path).flatMap((pair) => fourLegs(path, pair)));
}

function fourLegs({ place, subnet, target }: Path, pair: AddressPair): readonly Leg[] {
  const { needed, exactClient } = pair;
  const there = { place, needed, remote: pair.target };
  const here = { place, needed, remote: pair.client, ...(exactClient && { exact: exactClient }) };
  return [
    { ...there, subnetId: subnet.id, direction: 'egress', ports: NFS },
    { ...here, subnetId: target.subnetId, direction: 'ingress', ports: NFS },
    { ...here, subnetId: target.subnetId, direction: 'egress', ports: EPHEMERAL_PORTS },
    { ...there, subnetId: subnet.id, direction: 'ingress', ports: EPHEMERAL_PORTS },
  ];
}

/** Legs whose ACL could not be read are left out. */
export function judgeLegs({ acls }: MountFacts, legs: readonly Leg[]): readonly JudgedLeg[] {
  return legs.flatMap((leg) => {
    const acl = acls[leg.subnetId];
    return acl?.state === 'present' ? [{ ...leg, acl: acl.value, cover: coverOf(acl.value, leg) }] : [];
  });
}

function coverOf(acl: NetworkAcl, { direction, remote, exact, ports, needed }: Leg): Cover {
  const ask = ({ range }: Spot) => aclPassage(acl, { direction, remote: range, ports });
  const cover = exact && ask(exact) === 'none' ? 'none' : ask(remote);
  return cover === 'none' && !needed ? 'part' : cover;
}
