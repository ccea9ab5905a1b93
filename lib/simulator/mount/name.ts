import type { SimMountTarget } from '../efs-state.ts';
import type { MountFault, MountRequest, MountWorld } from './request.ts';

const AMAZON_DNS = 'AmazonProvidedDNS';

/**
 * From the name of the file system to a mount target, as the VPC's resolver does it: one in the client's zone and VPC
 * that is up, or no answer. With botocore, efs-utils finds the address past a resolver that is off.
 */
export function findMountTarget(world: MountWorld, request: MountRequest): SimMountTarget | MountFault {
  const { client, volume } = request;
  const targets = Object.values(world.state.efs.mountTargets).filter(
    (target) => target.fileSystemId === volume.fileSystemId && target.vpcId === client.vpcId,
  );
  const near = targets.find((target) => target.availabilityZoneName === client.availabilityZone);
  const unresolved = (why: UnresolvedWhy): MountFault => ({
    kind: 'unresolved',
    why,
    zone: client.availabilityZone,
    otherZones: targets.filter((target) => target !== near).map((target) => target.availabilityZoneName),
    ...(near && { lifeCycle: near.lifeCycle }),
  });
  const fileSystem = world.state.efs.fileSystems[volume.fileSystemId];
  if (fileSystem === undefined || fileSystem.lifeCycle === 'deleted') return unresolved('file-system-missing');
  if (near === undefined) return unresolved(targets.length === 0 ? 'no-mount-target' : 'not-in-zone');
  if (!['available', 'updating'].includes(near.lifeCycle)) return unresolved('not-available');
  return resolverAnswers(world, client.vpcId) || request.botocore ? near : unresolved('dns-off');
}

type UnresolvedWhy = Extract<MountFault, { kind: 'unresolved' }>['why'];

function resolverAnswers(world: MountWorld, vpcId: string): boolean {
  const vpc = world.state.ec2.vpcs[vpcId];
  if (vpc === undefined || !vpc.enableDnsSupport || !vpc.enableDnsHostnames) return false;
  const servers = world.state.ec2.dhcpOptions[vpc.dhcpOptionsId]?.domainNameServers ?? [AMAZON_DNS];
  return servers.includes(AMAZON_DNS);
}
