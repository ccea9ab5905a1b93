import { anyOf, type CauseRule } from './cause-rule.ts';

/**
 * What other software says in the same words: the NFS client (nfs-utils, utils/mount), the
 * kernel, applications and the ECS agent. The gate decides whether EFS is meant.
 */
export const SYSTEM_CAUSES: readonly CauseRule[] = [
  {
    kind: 'access-point-invalid-or-mismatch',
    ...{ speaker: 'nfs', why: 'the id of an access point stands where the path belongs' },
    pattern: anyOf(`:fsap-…failed, reason given by server | :/fsap-…failed, reason given by server
      | :fsap-…failed, reason given by server: no such file or directory
      | :/fsap-…failed, reason given by server: no such file or directory`),
  },
  {
    ...{ kind: 'root-directory-not-found', speaker: 'nfs', why: 'nfs-utils quotes the server for ENOENT only' },
    pattern: anyOf(`failed, reason given by server | failed, reason given by server: no such file or directory
      | mounting…failed. no such file or directory`),
  },
  {
    ...{ kind: 'access-denied-iam', speaker: 'nfs', why: 'the server answered, and said no' },
    pattern: anyOf(`access denied by server | mount.nfs4: permission denied | mount.nfs: permission denied
      | mounting…failed. permission denied`),
  },
  {
    ...{ kind: 'helper-metadata', speaker: 'nfs', why: 'all that the first versions of the mount helper said' },
    pattern: anyOf('error retrieving region'),
  },
  {
    ...{ kind: 'agent-capability', speaker: 'nfs', why: 'the host cannot mount this type at all' },
    pattern: anyOf(`wrong fs type, bad option, bad superblock on | special device fs-…does not exist
      | mount fs-…no such device | unknown filesystem type nfs`),
  },
  {
    ...{ kind: 'volume-limit-or-throttle', speaker: 'nfs', why: 'the server or a limit of the client holds back' },
    pattern: anyOf(`nfs:…not responding | nfs:…not responding, timed out | mount.nfs4: disk quota exceeded`),
  },
  {
    ...{ kind: 'dns-resolution', speaker: 'nfs', why: 'the name of the server has no address here' },
    pattern: anyOf(`failed to resolve | name or service not known | temporary failure in name resolution
      | no address associated with hostname | mount.nfs…can't get address for | fs-…no such host`),
  },
  {
    ...{ kind: 'network-timeout', speaker: 'nfs', why: 'nothing answers on TCP 2049' },
    pattern: anyOf(`connection timed out | timed out | no route to host | network is unreachable | host is unreachable
      | host is down | context deadline exceeded | i/o timeout`),
  },
  {
    // Linux, mount(2): nfs-utils says this of EIO, which the kernel also gives where the server answered and failed.
    ...{ kind: 'network-timeout', speaker: 'nfs', why: 'mostly the end of a mount that got no answer', guess: true },
    pattern: anyOf(`mount system call failed`),
  },
  {
    ...{ kind: 'connection-refused', speaker: 'nfs', why: 'something answers on TCP 2049 and refuses' },
    pattern: anyOf(`connection refused`),
  },
  {
    kind: 'connection-reset',
    ...{ speaker: 'nfs', why: 'made and dropped: how a tunnel shows that it cannot reach EFS' },
    pattern: anyOf(`connection reset by peer | reset by peer | broken pipe | software caused connection abort`),
  },
  {
    ...{ kind: 'mount-unknown', speaker: 'nfs', why: 'the NFS client stopped for a reason that no kind covers' },
    pattern: anyOf(`mount point…does not exist | mount point…is not a directory | incorrect mount option
      | protocol not supported | or transport protocol is not supported | is busy or already mounted
      | stale file handle | mount.nfs4: input/output error | mount.nfs4: remote i/o error
      | mount.nfs4: cannot allocate memory | mount.nfs4: operation not permitted
      | mounting volume failed: exit status`),
  },
  {
    ...{ kind: 'posix-permission', speaker: 'disk', why: 'the process may not do this with the file' },
    pattern: anyOf(`chown…operation not permitted | chmod…operation not permitted
      | changing ownership of…operation not permitted | changing permissions of…operation not permitted
      | changing group of…operation not permitted | permission denied | eacces:
      | eperm: operation not permitted | errno 13 | is not writable | is not writeable | not writable by
      | wrong volume permissions | errno 1] operation not permitted | accessdeniedexception: /
      | could not set permissions | could not change permissions of directory`),
  },
  {
    ...{ kind: 'volume-limit-or-throttle', speaker: 'disk', why: 'a limit of the NFS client is reached' },
    pattern: anyOf(`disk quota exceeded | edquot:`),
  },
  {
    ...{ kind: 'network-timeout', speaker: 'agent', why: 'a mount that hangs meets the time limit of the agent' },
    pattern: anyOf(`could not transition to creating volume; timed out`),
  },
  {
    ...{ kind: 'mount-unknown', speaker: 'agent', why: 'the agent tells that a volume failed, not which and why' },
    pattern: anyOf(`agent could not create task's volume resources | could not transition to inspecting volume
      | could not transition to creating volume`),
  },
];
