import { anyOf } from './cause-rule.ts';
import { says } from './wording.ts';

/**
 * Words that tell whose mount a text is about. A mark alone is no failure: it lets the gate believe a cause.
 * The bare word "efs" is no mark: images, secrets, log groups and foreign volumes carry it in their names.
 */

/** A mount of EFS was under way. Printed for S3 Files volumes too, so foreign marks are asked first. */
const WRAPPER = anyOf(`failed to invoke efs | set up efs volumes | unsuccessful efs util | efs utils command
  | volumedriver.create: mounting volume failed | volumedriver.mount: mounting volume failed
  | volumedriver.mount: failed to mount volume…mounting volume failed | mounting volume failed: mount.nfs
  | mounting volume failed: bmount.nfs | mounting volume failed: failed to resolve
  | amazon-ecs-volume-plugin.sock | supervisor_mount_efs | mount attempt…/…failed due to
  | ['mount', '-t', 'efs' | mounting arguments: -t efs | mount -t efs | mount.efs: | /sbin/mount.efs
  | could not start amazon-efs-mount-watchdog | cannot create mount point:…/var/lib/ecs/volumes`);

const STRANGER = anyOf(`.s3files. | s3 files mount | s3files mount | s3files dns | s3 files volume | s3files volume
  | s3 files file system | s3 files utils | s3files utils | s3filesvolumeconfiguration | '-t', 's3files' | -t s3files | mount.s3files
  | supervisor_mount_s3files | s3files-utils | volume s3files | filesystem type s3files | mount_s3files
  | nfsv4.0 is not supported for s3 files
  | .fsx. | mount.lustre | fsxwindowsfileserver | new-smbglobalmapping | fsx.csi.aws.com
  | mount.cifs | mount error(13) | mount error(115) | mount.smb | mount.glusterfs | mount.ceph | mount.fuse
  | fusermount | /dev/fuse | mount-s3: | mount.s3fs | s3fs: | goofys | gcsfuse | blobfuse | ebs.csi.aws.com
  | nfs.csi.k8s.io | failed to set up the ebs volume | mounting arguments: -t nfs | mounting arguments: -t ext4
  | mounting arguments: -t xfs | mounting arguments: -t cifs | rexray | portworx | trident | cloudstor`);

/** Other stages of a task's life: what fails there has nothing to do with volumes. */
const OTHER_STAGE = anyOf(`cannotpull | unable to pull secrets | pull secrets or registry auth | pull the image
  | pull access denied | image manifest | failed to initialize logging driver | failed to validate logger args
  | failed to download env files | oci runtime | container_linux.go | rootfs_linux.go | outofmemoryerror
  | essential container in task exited | failed container health checks | failed elb health checks
  | is unhealthy in | listen eacces | bind: permission denied | docker daemon socket | exec: | exec format error
  | network interface provisioning | unable to consistently start tasks | scaling activity initiated`);

export function hasWrapper(squashed: string): boolean {
  return says(squashed, WRAPPER);
}

export function namesStranger(squashed: string): boolean {
  return says(squashed, STRANGER) || hasForeignHost(squashed) || ZONE_ID_HOST.test(squashed);
}

export function namesOtherStage(squashed: string): boolean {
  return says(squashed, OTHER_STAGE);
}

/** Every suffix that AWS partitions use stands after the Region; masked ids and Regions count. */
const EFS_HOST =
  /fs-[a-z0-9*#_-]{0,40}\.efs\.|[a-z0-9*#_-]\.efs\.[a-z0-9*#_-]{1,30}\.(?:amazonaws|c2s|sc2s|cloud\.adc|csp)/;

export function namesEfsHost(squashed: string): boolean {
  return EFS_HOST.test(squashed);
}

/** S3 Files puts the id of the zone before the name; EFS on ECS never does, and its name goes on with `.efs.`. */
const ZONE_ID_HOST = /[a-z]{2,6}\d-az\d{1,2}\.fs-[0-9a-fx*]{0,40}(?![0-9a-fx*]|\.e)/;

const FOREIGN_LABELS = ['fsx', 's3files'];
const HOST_AFTER_ID = /fs-[0-9a-fx*]{4,40}\.([a-z0-9]{0,12})/g;

/** `fs-….fsx.…`, `fs-….s3files.…`, also where the text breaks off inside the word after the id. */
function hasForeignHost(squashed: string): boolean {
  const labels = [...squashed.matchAll(HOST_AFTER_ID)].map(([, label = '']) => label).filter((label) => label !== '');
  return labels.some((label) => FOREIGN_LABELS.some((foreign) => foreign.startsWith(label) || label === foreign));
}

const FILE_SYSTEM_ID =
  /(?<![a-z0-9])fs-(?:[0-9a-f]{8,17}|[0-9a-f]{0,12}(?:x{2,17}|\*{2,17}|#{2,17})|[a-z_]{0,8}id)(?![a-z0-9])/;

export function namesFileSystem(readable: string): boolean {
  return FILE_SYSTEM_ID.test(readable.toLowerCase()) || namesEfsHost(readable.toLowerCase());
}
