import type { EcsTag, LaunchType } from './ecs-state.ts';

/** What a mount came to, for a test to see "mounted as the right user". */
export interface MountRecord {
  readonly volume: string;
  readonly container: string;
  readonly fileSystemId: string;
  readonly accessPointId?: string;
  readonly mountTargetId: string;
  /** The directory on the file system. */
  readonly path: string;
  readonly containerPath: string;
  /** The identity that the file system sees. */
  readonly uid: number;
  readonly gid: number;
  readonly readOnly: boolean;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** What the application would be told on writing when it cannot: "Permission denied", or "Read-only file system". */
  readonly writeRefusedBy: 'posix' | 'policy';
  readonly client: { readonly mount: boolean; readonly write: boolean; readonly root: boolean };
  /** Names of the files seen in the directory: data that was there stays to be seen. */
  readonly files: readonly string[];
}

export interface SimContainer {
  readonly name: string;
  readonly arn: string;
  readonly image: string;
  lastStatus: string;
  reason?: string;
  exitCode?: number;
}

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'
  | 'SpotInterruption'
  | 'TerminationNotice';

export interface SimAttachment {
  readonly id: string;
  status: string;
  readonly subnetId: string;
  readonly networkInterfaceId: string;
  readonly privateIpv4Address: string;
  readonly macAddress: string;
}

export interface SimTask {
  readonly arn: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly group: string;
  readonly startedBy?: string;
  readonly launchType: LaunchType;
  readonly platformVersion?: string;
  readonly containerInstanceArn?: string;
  readonly availabilityZone: string;
  readonly overrides: TaskOverrides;
  attachments: SimAttachment[];
  readonly containers: SimContainer[];
  readonly createdAtMs: number;
  desiredStatus: string;
  lastStatus: string;
  version: number;
  startedAtMs?: number;
  stoppingAtMs?: number;
  stoppedAtMs?: number;
  stopCode?: StopCode;
  stoppedReason?: string;
  tags: EcsTag[];
  mounted: MountRecord[];
}

export interface TaskOverrides {
  readonly taskRoleArn?: string;
  readonly executionRoleArn?: string;
  readonly containerOverrides?: readonly {
    readonly name?: string | undefined;
    readonly command?: string[] | undefined;
    readonly environment?: { readonly name?: string | undefined; readonly value?: string | undefined }[] | undefined;
  }[];
}
