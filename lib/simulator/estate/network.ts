import type { Account } from '../account.ts';
import type { SimAclEntry, SimGroupRule } from '../ec2-state.ts';
import type { EstateNetwork, EstateSpec, EstateZone } from './spec.ts';

/** A VPC with a subnet for tasks and one for mount targets in each zone, and ACLs that let everything through. */
export function buildNetwork(account: Account, spec: EstateSpec): EstateNetwork {
  const vpcId = account.newId('vpc');
  const dhcpOptionsId = account.newId('dopt');
  account.state.ec2.dhcpOptions[dhcpOptionsId] = {
    id: dhcpOptionsId,
    domainNameServers: ['AmazonProvidedDNS'],
    tags: [],
  };
  const defaultGroupId = addGroup(account, { vpcId, name: 'default', keyed: false });
  account.state.ec2.vpcs[vpcId] = {
    id: vpcId,
    cidrBlock: '10.0.0.0/16',
    isDefault: false,
    defaultSecurityGroupId: defaultGroupId,
    dhcpOptionsId,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: [],
  };
  const appAclId = addAcl(account, vpcId, true);
  const dataAclId = addAcl(account, vpcId, false);
  return {
    vpcId,
    defaultGroupId,
    appAclId,
    dataAclId,
    mountTargetGroupId: addGroup(account, { vpcId, name: 'efs', keyed: spec.keys.mountTargetGroup }),
    zones: Array.from({ length: spec.zones }, (_none, place) =>
      addZone(account, { vpcId, place, appAclId, dataAclId }),
    ),
  };
}

interface ZoneOrder {
  readonly vpcId: string;
  readonly place: number;
  readonly appAclId: string;
  readonly dataAclId: string;
}

function addZone(account: Account, { vpcId, place, appAclId, dataAclId }: ZoneOrder): EstateZone {
  const name = `${account.region}${'abcdef'[place]}`;
  const [, id = 'az'] = /^([a-z]+-[a-z]+-\d)/.exec(account.region) ?? [];
  const zone = { name, id: `${shortRegion(id)}-az${place + 1}` };
  const subnet = (third: number, networkAclId: string) => {
    const subnetId = account.newId('subnet');
    account.state.ec2.subnets[subnetId] = {
      id: subnetId,
      vpcId,
      cidrBlock: `10.0.${third}.0/24`,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      networkAclId,
      tags: [],
    };
    return subnetId;
  };
  return { ...zone, appSubnetId: subnet(place, appAclId), dataSubnetId: subnet(100 + place, dataAclId) };
}

/** `eu-west-1` is `euw1` in the ids of its zones. */
function shortRegion(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  return `${area}${direction.charAt(0)}${number}`;
}

function addAcl(account: Account, vpcId: string, isDefault: boolean): string {
  const id = account.newId('acl');
  const entries: SimAclEntry[] = [true, false].flatMap((egress) => [
    { ruleNumber: 100, protocol: '-1', action: 'allow', egress, cidrBlock: '0.0.0.0/0' },
    { ruleNumber: 32_767, protocol: '-1', action: 'deny', egress, cidrBlock: '0.0.0.0/0' },
  ]);
  account.state.ec2.networkAcls[id] = { id, vpcId, isDefault, entries, tags: [] };
  return id;
}

/** A group with AWS's own first rule: everything may go out. */
export function addGroup(
  account: Account,
  { vpcId, name, keyed }: { readonly vpcId: string; readonly name: string; readonly keyed: boolean },
): string {
  const id = account.newId('sg');
  account.state.ec2.securityGroups[id] = {
    id,
    name,
    description: `${name} group`,
    vpcId,
    ownerId: account.accountId,
    rules: {},
    tags: keyed ? [{ Key: 'mountkeeper:allow', Value: 'true' }] : [],
  };
  addRule(account, id, { isEgress: true, protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' });
  return id;
}

export function addRule(
  account: Account,
  groupId: string,
  rule: Omit<SimGroupRule, 'id' | 'groupId' | 'tags'>,
): string {
  const id = account.newId('sgr');
  const group = account.state.ec2.securityGroups[groupId];
  if (group === undefined) throw new Error(`simulated account: no group ${groupId}`);
  group.rules[id] = { ...rule, id, groupId, tags: [] };
  return id;
}

/** Lets the clients of one group reach the mount targets of the other. */
export function admitNfs(account: Account, mountTargetGroupId: string, clientGroupId: string): void {
  addRule(account, mountTargetGroupId, {
    isEgress: false,
    protocol: 'tcp',
    fromPort: 2049,
    toPort: 2049,
    referencedGroup: { groupId: clientGroupId, userId: account.accountId },
  });
}
