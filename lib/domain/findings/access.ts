/** What the server refuses, or is never asked for: access point, encryption, authorization, grants. */
export const ACCESS_FINDINGS = {
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
} as const;
