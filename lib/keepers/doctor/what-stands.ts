import { groupIdsOf } from '../../diagnosis/mount-facts.ts';
import { placedSubnets } from '../../diagnosis/paths.ts';
import type { MountTarget } from '../../domain/efs.ts';
import { type Fact, seen } from '../../domain/fact.ts';
import { roleNameOf } from '../../domain/ids.ts';
import type { StopName } from '../../report/doctor/report.ts';
import type { Bench } from './faults.ts';

/** What stands at each stop, in a few words. */
export const WHAT_STANDS: Readonly<Record<StopName, (bench: Bench) => string>> = {
  definition: ({ mount: { taskDefinition, launch } }) =>
    `${taskDefinition.family}:${taskDefinition.revision}, ${launch.type}, ${launch.networkMode}`,
  network: ({ mount }) => {
    const zones = distinct(placedSubnets(mount).map(({ subnet }) => subnet.zoneName));
    return zones.length === 0 ? 'not known' : `${counted(mount.places.length, 'subnet')} in ${zones.join(' ')}`;
  },
  groups: ({ mount, volume }) =>
    `${distinct(mount.places.flatMap(groupIdsOf)).join(' ') || 'not known'} → ${
      distinct(targetsOf(volume.mountTargets).flatMap(({ groupIds }) => seen(groupIds) ?? [])).join(' ') || 'not known'
    }`,
  targets: ({ volume }) => {
    if (volume.mountTargets.state === 'unknown') return 'not known';
    const targets = targetsOf(volume.mountTargets);
    const zones = distinct(targets.map(({ zoneName }) => zoneName));
    return targets.length === 0 ? 'none' : `${counted(targets.length, 'mount target')} in ${zones.join(' ')}`;
  },
  'file-system': ({ volume }) => {
    const found = seen(volume.fileSystem);
    return [volume.efs.fileSystemId, ...(found?.name ? [found.name] : [])].join(', ');
  },
  'access-point': ({ volume: { efs, accessPoint } }) => {
    if (efs.accessPointId === undefined) return `none: mounts ${efs.rootDirectory ?? '/'}`;
    const found = accessPoint && seen(accessPoint);
    return found === undefined ? efs.accessPointId : `${efs.accessPointId}, ${found.path}`;
  },
  role: ({ mount: { roleArn }, volume: { efs } }) => {
    if (!efs.iam) return 'IAM authorization is off';
    return roleArn === undefined ? 'no task role' : roleNameOf(roleArn);
  },
  identity: ({ volume }) => {
    const user = volume.accessPoint && seen(volume.accessPoint)?.user;
    if (user) return `uid ${user.uid}, gid ${user.gid}, by the access point`;
    const users = distinct(volume.mountedBy.flatMap((mount) => mount.user ?? []));
    return users.length === 0 ? "the image's user" : `user ${users.join(' ')}`;
  },
  throughput: ({ volume }) => {
    const found = seen(volume.fileSystem);
    if (found === undefined) return 'not known';
    const credits = volume.credits && seen(volume.credits);
    const amount = found.provisionedMibps === undefined ? '' : ` ${found.provisionedMibps} MiB/s`;
    return `${found.throughputMode}${amount}${credits === undefined ? '' : `, credits ${bytesText(credits)}`}`;
  },
  keys: () => 'four tags',
};

function targetsOf(fact: Fact<readonly MountTarget[]>): readonly MountTarget[] {
  return seen(fact) ?? [];
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].toSorted();
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function bytesText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${value >= 100 || power === 0 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power]}`;
}
