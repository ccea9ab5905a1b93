import type { Account } from '../account.ts';
import { addRule } from '../estate/network.ts';
import type { Estate } from '../estate/spec.ts';
import { type BreakTable, EVERYWHERE } from './break.ts';

/** Longer than any first run takes, shorter than a patient retry. */
const STILL_CREATING_MS = 10 * 60_000;

export const networkBreaks = {
  'sg-ingress': {
    description: 'the mount target’s security group does not let the client in',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => dropRules(account, estate.mountTargetGroupId, { egress: false }),
  },
  'sg-egress': {
    description: 'the client’s security group lets nothing but HTTPS out',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      dropRules(account, estate.clientGroupId, { egress: true });
      const https = { isEgress: true, protocol: 'tcp', fromPort: 443, toPort: 443, cidrIpv4: '0.0.0.0/0' };
      addRule(account, estate.clientGroupId, https);
    },
  },
  acl: {
    description: 'the network ACL of the mount target’s subnet denies TCP 2049',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => denyInAcl(account, estate.dataAclId, { egress: false, fromPort: 2049, toPort: 2049 }),
  },
  'acl-replies': {
    description: 'the network ACL of the client’s subnet denies the answers on the ephemeral ports',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => denyInAcl(account, estate.appAclId, { egress: false, fromPort: 1024, toPort: 65_535 }),
  },
  'no-mount-target': {
    description: 'there is no mount target in the zone where the task starts',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => dropMountTargets(account, estate, [estate.zones[0]?.name ?? '']),
  },
  'no-mount-targets': {
    description: 'the file system has no mount target at all',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) =>
      dropMountTargets(
        account,
        estate,
        estate.zones.map(({ name }) => name),
      ),
  },
  'mount-target-creating': {
    description: 'the mount target in the task’s zone is still being created',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      for (const target of targetsIn(account, estate, [estate.zones[0]?.name ?? ''])) {
        target.lifeCycle = 'creating';
        account.clock.at(account.clock.nowMs() + STILL_CREATING_MS, () => {
          if (target.lifeCycle === 'creating') target.lifeCycle = 'available';
        });
      }
    },
  },
  'dns-off': {
    description: 'the VPC does not resolve names',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => Object.assign(account.state.ec2.vpcs[estate.vpcId] ?? {}, { enableDnsSupport: false }),
  },
  'dns-host-names-off': {
    description: 'the VPC gives no DNS host names',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) =>
      Object.assign(account.state.ec2.vpcs[estate.vpcId] ?? {}, { enableDnsHostnames: false }),
  },
  'fs-missing': {
    description: 'the file system was deleted',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      dropMountTargets(
        account,
        estate,
        estate.zones.map(({ name }) => name),
      );
      const { efs } = account.state;
      for (const point of Object.values(efs.accessPoints)) {
        if (point.fileSystemId === estate.fileSystemId) delete efs.accessPoints[point.id];
      }
      for (const table of [efs.fileSystems, efs.policies, efs.directories]) delete table[estate.fileSystemId];
    },
  },
} as const satisfies BreakTable;

function dropRules(account: Account, groupId: string, { egress }: { readonly egress: boolean }): void {
  const rules = account.state.ec2.securityGroups[groupId]?.rules ?? {};
  for (const rule of Object.values(rules)) if (rule.isEgress === egress) delete rules[rule.id];
}

interface Deny {
  readonly egress: boolean;
  readonly fromPort: number;
  readonly toPort: number;
}

function denyInAcl(account: Account, aclId: string, deny: Deny): void {
  const acl = account.state.ec2.networkAcls[aclId];
  acl?.entries.unshift({ ruleNumber: 90, protocol: '6', action: 'deny', cidrBlock: '0.0.0.0/0', ...deny });
}

function targetsIn(account: Account, estate: Estate, zones: readonly string[]) {
  return Object.values(account.state.efs.mountTargets).filter(
    (target) => target.fileSystemId === estate.fileSystemId && zones.includes(target.availabilityZoneName),
  );
}

function dropMountTargets(account: Account, estate: Estate, zones: readonly string[]): void {
  for (const { id, networkInterfaceId } of targetsIn(account, estate, zones)) {
    delete account.state.efs.mountTargets[id];
    delete account.state.ec2.networkInterfaces[networkInterfaceId];
  }
}
