import type { Ec2State } from '../ec2-state.ts';
import type { EfsState, LifeCycle, SimMountTarget } from '../efs-state.ts';
import type { IamState } from '../iam-state.ts';

/** Everything that the path of a mount runs through. */
export interface MountWorld {
  readonly accountId: string;
  readonly region: string;
  readonly nowMs: number;
  readonly state: { readonly efs: EfsState; readonly ec2: Ec2State; readonly iam: IamState };
}

/** The interface that mounts: the task's own with `awsvpc`, the instance's with `bridge` and `host`. */
export interface MountClient {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly address: string;
  readonly ipv6Address?: string;
  readonly groups: readonly string[];
}

export interface MountVolume {
  readonly name: string;
  readonly fileSystemId: string;
  readonly rootDirectory: string;
  readonly tls: boolean;
  readonly iam: boolean;
  readonly accessPointId?: string;
}

export interface MountRequest {
  readonly client: MountClient;
  readonly volume: MountVolume;
  readonly taskRoleArn?: string;
  /** The session name of the task role's credentials. */
  readonly sessionName: string;
  /** With botocore, efs-utils asks EFS for the address when DNS does not answer. Fargate has none. */
  readonly botocore: boolean;
}

/** What the mount helper or the server answered; `why` is the physical truth behind it, which the text may not tell. */
export type MountFault =
  | { readonly kind: 'no-plugin'; readonly why: 'volume-plugin-missing' }
  | { readonly kind: 'tls-option-missing'; readonly why: 'iam' | 'accesspoint' }
  | {
      readonly kind: 'unresolved';
      readonly why: 'file-system-missing' | 'no-mount-target' | 'not-in-zone' | 'not-available' | 'dns-off';
      readonly zone: string;
      readonly otherZones: readonly string[];
      readonly lifeCycle?: LifeCycle;
    }
  | { readonly kind: 'no-credentials'; readonly why: 'no-task-role' }
  | { readonly kind: 'timed-out'; readonly why: NetworkBlock }
  | { readonly kind: 'denied'; readonly why: Denial }
  | { readonly kind: 'no-directory'; readonly why: 'directory-missing' };

export type NetworkBlock = 'client-egress' | 'mount-target-ingress' | 'network-acl' | 'throughput';
export type Denial =
  | 'policy'
  | 'access-point-missing'
  | 'access-point-of-other-file-system'
  | 'access-point-not-available'
  | 'access-point-directory-missing';

/** What the server lets a client do. */
export interface ClientPermissions {
  readonly mount: boolean;
  readonly write: boolean;
  readonly root: boolean;
}

export interface MountSuccess {
  readonly mountTarget: SimMountTarget;
  readonly permissions: ClientPermissions;
  /** The directory on the file system. */
  readonly path: string;
  readonly posixUser?: { readonly uid: number; readonly gid: number; readonly secondaryGids?: readonly number[] };
}

export type MountResult =
  | { readonly mounted: true; readonly success: MountSuccess }
  | { readonly mounted: false; readonly fault: MountFault };
