import type {
  ContainerDefinition as EcsContainer,
  TaskDefinition as EcsTaskDefinition,
  Volume as EcsVolume,
  EFSVolumeConfiguration,
  ProxyConfiguration,
  Tag,
} from '@aws-sdk/client-ecs';
import type { ContainerDefinition, EfsVolume, NetworkMode, TaskDefinition, Volume, VolumeKind } from '../domain/ecs.ts';
import { given } from './given.ts';
import { fromEcsTags } from './tags.ts';

interface Answer {
  readonly taskDefinition: EcsTaskDefinition;
  readonly tags: readonly Tag[] | undefined;
  /** The same task definition as it came over the wire, where it did. */
  readonly whole: Readonly<Record<string, unknown>> | undefined;
}

const NETWORK_MODES: readonly string[] = ['awsvpc', 'bridge', 'host', 'none'] satisfies NetworkMode[];

/** The member that holds the configuration of each kind; a volume without any of them is a bind mount. */
const VOLUME_KINDS: readonly (readonly [member: keyof EcsVolume, kind: VolumeKind])[] = [
  ['efsVolumeConfiguration', 'efs'],
  ['s3filesVolumeConfiguration', 's3files'],
  ['fsxWindowsFileServerVolumeConfiguration', 'fsx'],
  ['dockerVolumeConfiguration', 'docker'],
];

export function toTaskDefinition({ taskDefinition, tags, whole }: Answer): TaskDefinition {
  const mode = taskDefinition.networkMode ?? 'bridge';
  return given({
    arn: taskDefinition.taskDefinitionArn ?? '',
    family: taskDefinition.family ?? '',
    revision: taskDefinition.revision ?? 0,
    status: taskDefinition.status ?? 'INACTIVE',
    networkMode: NETWORK_MODES.includes(mode) ? (mode as NetworkMode) : 'bridge',
    requiresCompatibilities: taskDefinition.requiresCompatibilities ?? [],
    operatingSystem: taskDefinition.runtimePlatform?.operatingSystemFamily,
    taskRoleArn: taskDefinition.taskRoleArn || undefined,
    executionRoleArn: taskDefinition.executionRoleArn || undefined,
    containers: (taskDefinition.containerDefinitions ?? []).map(toContainer),
    volumes: (taskDefinition.volumes ?? []).map(toVolume),
    proxy: toProxy(taskDefinition.proxyConfiguration),
    tags: fromEcsTags(tags?.slice()),
    registeredBy: taskDefinition.registeredBy,
    raw: whole ?? plainCopy(taskDefinition),
  });
}

function plainCopy(value: object): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(value));
}

function toContainer(container: EcsContainer): ContainerDefinition {
  const { logConfiguration: log } = container;
  return given({
    name: container.name ?? '',
    essential: container.essential ?? true,
    user: container.user,
    readonlyRootFilesystem: container.readonlyRootFilesystem ?? false,
    mountPoints: (container.mountPoints ?? []).map((point) => ({
      sourceVolume: point.sourceVolume ?? '',
      containerPath: point.containerPath ?? '',
      readOnly: point.readOnly ?? false,
    })),
    logGroup: log?.logDriver === 'awslogs' ? log.options?.['awslogs-group'] : undefined,
  });
}

function toVolume(volume: EcsVolume): Volume {
  const name = volume.name ?? '';
  const kind = VOLUME_KINDS.find(([member]) => volume[member] !== undefined)?.[1];
  if (kind === 'efs' && volume.efsVolumeConfiguration) {
    return { name, kind, efs: toEfsVolume(volume.efsVolumeConfiguration) };
  }
  return { name, kind: kind ?? (volume.configuredAtLaunch ? 'at-launch' : 'bind') };
}

function toEfsVolume(efs: EFSVolumeConfiguration): EfsVolume {
  return given({
    fileSystemId: efs.fileSystemId ?? '',
    rootDirectory: efs.rootDirectory,
    transitEncryption: efs.transitEncryption === 'ENABLED',
    transitEncryptionPort: efs.transitEncryptionPort,
    accessPointId: efs.authorizationConfig?.accessPointId || undefined,
    iam: efs.authorizationConfig?.iam === 'ENABLED',
  });
}

function toProxy(proxy: ProxyConfiguration | undefined): TaskDefinition['proxy'] {
  if (proxy === undefined) return undefined;
  const ports = proxy.properties?.find((one) => one.name === 'EgressIgnoredPorts')?.value ?? '';
  return {
    egressIgnoredPorts: ports
      .split(',')
      .map((port) => Number.parseInt(port, 10))
      .filter((port) => !Number.isNaN(port)),
  };
}
