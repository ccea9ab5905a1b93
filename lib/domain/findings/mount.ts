/** What keeps a task from mounting, in the order in which a mount meets it. */
export const MOUNT_FINDINGS = {
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
    remedy: 'Wait some minutes; where it stays in creating or deleting, delete it and create it again.',
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
      'Mounts then work by chance, depending on the address or the source port: allow TCP 2049 one way and TCP 1024-65535 the other way for the whole subnets.',
  },
  'root-directory-with-access-point': {
    severity: 'must-fix',
    title: 'The volume has a rootDirectory and an access point',
    remedy: 'Remove rootDirectory (or set it to /): the access point brings its own root directory.',
  },
  'root-directory-not-found': {
    severity: 'must-fix',
    title: 'The rootDirectory of the volume is not on the file system',
    remedy: 'Create the directory, mount /, or use an access point that creates its root directory.',
  },
  'access-point-missing': {
    severity: 'must-fix',
    title: 'The access point does not exist',
    remedy: 'Correct accessPointId, or create the access point again with the same path and identity.',
  },
  'access-point-other-file-system': {
    severity: 'must-fix',
    title: 'The access point belongs to another file system',
    remedy: 'Name the file system of the access point, or an access point of this file system.',
  },
  'access-point-not-available': {
    severity: 'must-fix',
    title: 'The access point is not in the state available',
    remedy: 'Wait until it is available.',
  },
  'access-point-creates-no-directory': {
    severity: 'should-fix',
    title: 'The access point does not create its root directory',
    remedy:
      'Without creation info the directory must exist already, else the mount is denied. Create it, or use an access point with owner and permissions.',
  },
  'transit-encryption-off': {
    severity: 'must-fix',
    title: 'Transit encryption is off although the mount needs it',
    remedy:
      'Set transitEncryption to ENABLED: an access point, IAM authorization or the file-system policy asks for it.',
  },
  'iam-authorization-off': {
    severity: 'must-fix',
    title: 'IAM authorization is off although the file-system policy admits no anonymous client',
    remedy: 'Set authorizationConfig.iam and transitEncryption to ENABLED, and give the task role the grant.',
  },
  'task-role-missing': {
    severity: 'must-fix',
    title: 'The task has no task role to mount with',
    remedy: 'Set taskRoleArn: IAM authorization mounts with the task role, never with the execution role.',
  },
  'grant-missing': {
    severity: 'must-fix',
    title: 'No policy allows the task role to mount the file system through this access point',
    remedy:
      'Allow elasticfilesystem:ClientMount (and ClientWrite for writable mounts) on the file-system ARN, with the access point ARN as condition.',
  },
  'grant-on-wrong-resource': {
    severity: 'must-fix',
    title: "The task role's grant names a resource that matches nothing",
    remedy:
      'Resource must be the file-system ARN; the access point belongs in the condition elasticfilesystem:AccessPointArn, as a full ARN.',
  },
  'grant-on-execution-role': {
    severity: 'must-fix',
    title: 'The grant is on the execution role instead of the task role',
    remedy: 'Move it to the task role: the execution role pulls images and reads secrets, it does not mount.',
  },
  'policy-denies': {
    severity: 'must-fix',
    title: 'A policy denies the mount explicitly',
    remedy: 'An explicit Deny wins over every Allow: change the statement named here.',
  },
  'write-not-allowed': {
    severity: 'must-fix',
    title: 'The task may mount but not write, although a container mounts the volume writable',
    remedy: 'Allow elasticfilesystem:ClientWrite, or mount the volume read-only.',
  },
  'root-squashed': {
    severity: 'must-fix',
    title: 'A container runs as root but root access is not allowed',
    remedy: 'Use an access point with a POSIX user, or let the storage owner allow ClientRootAccess.',
  },
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
    remedy: 'A group holds 60 rules per direction. Use one client group for several services, or raise the quota.',
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
