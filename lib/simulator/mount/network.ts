import type { SimMountTarget } from '../efs-state.ts';
import { aclsAdmit } from './acl.ts';
import { groupsAdmit } from './groups.ts';
import type { MountClient, MountWorld, NetworkBlock } from './request.ts';

/** The first thing on the way that drops the packets; undefined when they arrive. */
export function networkBlock(world: MountWorld, client: MountClient, target: SimMountTarget): NetworkBlock | undefined {
  const { ec2 } = world.state;
  const [from, to] = addresses(client, target);
  const clientPeer = { address: from, groups: client.groups };
  const targetPeer = { address: to, groups: target.securityGroups };
  if (!groupsAdmit(ec2, client.groups, { isEgress: true, peer: targetPeer })) return 'client-egress';
  if (!groupsAdmit(ec2, target.securityGroups, { isEgress: false, peer: clientPeer })) return 'mount-target-ingress';
  const passes = aclsAdmit(
    ec2,
    { subnetId: client.subnetId, address: from },
    { subnetId: target.subnetId, address: to },
  );
  return passes ? undefined : 'network-acl';
}

/** Where both ends have IPv6, the resolver's answer makes the client use it. */
function addresses(client: MountClient, target: SimMountTarget): readonly [from: string, to: string] {
  return client.ipv6Address !== undefined && target.ipv6Address !== undefined
    ? [client.ipv6Address, target.ipv6Address]
    : [client.address, target.ipAddress];
}
