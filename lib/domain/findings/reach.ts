/** What keeps a task from reaching a mount target, in the order in which a mount meets it. */
export const REACH_FINDINGS = {
  'file-system-missing': {
    severity: 'must-fix',
    title: 'The file system does not exist in this account and Region',
    remedy: 'Correct fileSystemId in the task definition, or restore the file system from AWS Backup.',
  },
  'file-system-not-available': {
    severity: 'must-fix',
    title: 'The file system is not in the state available',
    remedy: 'Wait until it is available; a file system in the state error needs AWS Support.',
  },
  'no-mount-target-in-vpc': {
    severity: 'must-fix',
    title: "The file system has no mount target in the task's VPC",
    remedy:
      'Create a mount target in each zone where tasks can run. A file system has its mount targets in one VPC only; a task in another VPC cannot mount it by its id.',
  },
  'no-mount-target-in-zone': {
    severity: 'must-fix',
    title: "The file system has no mount target in the task's Availability Zone",
    remedy: 'Create a mount target in that zone, or keep the tasks in the zones that have one.',
  },
  'mount-target-not-available': {
    severity: 'must-fix',
    title: 'The mount target is not in the state available',
    remedy:
      'Wait some minutes; where it stays in creating or deleting, call create-mount-target or delete-mount-target again, as AWS advises.',
  },
  'mount-target-updating': {
    severity: 'info',
    title: 'The mount target is being updated',
    remedy: 'It answers while it is updated, as a rule; look again in some minutes if mounts fail.',
  },
  'vpc-dns-off': {
    severity: 'must-fix',
    title: 'DNS support or DNS host names are off in the VPC',
    remedy: "Turn on enableDnsSupport and enableDnsHostnames: the file system's name resolves only with both.",
  },
  'security-group-ingress-missing': {
    severity: 'must-fix',
    title: "No ingress rule of the mount target's security groups admits the task on TCP 2049",
    remedy: "Add an ingress rule for TCP 2049 from the task's security group to the mount target's security group.",
  },
  'security-group-ingress-partial': {
    severity: 'should-fix',
    title: "The mount target's security groups admit only a part of the addresses that a task can get on TCP 2049",
    remedy:
      "Add an ingress rule for TCP 2049 from the task's security group: it holds for every address, IPv4 and IPv6 alike.",
  },
  'security-group-egress-missing': {
    severity: 'must-fix',
    title: "No egress rule of the task's security groups reaches the mount target on TCP 2049",
    remedy:
      "Add an egress rule for TCP 2049 to the mount target's security group. A group without egress rules blocks everything.",
  },
  'security-group-egress-partial': {
    severity: 'should-fix',
    title: "The task's security groups reach the mount target by one address family only",
    remedy:
      "Add an egress rule for TCP 2049 to the mount target's security group: a group reference covers IPv4 and IPv6.",
  },
  'network-acl-blocks': {
    severity: 'must-fix',
    title: 'A network ACL blocks the path between the task and the mount target',
    remedy: 'Network ACLs are stateless: allow TCP 2049 one way and TCP 1024-65535 the other way, on both subnets.',
  },
  'network-acl-partial': {
    severity: 'should-fix',
    title: 'A network ACL lets only a part of the traffic between the task and the mount target through',
    remedy:
      'Whether a mount works hangs on its address or its source port (32768-60999 on most Linux hosts): allow TCP 2049 one way and TCP 1024-65535 the other way for the whole subnets.',
  },
} as const;
