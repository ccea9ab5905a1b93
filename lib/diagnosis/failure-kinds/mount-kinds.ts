import type { FailureKindText } from '../failure-kinds.ts';

const EFS = 'https://docs.aws.amazon.com/efs/latest/ug';
const ECS_VOLUMES = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html';

/** EFS, the host or the container said no. */
export const MOUNT_KINDS = {
  'access-denied-iam': {
    title: 'EFS denies the mount',
    meaning: 'A policy, the task role, the TLS and IAM settings or the access point do not let this task mount.',
    whatToDo: [
      'Turn on transit encryption and IAM authorization for the volume.',
      'Give the task role (not the execution role) elasticfilesystem:ClientMount, and ClientWrite where it writes.',
      'Look for a Deny in the file-system policy, and check that the access point belongs to this file system.',
    ],
    settledBy: [
      'ecs describe-task-definition (iam, transitEncryption, accessPointId, taskRoleArn)',
      'efs describe-file-system-policy, describe-access-points; iam simulate-principal-policy',
    ],
    docs: `${EFS}/troubleshooting-efs-mounting.html#mount-fail-access-denied-by-server`,
  },
  'access-point-not-found': {
    title: 'the access point does not exist',
    meaning: 'EFS does not know the access point of the volume, or it is being deleted.',
    whatToDo: ['Point the task definition at an access point that is available and of this file system.'],
    settledBy: ['efs describe-access-points (AccessPointNotFound, LifeCycleState, FileSystemId)'],
    docs: `${EFS}/efs-access-points.html`,
  },
  'access-point-invalid-or-mismatch': {
    title: 'the volume uses its access point wrongly',
    meaning: 'The id is malformed, TLS is off, or a root directory is set besides the access point.',
    whatToDo: [
      'With an access point leave rootDirectory out or set it to "/", and turn on transit encryption.',
      'Give the access point owner uid, gid and permissions, or create its directory.',
    ],
    settledBy: [
      'ecs describe-task-definition (rootDirectory, accessPointId, transitEncryption)',
      'efs describe-access-points (RootDirectory.CreationInfo)',
    ],
    docs: ECS_VOLUMES,
  },
  'root-directory-not-found': {
    title: 'the root directory does not exist on the file system',
    meaning: 'EFS was reached and let the client in, but the directory to mount is not there.',
    whatToDo: [
      'Create the directory, or mount "/".',
      'Or use an access point with creation info, which makes the directory at the first mount.',
    ],
    settledBy: ['ecs describe-task-definition (rootDirectory, accessPointId)', 'efs describe-access-points'],
    docs: ECS_VOLUMES,
  },
  'tls-tunnel-failed': {
    title: 'the TLS tunnel did not start',
    meaning: 'The tunnel, its certificates or its local port failed before NFS was tried.',
    whatToDo: [
      'On EC2 read /var/log/amazon/efs/mount.log, and update amazon-efs-utils and stunnel.',
      'Leave transitEncryptionPort out, so that a free port is chosen.',
      'Check that the host reaches EFS: a blocked network can look like this.',
    ],
    settledBy: [
      'ecs describe-task-definition (transitEncryption, transitEncryptionPort)',
      'efs describe-mount-target-security-groups, ec2 describe-security-groups',
    ],
    docs: `${EFS}/troubleshooting-efs-encryption.html`,
  },
  'helper-metadata': {
    title: 'the mount helper lacks Region, zone or credentials',
    meaning: 'Instance or task metadata gave no Region, zone or credentials. EFS itself has not decided anything.',
    whatToDo: [
      'Give the task a task role if the volume uses IAM authorization.',
      'On EC2 set region in efs-utils.conf, allow the metadata service, and update amazon-efs-utils (IMDSv2).',
    ],
    settledBy: [
      'ecs describe-task-definition (taskRoleArn, iam)',
      'ec2 describe-instances (MetadataOptions: hop limit, tokens)',
    ],
    docs: `${EFS}/efs-mount-helper.html`,
  },
  'posix-permission': {
    title: 'mounted, but the process may not use the files',
    meaning: 'Owner and mode of the directory do not fit the user of the container, or root is squashed.',
    whatToDo: [
      'Use an access point whose POSIX user owns the directory, or run the container with that uid and gid.',
      'Where the process must be root, grant elasticfilesystem:ClientRootAccess.',
      'On EC2 the image must not make Docker copy files up (chown) into a directory of another owner.',
    ],
    settledBy: [
      'efs describe-access-points (PosixUser, CreationInfo) against user in ecs describe-task-definition',
      'ecs describe-task-definition (mountPoints: does the path lie under an EFS volume?)',
    ],
    docs: `${EFS}/efs-access-points.html`,
  },
  'volume-limit-or-throttle': {
    title: 'a limit of the client or of EFS is reached',
    meaning: 'Local tunnel ports, open files, locks or active users ran out, or EFS holds requests back.',
    whatToDo: [
      'Spread the tasks over more hosts, or widen the port range in efs-utils.conf.',
      'Check open files, locks and users of each mount, and the throughput of the file system.',
    ],
    settledBy: ['cloudwatch get-metric-data (PercentIOLimit, BurstCreditBalance, ClientConnections)'],
    docs: `${EFS}/troubleshooting-efs-fileop-errors.html`,
  },
  'agent-capability': {
    title: 'the host or platform cannot mount EFS',
    meaning: 'The volume plugin, the EFS mount helper, the platform version or the operating system does not fit.',
    whatToDo: [
      'On Fargate use Linux platform version 1.4.0 or later (LATEST).',
      'On EC2 use a current ECS-optimized AMI, or agent 1.38.0 with amazon-efs-utils and amazon-ecs-volume-plugin.',
      'External instances and Windows cannot mount EFS volumes.',
    ],
    settledBy: ['ecs describe-tasks (platformVersion), describe-container-instances (agentVersion, attributes)'],
    docs: ECS_VOLUMES,
  },
  'mount-unknown': {
    title: 'an EFS mount failed, the cause is not told',
    meaning: 'The text is cut off, or names a cause outside the known kinds.',
    whatToDo: ['Check the whole way from the task to the file system: mountkeeper looks at each part of it.'],
    settledBy: [
      'efs describe-file-systems, describe-mount-targets, describe-access-points, describe-file-system-policy',
      'ec2 describe-security-groups, describe-vpc-attribute; iam simulate-principal-policy',
    ],
    docs: `${EFS}/troubleshooting-efs-mounting.html`,
  },
  'not-efs': {
    title: 'not an EFS mount failure',
    meaning: 'Nothing in this text is about mounting an EFS volume; Mountkeeper leaves it alone.',
    whatToDo: ['Follow the message itself; the page below lists what stop reasons mean.'],
    settledBy: ['ecs describe-tasks (stopCode, stoppedReason, container reasons and exit codes)'],
    docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html',
  },
} as const satisfies Readonly<Record<string, FailureKindText>>;
