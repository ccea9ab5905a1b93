import type { HelperFailure } from './mount/helper-text.ts';
import type { MountVolume } from './mount/request.ts';

/** ECS cuts the reasons of tasks and containers here. */
export const LONGEST_REASON = 1024;

export interface TracebackOptions {
  readonly volume: MountVolume;
  readonly credentialsPath: string;
}

/** Fargate's wrapper. With `traceback` the text also has what newer platforms print after the helper's own words. */
export function fargateReason(failure: HelperFailure, traceback?: TracebackOptions): string {
  const detail = traceback ? ` ${tracebackText(traceback, failure.exitCode)}` : '';
  const body = `stderr: ${oneLine(failure.stderr)}${detail}`;
  const head = 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: ';
  const tail = ` : unsuccessful EFS utils command execution; code: ${failure.exitCode}`;
  return cut(`${head}${body}${tail}`);
}

/** The agent folds white space and cuts; Docker says which volume it was. */
export function ec2Reason(failure: HelperFailure, dockerVolume: string): string {
  return cut(
    oneLine(
      `Error response from daemon: create ${dockerVolume}: VolumeDriver.Create: mounting volume failed: ${failure.stderr}`,
    ),
  );
}

/** The agent is older than 1.38 or the plugin does not run. */
export function pluginMissingReason(dockerVolume: string): string {
  return (
    `Error response from daemon: create ${dockerVolume}: error looking up volume plugin amazon-ecs-volume-plugin: ` +
    'plugin "amazon-ecs-volume-plugin" not found.'
  );
}

/** Docker's copy-up gives the volume the owner that the directory has in the image; an access point's user may not do that. */
export function copyUpReason(dockerVolume: string): string {
  const path = `/var/lib/ecs/volumes/${dockerVolume}`;
  return cut(
    `CannotCreateContainerError: Error response from daemon: failed to copy file info for ${path}: ` +
      `failed to chown ${path}: lchown ${path}: operation not permitted`,
  );
}

/** The name that the agent gives a volume: family, revision, volume, and a number that tells tasks apart. */
export function dockerVolumeName(parts: {
  readonly family: string;
  readonly revision: number;
  readonly volume: string;
  readonly taskId: string;
}): string {
  return `ecs-${parts.family}-${parts.revision}-${parts.volume}-${parts.taskId.slice(-20)}`;
}

/** Reasons that have nothing to do with EFS, and those of S3 Files volumes, which come in the same wrapper. */
export const OTHER_REASONS = {
  s3files:
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve ' +
    '"use1-az2.fs-0123456789abcdef0.s3files.us-east-1.on.aws" - check that your file system ID is correct, and ensure that ' +
    'the VPC has an S3 Files mount target for this file system ID. : unsuccessful EFS utils command execution; code: 1',
  secrets:
    'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a ' +
    'connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch ' +
    'secret from Secrets Manager: RequestCanceled: request context canceled caused by: context deadline exceeded',
  image:
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ' +
    'docker.io/example/app:1.2.3: dial tcp: i/o timeout',
  logs:
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create ' +
    'Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
  'health-check': 'Task failed container health checks',
  ebs:
    'ECS failed to set up the EBS volume. Encountered IdempotentParameterMismatch; "The client token you have provided is ' +
    'associated with a resource that is already deleted. Please use a different client token."',
} as const satisfies Readonly<Record<string, string>>;

export type OtherReason = keyof typeof OTHER_REASONS;

function tracebackText({ volume, credentialsPath }: TracebackOptions, exitCode: number): string {
  const options = ['noresvport', ...optionsOf(volume, credentialsPath)].join(',');
  const source = `${volume.fileSystemId}:${volume.rootDirectory}`;
  const command = `['mount', '-t', 'efs', '-o', '${options}', '${source}', '/efs-vols/${volume.name}']`;
  return (
    'Traceback (most recent call last): File "/usr/sbin/supervisor_mount_efs", line 52, in <module> return_code = ' +
    'subprocess.check_call(["mount", "-t", "efs", "-o", opts, args.fs_id_with_path, args.dir_in_container], shell=False) ' +
    'File "/usr/lib64/python3.9/subprocess.py", line 373, in check_call raise CalledProcessError(retcode, cmd) ' +
    `subprocess.CalledProcessError: Command '${command}' returned non-zero exit status ${exitCode}. During handling of the ` +
    'above exception, another exception occurred: Traceback (most recent call last): File "/usr/sbin/supervisor_mount_efs", ' +
    `line 56, in <module> "message": err.message, AttributeError: 'CalledProcessError' object has no attribute 'message'`
  );
}

function optionsOf(volume: MountVolume, credentialsPath: string): readonly string[] {
  return [
    ...(volume.tls ? ['tls'] : []),
    ...(volume.iam ? ['iam', `awscredsuri=${credentialsPath}`] : []),
    ...(volume.accessPointId ? [`accesspoint=${volume.accessPointId}`] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function cut(text: string): string {
  return text.slice(0, LONGEST_REASON);
}
