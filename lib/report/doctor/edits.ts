import type { TaskDefinition } from '../../domain/ecs.ts';
import type { FindingCode } from '../../domain/finding.ts';
import { quote } from '../../plan/describe/shell.ts';

/** jq filters on one `efsVolumeConfiguration`. */
const VOLUME_EDITS: Partial<Readonly<Record<FindingCode, string>>> = {
  'root-directory-with-access-point': 'del(.rootDirectory)',
  'transit-encryption-off': '.transitEncryption = "ENABLED"',
  'iam-authorization-off': '.transitEncryption = "ENABLED" | .authorizationConfig.iam = "ENABLED"',
  'access-point-missing': '.authorizationConfig.accessPointId = "<access point of this file system>"',
  'access-point-other-file-system': '.authorizationConfig.accessPointId = "<access point of this file system>"',
  'file-system-missing': '.fileSystemId = "<file system of this account and Region>"',
  'root-directory-not-found': '.rootDirectory = "/"',
  'tls-tunnel-failed': 'del(.transitEncryptionPort)',
};

/** jq filters on the whole task definition. */
const DEFINITION_EDITS: Partial<Readonly<Record<FindingCode, string>>> = {
  'task-role-missing': '.taskRoleArn = "<ARN of the task role>"',
  'proxy-catches-nfs':
    '(.proxyConfiguration.properties[] | select(.name == "EgressIgnoredPorts") | .value) |= ((. // "") + ",2049")',
};

/** ECS API reference, RegisterTaskDefinition: what DescribeTaskDefinition gives besides the request's members. */
const NOT_TAKEN =
  'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy, .deregisteredAt)';

interface Where {
  readonly taskDefinition: TaskDefinition;
  readonly volume: string;
  readonly region: string;
}

/** Registers a new revision with just this edit, tags kept; undefined where the fault is not the task definition's. */
export function editCommand(code: FindingCode, { taskDefinition, volume, region }: Where): string | undefined {
  const onVolume = VOLUME_EDITS[code];
  const edit =
    onVolume === undefined
      ? DEFINITION_EDITS[code]
      : `(.volumes[] | select(.name == ${JSON.stringify(volume)}) | .efsVolumeConfiguration) |= (${onVolume})`;
  if (edit === undefined) return undefined;
  const { family, revision } = taskDefinition;
  const filter = `(.tags // []) as $tags | .taskDefinition | ${NOT_TAKEN} | ${edit} | if ($tags | length) > 0 then .tags = $tags else . end`;
  const file = `${family}.json`;
  return [
    `aws ecs describe-task-definition --task-definition ${family}:${revision} --include TAGS --region ${region} --output json`,
    `| jq ${quote(filter)} > ${file}`,
    `&& aws ecs register-task-definition --cli-input-json file://${file} --region ${region}`,
  ].join(' ');
}
