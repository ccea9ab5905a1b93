import type { UpdateThroughput } from '../../domain/action.ts';
import type { ThroughputMode } from '../../domain/efs.ts';
import type { Description } from './description.ts';
import { aws, type Given } from './shell.ts';

/** EFS user guide, "Amazon EFS performance", restrictions on switching throughput modes and changing the amount. */
const LOCK =
  'For 24 hours after a switch to provisioned throughput, or a change of its amount, EFS refuses to lower the amount or to leave the mode.';

export function describeThroughput(action: UpdateThroughput, given: Given): Description {
  const { fileSystemId, mode, mibps, previousMode, previousMibps } = action;
  return {
    sign: '~',
    thing: fileSystemId,
    part: 'throughput',
    change: `${amount(previousMode, previousMibps)} -> ${amount(mode, mibps)}`,
    detail: mode === 'provisioned' ? [LOCK] : [],
    byHand: updateCommand({ fileSystemId, mode, mibps }, given),
    undo: {
      command: updateCommand({ fileSystemId, mode: previousMode, mibps: previousMibps }, given),
      ...(mode === 'provisioned' ? { note: LOCK } : {}),
    },
    check: checkCommand(fileSystemId, given),
  };
}

function amount(mode: ThroughputMode, mibps: number | undefined): string {
  return mibps === undefined ? mode : `${mode} ${mibps} MiB/s`;
}

interface Target {
  readonly fileSystemId: string;
  readonly mode: ThroughputMode;
  readonly mibps: number | undefined;
}

function updateCommand({ fileSystemId, mode, mibps }: Target, given: Given): string {
  const words = ['efs', 'update-file-system', '--file-system-id', fileSystemId, '--throughput-mode', mode];
  return aws(mibps === undefined ? words : [...words, '--provisioned-throughput-in-mibps', String(mibps)], given);
}

function checkCommand(fileSystemId: string, given: Given): string {
  const query = 'FileSystems[0].[LifeCycleState,ThroughputMode,ProvisionedThroughputInMibps]';
  return aws(['efs', 'describe-file-systems', '--file-system-id', fileSystemId, '--query', query], given);
}
