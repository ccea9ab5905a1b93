/**
 * What the mount helper (efs-utils) prints on its error output, by cause.
 * Wordings as of efs-utils v3, https://github.com/aws/efs-utils.
 */
import type { MountFault, MountVolume } from './request.ts';

export interface HelperFailure {
  readonly stderr: string;
  /** 1: the helper gave up by itself, before the NFS mount; 32: `mount.nfs4` failed. */
  readonly exitCode: 1 | 32;
}

export interface HelperSetting {
  readonly volume: MountVolume;
  readonly region: string;
  readonly botocore: boolean;
  readonly credentialsPath: string;
  /** A blocked network shows as a time-out, or under TLS as a reset by the local proxy. */
  readonly blockedAs: 'time-out' | 'system-call' | 'reset';
}

/** Where the volume plugin is missing the helper never runs. */
export type HelperFault = Exclude<MountFault, { kind: 'no-plugin' }>;

export function helperFailure(fault: HelperFault, setting: HelperSetting): HelperFailure {
  switch (fault.kind) {
    case 'tls-option-missing':
      return gaveUp(`The "tls" option is required when mounting via "${fault.why}"`);
    case 'unresolved':
      return gaveUp(unresolvedText(fault, setting));
    case 'no-credentials':
      return gaveUp(
        `Unsuccessful retrieval of AWS security credentials at http://169.254.170.2${setting.credentialsPath}.`,
      );
    case 'timed-out':
      return nfsFailed(blockedText(setting));
    case 'denied':
      return nfsFailed(deniedText(setting));
    case 'no-directory':
      return nfsFailed(quoted(`mounting ${source(setting)} failed, reason given by server: No such file or directory`));
  }
}

function gaveUp(stderr: string): HelperFailure {
  return { stderr, exitCode: 1 };
}

function nfsFailed(stderr: string): HelperFailure {
  return { stderr, exitCode: 32 };
}

/** Python prints the bytes that it read from the program it ran. */
function quoted(text: string): string {
  return `b'mount.nfs4: ${text}'`;
}

function dnsName({ volume, region }: HelperSetting): string {
  return `${volume.fileSystemId}.efs.${region}.amazonaws.com`;
}

/** Under TLS the NFS client talks to a proxy on its own host. */
function source(setting: HelperSetting): string {
  const host = setting.volume.tls ? '127.0.0.1' : dnsName(setting);
  return `${host}:${setting.volume.rootDirectory}`;
}

/** Only mounts through an access point are tried again after "access denied" (efs-utils 2.4.2). */
function deniedText(setting: HelperSetting): string {
  const answer = `mount.nfs4: access denied by server while mounting ${source(setting)}`;
  if (setting.volume.accessPointId === undefined) return `b'${answer}'`;
  return `${retries(`b'${answer}\\n'`, 1)}b'${answer}'`;
}

function blockedText({ volume, blockedAs }: HelperSetting): string {
  if (blockedAs === 'time-out') return quoted('Connection timed out');
  if (blockedAs === 'reset' && volume.tls) {
    const reset = 'mount.nfs4: Connection reset by peer';
    return `${retries(`b'${reset}\\n'`, 1)}b'${reset}'`;
  }
  return `${retries('timeout after 15 sec', 0)}${quoted('mount system call failed')}`;
}

function retries(cause: string, waitSeconds: number): string {
  return [1, 2]
    .map((number) => `Mount attempt ${number}/3 failed due to ${cause}, wait ${waitSeconds} sec before next attempt.\n`)
    .join('');
}

type Unresolved = Extract<MountFault, { kind: 'unresolved' }>;

const SENTENCE =
  'check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID.\n' +
  'See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.\n' +
  'Attempting to lookup mount target ip address using botocore. ';

function unresolvedText(fault: Unresolved, setting: HelperSetting): string {
  const tail = setting.botocore
    ? TAILS[fault.why](fault, setting)
    : 'Failed to import necessary dependency botocore, please install botocore first.';
  return `Failed to resolve "${dnsName(setting)}" - ${SENTENCE}${tail}`;
}

/** What the fallback says, where there is one. */
const TAILS: Readonly<Record<Unresolved['why'], (fault: Unresolved, setting: HelperSetting) => string>> = {
  'file-system-missing': (_fault, { volume }) => `The file system ${volume.fileSystemId} is not found`,
  'no-mount-target': ({ zone }, { volume }) =>
    `Cannot find mount target for the file system ${volume.fileSystemId}, please create a mount target in ${zone}.`,
  'not-in-zone': (fault) =>
    `No matching mount target in the az ${fault.zone}. Please create one mount target in ${fault.zone}, or try the mount ` +
    `target in another AZ by passing the availability zone name option. ${others(fault)}`,
  'not-available': (fault, { volume }) =>
    fault.otherZones.length === 0
      ? `No mount target created for the file system ${volume.fileSystemId} is in available state yet, please retry in 5 minutes.`
      : `Mount target in the az ${fault.zone} is ${fault.lifeCycle}, please retry in 5 minutes, or use the mount target in ` +
        `the other az by passing the availability zone name option. ${others(fault)}`,
  'dns-off': () => '',
};

function others({ otherZones }: Unresolved): string {
  return `Available mount target(s) are in az [${otherZones.map((zone) => `'${zone}'`).join(', ')}]`;
}
