import { helperFailure } from './mount/helper-text.ts';
import { dockerVolumeName, ec2Reason, fargateReason, pluginMissingReason } from './stop-wording.ts';
import type { Life } from './task-life.ts';
import type { TaskMounts } from './task-mounts.ts';
import { hostOf } from './task-network.ts';

/** Where the task's credentials are served; the address is a secret of the task. */
export function credentialsPathOf(taskArn: string): string {
  const id = taskArn.split('/').at(-1) ?? '';
  const parts = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)];
  return `/v2/credentials/${parts.join('-')}`;
}

/** The stop reason in the words of the launch type. */
export function failureReason(life: Life, { fault, volume }: Extract<TaskMounts, { outcome: 'failed' }>): string {
  const { account, task, definition, options } = life;
  const taskId = task.arn.split('/').at(-1) ?? '';
  const dockerVolume = dockerVolumeName({ ...definition, volume: volume.name, taskId });
  if (fault.kind === 'no-plugin') return pluginMissingReason(dockerVolume);
  const credentialsPath = credentialsPathOf(task.arn);
  const failure = helperFailure(fault, {
    volume,
    region: account.region,
    botocore: hostOf(account, task)?.botocore ?? false,
    credentialsPath,
    blockedAs: options.blockedAs ?? 'time-out',
  });
  if (task.launchType !== 'FARGATE') return ec2Reason(failure, dockerVolume);
  return fargateReason(failure, options.traceback ? { volume, credentialsPath } : undefined);
}
