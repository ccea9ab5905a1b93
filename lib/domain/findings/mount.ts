import { ACCESS_FINDINGS } from './access.ts';
import { REACH_FINDINGS } from './reach.ts';

/** What keeps a task from mounting, in the order in which a mount meets it. */
export const MOUNT_FINDINGS = {
  ...REACH_FINDINGS,
  ...ACCESS_FINDINGS,
  'posix-mismatch': {
    severity: 'must-fix',
    title: 'The POSIX identity of the container cannot use the directory',
    remedy:
      'Give the access point the uid and gid of the container user, or give the directory an owner and permissions that admit it.',
  },
  'posix-identity-differs': {
    severity: 'info',
    title: 'The access point maps the container user to another id',
    remedy:
      'Files belong to the uid and gid of the access point. A program that checks or changes the owner of its directory needs the same ids on both sides.',
  },
  'copy-up-chown': {
    severity: 'must-fix',
    title: "Docker's copy of the image directory failed to change its owner",
    remedy:
      "The directory at the mount path in the image must belong to the access point's uid and gid, or must not exist in the image.",
  },
  'application-permission-denied': {
    severity: 'must-fix',
    title: 'The application was refused on a path of the mounted volume',
    remedy: 'Compare the uid and gid that the process runs with against owner and permissions of the directory.',
  },
  'platform-too-old': {
    severity: 'must-fix',
    title: 'The Fargate platform version cannot mount EFS',
    remedy: 'Use the Linux platform version 1.4.0 or LATEST.',
  },
  'agent-too-old': {
    severity: 'must-fix',
    title: 'The ECS agent of the container instance cannot mount EFS with these options',
    remedy:
      'Use the ECS-optimized AMI of 2020-03-19 or later (agent 1.38.0) with amazon-efs-utils and the volume plugin.',
  },
  'host-not-supported': {
    severity: 'must-fix',
    title: 'EFS volumes are not supported on this kind of host',
    remedy: 'Windows and external instances cannot mount EFS through ECS; use Fargate or Linux container instances.',
  },
  'proxy-catches-nfs': {
    severity: 'must-fix',
    title: "The task's proxy catches the traffic to the mount target",
    remedy: 'Add 2049 to EgressIgnoredPorts of proxyConfiguration.',
  },
  'burst-credits-empty': {
    severity: 'must-fix',
    title: 'The burst credit balance of the file system is used up',
    remedy:
      'Everything on this file system runs at its baseline. Switch to provisioned throughput, or let the throughput keeper do it.',
  },
  'tls-tunnel-failed': {
    severity: 'must-fix',
    title: 'The TLS tunnel of the mount helper did not start',
    remedy:
      'Free or drop transitEncryptionPort; on container instances upgrade amazon-efs-utils and read /var/log/amazon/efs/mount.log.',
  },
  'helper-metadata-missing': {
    severity: 'must-fix',
    title: 'The mount helper could not read Region, zone or credentials',
    remedy:
      'Give the task a task role; on container instances allow the metadata service and set region in efs-utils.conf.',
  },
  'client-limit': {
    severity: 'must-fix',
    title: 'A limit of the NFS client or of the file system is reached',
    remedy: 'Look at the quotas of EFS for clients: open files, locks, users, tunnel ports.',
  },
  'rule-quota-near': {
    severity: 'should-fix',
    title: "The mount target's security group is near its quota of rules",
    remedy:
      'A group holds 60 rules per direction unless its quota was raised. Use one client group for several services, or raise the quota.',
  },
  'other-volume-fails': {
    severity: 'info',
    title: 'The failure is of a volume that is not EFS',
    remedy: 'Mountkeeper leaves it alone.',
  },
  'cause-not-found': {
    severity: 'must-fix',
    title: 'The mount failed and nothing that was checked explains it',
    remedy: 'Read what was checked and what could not be looked at; a single failure may pass by itself.',
  },
  'not-checked': {
    severity: 'info',
    title: 'Something could not be looked at',
    remedy: 'Give Mountkeeper the permission named here, or look at it yourself.',
  },
} as const;
