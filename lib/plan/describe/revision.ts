import type { RegisterRevision } from '../../domain/action.ts';
import type { Description } from './description.ts';
import { aws, type Given, named, nameIn, quote } from './shell.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Says of a revision only what was made different: volumes, mount points, our own tags. The rest of the input (images,
 * environment, secrets) belongs to the app team and is never printed.
 */
export function describeRegister(action: RegisterRevision, given: Given): Description {
  const source = `${action.family}:${action.sourceRevision}`;
  const madeArn = given.made?.['taskDefinitionArn'];
  return {
    sign: '+',
    thing: `task definition ${madeArn === undefined ? action.family : nameIn(madeArn)}`,
    part: 'revision',
    change: `made from ${source}`,
    detail: [...volumesOf(action.input).map(volumeLine), 'everything else is as in the source'],
    byHand: registerCommand(action, given),
    undo: { cannot: goBack(source, given) },
    check: checkCommand(madeArn === undefined ? action.family : nameIn(madeArn), given),
  };
}

/** A revision is not taken back; what uses it is moved back. */
export function goBack(taskDefinition: string, given: Given = {}): string {
  const words = ['ecs', 'update-service', '--cluster', '<cluster>', '--service', '<service>'];
  const command = aws([...words, '--task-definition', taskDefinition], given);
  return `A registered revision keeps its number for ever. Services move back with: ${command}`;
}

function volumesOf(input: Json): readonly Json[] {
  return records(input['volumes']);
}

function volumeLine(volume: Json): string {
  const efs = record(volume['efsVolumeConfiguration']);
  if (efs === undefined) return `volume ${String(volume['name'])}: as before`;
  const authorization = record(efs['authorizationConfig']) ?? {};
  const parts = [
    `volume ${String(volume['name'])}: ${String(efs['fileSystemId'])}`,
    ...(authorization['accessPointId'] === undefined ? [] : [`access point ${String(authorization['accessPointId'])}`]),
    `transit encryption ${String(efs['transitEncryption'] ?? 'DISABLED')}`,
    `IAM ${String(authorization['iam'] ?? 'DISABLED')}`,
  ];
  return named(parts.join(', '));
}

/** Reads the source, sets what differs with jq, registers it: secrets stay in the pipe. */
function registerCommand(action: RegisterRevision, given: Given): string {
  const source = `${action.family}:${action.sourceRevision}`;
  const read = aws(['ecs', 'describe-task-definition', '--task-definition', source, '--include', 'TAGS'], given);
  const file = `${action.family}.json`;
  const register = aws(['ecs', 'register-task-definition', '--cli-input-json', `file://${file}`], given);
  return `${read} | jq ${quote(filterOf(action))} > ${quote(file)} && ${register}`;
}

const OUTPUT_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
] as const;

function filterOf({ input }: RegisterRevision): string {
  const ours = records(input['tags']).filter((tag) => String(tag['key']).startsWith('mountkeeper:'));
  const mounts = records(input['containerDefinitions'])
    .filter((container) => records(container['mountPoints']).length > 0)
    .map(
      (container) =>
        `(.containerDefinitions[] | select(.name == ${json(container['name'])}).mountPoints) = ${json(container['mountPoints'])}`,
    );
  return [
    `.taskDefinition + {tags: (${json(ours)} + (.tags // []) | unique_by(.key))}`,
    `del(${OUTPUT_ONLY.map((name) => `.${name}`).join(', ')})`,
    `.volumes = ${json(volumesOf(input))}`,
    ...mounts,
  ].join(' | ');
}

function checkCommand(taskDefinition: string, given: Given): string {
  const query = 'taskDefinition.volumes';
  return aws(['ecs', 'describe-task-definition', '--task-definition', taskDefinition, '--query', query], given);
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

function record(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record).filter((item) => item !== undefined) : [];
}
