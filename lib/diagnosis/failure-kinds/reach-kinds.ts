import type { FailureKindText } from '../failure-kinds.ts';

const EFS = 'https://docs.aws.amazon.com/efs/latest/ug';

/** The file system was not reached. */
export const REACH_KINDS = {
  'network-timeout': {
    title: 'nothing answers on TCP 2049',
    meaning: 'The mount target did not answer: a security group, a network ACL or a route stands between task and EFS.',
    whatToDo: [
      "Allow inbound TCP 2049 from the task's security group in the group of the mount target.",
      "Allow outbound TCP 2049 to the mount target's group in the group of the task.",
      'Check network ACLs both ways (with ephemeral ports), and IPv6 rules in dual-stack VPCs.',
    ],
    settledBy: [
      'efs describe-mount-target-security-groups, ec2 describe-security-groups (port 2049, both sides)',
      'ec2 describe-network-acls and describe-route-tables of both subnets',
    ],
    docs: `${EFS}/troubleshooting-efs-mounting.html#mount-hangs-fails-timeout`,
  },
  'dns-resolution': {
    title: 'the DNS name of the file system does not resolve',
    meaning: 'The task found no address for the file system: no mount target here, DNS off in the VPC, or a wrong id.',
    whatToDo: [
      'Create a mount target in the VPC and Availability Zone where the task runs.',
      'Turn on DNS support and DNS host names in the VPC, and use the Amazon DNS server.',
      'Check id, Region and account of the file system; wait 90 seconds after creating a mount target.',
    ],
    settledBy: [
      "efs describe-file-systems, describe-mount-targets (the task's VPC and zone, state)",
      'ec2 describe-vpc-attribute enableDnsSupport and enableDnsHostnames, describe-dhcp-options',
    ],
    docs: `${EFS}/troubleshooting-efs-mounting.html#mount-fails-dns-name`,
  },
  'no-mount-target-in-az': {
    title: 'no mount target in the Availability Zone of the task',
    meaning: 'The file system exists, but has no mount target where the task was placed.',
    whatToDo: [
      'Create a mount target in every Availability Zone that the service can use.',
      'Or keep the tasks in the zones that have one (One Zone file systems have exactly one).',
    ],
    settledBy: ["efs describe-mount-targets against the task's availabilityZone"],
    docs: `${EFS}/accessing-fs.html`,
  },
  'mount-target-not-available': {
    title: 'the mount target is not available yet',
    meaning: 'A mount target exists in another state than available: it is being made, changed or deleted, or failed.',
    whatToDo: [
      'Wait five minutes and start the task again.',
      'If it stays creating or deleting, call create-mount-target or delete-mount-target again, as AWS advises.',
    ],
    settledBy: ['efs describe-mount-targets (LifeCycleState)'],
    docs: `${EFS}/troubleshooting-efs-mounting.html#mount-target-lifecycle-stuck`,
  },
  'file-system-not-found': {
    title: 'the file system does not exist here',
    meaning: 'EFS does not know this id in the account and Region that was asked; another account looks the same.',
    whatToDo: ['Check the id in the task definition, and its Region.', 'Check which account owns the file system.'],
    settledBy: ['efs describe-file-systems (FileSystemNotFound)'],
    docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html',
  },
  'connection-reset': {
    title: 'the connection was made and dropped',
    meaning: 'With TLS the local tunnel accepts and hangs up when it cannot reach EFS: blocked, or no mount target.',
    whatToDo: [
      'Treat it as a time-out: TCP 2049 in the security groups of task and mount target.',
      'Check that the zone of the task has a mount target.',
      'A single reset can pass by itself: look whether the next task mounts.',
    ],
    settledBy: [
      'efs describe-mount-targets, describe-mount-target-security-groups',
      'ec2 describe-security-groups (port 2049, both sides)',
    ],
    docs: 'https://docs.aws.amazon.com/codebuild/latest/userguide/sample-efs-troubleshooting.html',
  },
  'connection-refused': {
    title: 'something refuses the connection at once',
    meaning:
      'The address answers and says no. On ECS that is mostly a proxy of the task (App Mesh) that is not running yet.',
    whatToDo: [
      'Add 2049 to EgressIgnoredPorts of the proxy configuration.',
      'Check that the address is that of the mount target.',
      'With TLS the mount goes through a tunnel on the host: on EC2 read /var/log/amazon/efs/mount.log, else start the task again.',
    ],
    settledBy: ['ecs describe-task-definition (proxyConfiguration, EgressIgnoredPorts)'],
    docs: 'https://docs.aws.amazon.com/app-mesh/latest/userguide/troubleshooting-connectivity.html#ts-connectivity-efs',
  },
} as const satisfies Readonly<Record<string, FailureKindText>>;
