import type { Fact } from './fact.ts';
import type { Tags } from './tags.ts';

export type LifeCycleState = 'creating' | 'available' | 'updating' | 'deleting' | 'deleted' | 'error';
export type ThroughputMode = 'bursting' | 'provisioned' | 'elastic';

export interface FileSystem {
  readonly id: string;
  readonly arn: string;
  readonly ownerId: string;
  readonly name?: string;
  readonly state: LifeCycleState;
  readonly performanceMode: 'generalPurpose' | 'maxIO';
  readonly throughputMode: ThroughputMode;
  readonly provisionedMibps?: number;
  /** Bytes in the Standard class: the size that earns burst credits. */
  readonly sizeStandardBytes: number;
  /** Only a One Zone file system has one. */
  readonly zoneName?: string;
  readonly tags: Tags;
}

export interface MountTarget {
  readonly id: string;
  readonly fileSystemId: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** Zones are compared by id: names are mapped per account. */
  readonly zoneId: string;
  readonly zoneName: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly state: LifeCycleState;
  readonly networkInterfaceId?: string;
  readonly groupIds: Fact<readonly string[]>;
}

export interface PosixUser {
  readonly uid: number;
  readonly gid: number;
  readonly secondaryGids?: readonly number[];
}

export interface CreationInfo {
  readonly ownerUid: number;
  readonly ownerGid: number;
  /** Octal digits, such as `0750`. */
  readonly permissions: string;
}

export interface AccessPoint {
  readonly id: string;
  readonly arn: string;
  readonly fileSystemId: string;
  readonly state: LifeCycleState;
  readonly path: string;
  readonly user?: PosixUser;
  readonly creation?: CreationInfo;
  readonly tags: Tags;
}
