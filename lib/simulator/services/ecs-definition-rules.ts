import type { ContainerDefinition, RegisterTaskDefinitionRequest, Volume } from '@aws-sdk/client-ecs';

/** 64 KiB: ECS service quotas, "Task definition size". */
const LARGEST_BYTES = 65_536;
const MOST_CONTAINERS = 10;

type Rule = (request: RegisterTaskDefinitionRequest) => string | undefined;

const RULES: readonly Rule[] = [
  ({ family }) => (/^[A-Za-z0-9_-]{1,255}$/.test(family ?? '') ? undefined : `Invalid family name: ${family}`),
  (request) => {
    const count = containers(request).length;
    if (count === 0) return 'Container list cannot be empty.';
    return count > MOST_CONTAINERS ? `Too many containers: ${count} > ${MOST_CONTAINERS}` : undefined;
  },
  (request) => {
    const nameless = containers(request).some(({ name, image }) => !name || !image);
    return nameless ? 'Container.name and Container.image should not be null or empty.' : undefined;
  },
  (request) =>
    repeated(
      containers(request).map(({ name }) => name ?? ''),
      'container name',
    ),
  (request) =>
    repeated(
      (request.volumes ?? []).map(({ name }) => name ?? ''),
      'volume name',
    ),
  unknownVolume,
  (request) => (request.volumes ?? []).map(efsTrouble).find((trouble) => trouble !== undefined),
  fargateTrouble,
  (request) => {
    const bytes = Buffer.byteLength(JSON.stringify(request));
    return bytes > LARGEST_BYTES
      ? `Actual length: '${bytes}'. Max allowed length is '${LARGEST_BYTES}' bytes.`
      : undefined;
  },
];

/** What ECS would say against this registration, or undefined. */
export function definitionTrouble(request: RegisterTaskDefinitionRequest): string | undefined {
  return RULES.map((rule) => rule(request)).find((trouble) => trouble !== undefined);
}

function containers(request: RegisterTaskDefinitionRequest): readonly ContainerDefinition[] {
  return request.containerDefinitions ?? [];
}

function repeated(names: readonly string[], what: string): string | undefined {
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  return twice === undefined ? undefined : `Duplicate ${what}: ${twice}`;
}

function unknownVolume(request: RegisterTaskDefinitionRequest): string | undefined {
  const known = (request.volumes ?? []).map(({ name }) => name);
  const missing = containers(request)
    .flatMap(({ mountPoints }) => mountPoints ?? [])
    .find(({ sourceVolume }) => !known.includes(sourceVolume));
  return missing === undefined ? undefined : `Unknown volume '${missing.sourceVolume}'.`;
}

/** EFSVolumeConfiguration in the ECS API reference: IAM and access points both need encryption in transit. */
function efsTrouble({ name, efsVolumeConfiguration: efs }: Volume): string | undefined {
  if (efs === undefined || efs.transitEncryption === 'ENABLED') return undefined;
  const { iam, accessPointId } = efs.authorizationConfig ?? {};
  if (iam === 'ENABLED')
    return `Volume '${name}': transit encryption must be enabled when EFS IAM authorization is used.`;
  if (accessPointId === undefined) return undefined;
  return `Volume '${name}': transit encryption must be enabled when an EFS access point is used.`;
}

function fargateTrouble(request: RegisterTaskDefinitionRequest): string | undefined {
  if (!request.requiresCompatibilities?.includes('FARGATE')) return undefined;
  if (request.networkMode !== 'awsvpc') return 'Fargate only supports network mode ‘awsvpc’.';
  return request.cpu && request.memory ? undefined : 'Fargate requires task definition to have cpu and memory.';
}
