/** What provisioning says of a family that opted in. */
export const PROVISION_FINDINGS = {
  'tag-invalid': {
    severity: 'must-fix',
    title: 'A tag of Mountkeeper holds what it cannot use',
    remedy: 'Correct the tag named here; nothing is provisioned for the family before all of them are right.',
  },
  'nothing-to-provision': {
    severity: 'should-fix',
    title: 'The task definition opts in but names no EFS file system',
    remedy: 'Add an EFS volume, or the tags mountkeeper:file-system and mountkeeper:mount.',
  },
  'volume-without-access-point': {
    severity: 'info',
    title: 'The volume has no access point of its own yet',
    remedy: 'Mountkeeper makes one below the base path of the file system.',
  },
  'volume-not-wired': {
    severity: 'info',
    title: 'The newest revision does not mount the volume through its access point yet',
    remedy: 'Mountkeeper registers a wired revision, or publishes the ids for whoever owns the task definition.',
  },
  'grant-ahead': {
    severity: 'info',
    title: 'The task role has no grant for the access point yet',
    remedy: 'Mountkeeper writes one inline policy a file system, scoped to the access point.',
  },
  'volume-has-data': {
    severity: 'must-fix',
    title: 'The family mounted this file system before, so its volume may hold data',
    remedy:
      'A new access point would start it in an empty directory. Set mountkeeper:start = keep to stay on the present path (its owner sets mountkeeper:adopt), or mountkeeper:start = empty if an empty directory is wanted.',
  },
  'identity-change-withheld': {
    severity: 'should-fix',
    title: 'A changed tag would alter the path or the identity of a directory that exists',
    remedy:
      'The access point stays as it is. Set the tag back, or move the data to a new volume name, which gets an access point of its own.',
  },
  'identity-ambiguous': {
    severity: 'must-fix',
    title: 'The containers that mount the volume run as different users',
    remedy: 'Set mountkeeper:uid (and mountkeeper:gid) to the one identity that the volume shall have.',
  },
  'identity-taken': {
    severity: 'must-fix',
    title: 'The uid or gid asked for belongs to somebody else on this file system',
    remedy: 'Choose another id, or leave the tag out: Mountkeeper then allocates one that nobody has.',
  },
  'identity-allocated': {
    severity: 'info',
    title: 'Mountkeeper chose the uid and gid of the volume',
    remedy:
      'The access point maps every file to them. An entry point that runs chown on its data directory will fail: switch that off, or set mountkeeper:uid to the uid of the image.',
  },
  'identity-exhausted': {
    severity: 'must-fix',
    title: 'No free id is left in the range of the file system',
    remedy: "The file system's owner widens the tag mountkeeper:uid-range.",
  },
  'root-not-allowed': {
    severity: 'must-fix',
    title: 'uid or gid 0 is asked for, and the owner of the file system does not allow root',
    remedy: 'Choose another id, or ask the owner to set mountkeeper:allow-root = true on the file system.',
  },
  'share-not-allowed': {
    severity: 'must-fix',
    title: 'The owner of the file system does not share this directory with the family',
    remedy: 'The owner names the family in the tag mountkeeper:share/<name> of the file system.',
  },
  'access-point-of-another': {
    severity: 'must-fix',
    title: 'The volume names an access point that was made for another family',
    remedy: 'Remove accessPointId from the volume: the family gets one of its own. To share data, use a share.',
  },
  'access-point-orphaned': {
    severity: 'should-fix',
    title: 'The family has no active revision any more, and its access points are still there',
    remedy: 'Nothing is deleted by itself. Delete them by hand where the data is no longer needed.',
  },
  'role-shared': {
    severity: 'should-fix',
    title: 'Several families share the task role, so a grant for one serves them all',
    remedy: 'Give each family a task role of its own.',
  },
  'role-over-granted': {
    severity: 'should-fix',
    title: 'A managed policy on the task role opens every file system of the account',
    remedy: 'Detach AmazonElasticFileSystemClient… from the role: the scoped grant is enough.',
  },
  'role-nearly-full': {
    severity: 'should-fix',
    title: 'The inline policies of the task role are near their limit of 10,240 characters',
    remedy: 'Use a task role for each service before the next grant no longer fits.',
  },
  'network-unknown': {
    severity: 'info',
    title: 'No service of the family is known, so its network path was not judged',
    remedy: 'Nothing to do: the way is judged when a service is created or changed, and by every sweep.',
  },
  'ids-published': {
    severity: 'info',
    title: 'The ids are published in Parameter Store for whoever owns the task definition',
    remedy: 'Read them with the lines given here; the next revision then mounts through the access point.',
  },
  'owned-by-somebody-else': {
    severity: 'should-fix',
    title: 'Somebody registers the family again and again without the wiring',
    remedy:
      'Mountkeeper does not fight it: it only publishes the ids. Read them with the lines given here, or set mountkeeper:wire = revision.',
  },
  'roll-out-rolled-back': {
    severity: 'should-fix',
    title: 'A service was moved to the wired revision and is back on an older one',
    remedy: 'It is not moved again before the task definition changes. Find out why its tasks did not start.',
  },
  'not-in-use-yet': {
    severity: 'info',
    title: 'No service runs the wired revision yet',
    remedy: 'Start a task of the new revision; Mountkeeper moves only services with the tag mountkeeper:deploy = true.',
  },
} as const;
