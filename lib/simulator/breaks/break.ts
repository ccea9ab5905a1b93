import type { Volume } from '@aws-sdk/client-ecs';
import type { Account } from '../account.ts';
import type { RegisteredDefinition, SimTaskDefinition } from '../ecs-state.ts';
import type { SimAccessPoint } from '../efs-state.ts';
import type { Estate } from '../estate/spec.ts';
import { findTaskDefinition } from '../services/ecs-names.ts';

/** Where a task can run, as far as mounts differ. */
export type LaunchKind = 'fargate' | 'ec2-awsvpc' | 'ec2-bridge' | 'ec2-host' | 'managed-instances';

export const EVERYWHERE: readonly LaunchKind[] = [
  'fargate',
  'ec2-awsvpc',
  'ec2-bridge',
  'ec2-host',
  'managed-instances',
];
export const ON_INSTANCES: readonly LaunchKind[] = ['ec2-awsvpc', 'ec2-bridge', 'ec2-host'];

export interface Break {
  readonly description: string;
  readonly kinds: readonly LaunchKind[];
  /**
   * `stopped`: does not start, with a stop reason of the mount. `container`: does not start, the reason is the
   * container's. `app`: mounts and runs, but its application may not write and exits. `refused`: ECS starts no task.
   */
  readonly ends: 'stopped' | 'container' | 'app' | 'refused';
  readonly apply: (account: Account, estate: Estate) => void;
}

export type BreakTable = Readonly<Record<string, Break>>;

/** What a break changes about the newest revision, as if it had been registered like that. */
export function newestRevision(account: Account, estate: Estate): SimTaskDefinition {
  const found = findTaskDefinition(account, estate.family);
  if (found === undefined) throw new Error(`simulated account: family ${estate.family} has no active revision`);
  return found;
}

export function amendDefinition(
  account: Account,
  estate: Estate,
  change: (definition: RegisteredDefinition) => RegisteredDefinition,
): void {
  const revision = newestRevision(account, estate);
  revision.definition = change(revision.definition);
}

type EfsVolume = NonNullable<Volume['efsVolumeConfiguration']>;

export function amendVolume(account: Account, estate: Estate, change: (efs: EfsVolume) => EfsVolume): void {
  amendDefinition(account, estate, (definition) => ({
    ...definition,
    volumes: (definition.volumes ?? []).map((volume) =>
      volume.name === estate.volumeName && volume.efsVolumeConfiguration
        ? { ...volume, efsVolumeConfiguration: change(volume.efsVolumeConfiguration) }
        : volume,
    ),
  }));
}

export function withoutAuthorization(efs: EfsVolume): EfsVolume {
  const { authorizationConfig: _authorization, ...rest } = efs;
  return rest;
}

export function amendAccessPoint(
  account: Account,
  estate: Estate,
  change: (accessPoint: SimAccessPoint) => SimAccessPoint,
): void {
  const { accessPoints } = account.state.efs;
  const accessPoint = accessPoints[estate.accessPointId ?? ''];
  if (accessPoint === undefined) throw new Error('simulated account: the estate has no access point to break');
  accessPoints[accessPoint.id] = change(accessPoint);
}
