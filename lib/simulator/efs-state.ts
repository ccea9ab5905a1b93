import type { LockClock, LockRule } from './throughput/lock.ts';

/** A tag as EFS, EC2 and IAM spell it. */
export interface SimTag {
  readonly Key: string;
  readonly Value: string;
}

export type LifeCycle = 'creating' | 'available' | 'updating' | 'deleting' | 'deleted' | 'error';

export interface ThroughputSetting {
  readonly mode: 'bursting' | 'provisioned' | 'elastic';
  readonly provisionedMibps?: number;
}

export interface SimFileSystem {
  readonly id: string;
  readonly arn: string;
  readonly creationToken: string;
  readonly createdAtMs: number;
  readonly performanceMode: 'generalPurpose' | 'maxIO';
  readonly encrypted: boolean;
  /** One Zone file systems have one: the only zone that takes a mount target. */
  readonly availabilityZoneName?: string;
  lifeCycle: LifeCycle;
  throughput: ThroughputSetting;
  /** What the 24-hour rule looks at; absent where throughput was never changed. */
  lockClock?: LockClock;
  sizeBytes: { standard: number; infrequent: number; archive: number };
  tags: SimTag[];
}

export interface SimMountTarget {
  readonly id: string;
  readonly fileSystemId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZoneId: string;
  readonly availabilityZoneName: string;
  readonly ipAddress: string;
  readonly ipv6Address?: string;
  readonly networkInterfaceId: string;
  lifeCycle: LifeCycle;
  securityGroups: string[];
}

export interface SimPosixUser {
  readonly uid: number;
  readonly gid: number;
  readonly secondaryGids?: readonly number[];
}

export interface SimAccessPoint {
  readonly id: string;
  readonly arn: string;
  readonly clientToken: string;
  readonly fileSystemId: string;
  readonly createdAtMs: number;
  readonly posixUser?: SimPosixUser;
  readonly path: string;
  /** Absent: a directory that does not exist is not made at the first mount. */
  readonly creationInfo?: { readonly ownerUid: number; readonly ownerGid: number; readonly permissions: string };
  lifeCycle: LifeCycle;
  tags: SimTag[];
}

export interface SimDirectory {
  readonly uid: number;
  readonly gid: number;
  /** Octal, as in the access point's permissions: `0750`. */
  readonly mode: string;
  readonly files?: readonly string[];
}

export interface EfsState {
  readonly fileSystems: Record<string, SimFileSystem>;
  readonly mountTargets: Record<string, SimMountTarget>;
  readonly accessPoints: Record<string, SimAccessPoint>;
  /** File-system id to the document as it was put. Absent: the default policy, which lets everybody in. */
  readonly policies: Record<string, string>;
  /** File-system id, then path. `/` is there from the start: root's, 0755. */
  readonly directories: Record<string, Record<string, SimDirectory>>;
  /** How long a new access point is missing from lists, though it can be described by its id. */
  listDelayMs: number;
  /** Which wording of the 24-hour rule holds; AWS has published several. */
  lockRule: LockRule;
}

export function emptyEfsState(): EfsState {
  return {
    fileSystems: {},
    mountTargets: {},
    accessPoints: {},
    policies: {},
    directories: {},
    listDelayMs: 0,
    lockRule: 'union',
  };
}
