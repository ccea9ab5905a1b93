/** What is said about changes of others, about what is left over, and about taking back. */
export const DRIFT_FINDINGS = {
  'changed-by-somebody': {
    severity: 'info',
    title: 'Somebody changed what the mounts rest on',
    remedy: 'Ask who is named here whether it was meant. The command takes the change back.',
  },
  'key-vanished': {
    severity: 'should-fix',
    title: "An owner's key is gone",
    remedy:
      'From now on Mountkeeper changes nothing there. What it made stays and works; the owner sets the tag again, or reverts what was made.',
  },
  'own-tags-changed': {
    severity: 'should-fix',
    title: "Tags of Mountkeeper's own things were changed",
    remedy: 'Put the tags back: without them Mountkeeper no longer knows the thing as its own.',
  },
  'task-start-slow': {
    severity: 'should-fix',
    title: 'Tasks take much longer to start than they did',
    remedy:
      'Look at the burst credits and the throughput of the file system, at an entry point that runs chown over the whole volume, and at a mount target in another zone. Services replace tasks that miss their health check grace period: lengthen it meanwhile.',
  },
  'orphan-grant': {
    severity: 'should-fix',
    title: 'A grant is left of a family that is gone',
    remedy: 'Revert the change named here, or delete the statement by hand.',
  },
  'orphan-rule': {
    severity: 'should-fix',
    title: 'A security group rule is left of a family that is gone',
    remedy: 'Revert the change named here. Mountkeeper revokes the rule by itself once no interface has the group.',
  },
  'orphan-reservation': {
    severity: 'info',
    title: 'A POSIX id stays reserved for a family that is gone',
    remedy: 'Nothing has to be done: files may still carry the id, so it is not given to anybody else.',
  },
  'rule-in-the-way': {
    severity: 'info',
    title: 'A rule of Mountkeeper was revoked, since its source group is no longer used',
    remedy: 'Nothing has to be done: the security group can now be deleted.',
  },
  'revert-refused': {
    severity: 'should-fix',
    title: 'A change is no longer as Mountkeeper left it, so it was not taken back',
    remedy: 'Somebody changed it since. Look at it, and take it back by hand if that is still right.',
  },
  'revert-not-possible': {
    severity: 'info',
    title: 'A change stays',
    remedy: 'It cannot be taken back, or only where the request says so: see the reason.',
  },
  'nothing-to-revert': {
    severity: 'info',
    title: 'There is nothing to take back',
    remedy: '"mountkeeper status" lists the changes and their ids.',
  },
  'hold-released': {
    severity: 'info',
    title: 'A change that was reverted may be made again',
    remedy: 'The next sweep plans it where it is still needed.',
  },
} as const;
