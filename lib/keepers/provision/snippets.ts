/** Where the ids of a family's volumes are published. */
export function parameterPath(family: string, volume?: string): string {
  return `/mountkeeper/volumes/${family}${volume === undefined ? '' : `/${volume}`}`;
}

/** Lines that read the published ids: they work on a first apply too, when nothing is published yet. */
export function snippets(family: string, volume: string): { readonly terraform: string; readonly cdk: string } {
  const path = parameterPath(family, volume);
  const name = `mountkeeper_${volume.replaceAll('-', '_')}`;
  const terraform = [
    `data "aws_ssm_parameters_by_path" "${name}" {`,
    `  path = "${path}"`,
    '}',
    'locals {',
    `  ${name} = { for index, name in data.aws_ssm_parameters_by_path.${name}.names : basename(name) => nonsensitive(data.aws_ssm_parameters_by_path.${name}.values[index]) }`,
    '}',
    '# in the volume:',
    'efs_volume_configuration {',
    `  file_system_id     = lookup(local.${name}, "file-system-id", var.file_system_id)`,
    '  transit_encryption = "ENABLED"',
    '  dynamic "authorization_config" {',
    `    for_each = compact([lookup(local.${name}, "access-point-id", "")])`,
    '    content {',
    '      access_point_id = authorization_config.value',
    '      iam             = "ENABLED"',
    '    }',
    '  }',
    '}',
  ].join('\n');
  const cdk = [
    `const accessPointId = ssm.StringParameter.valueFromLookup(this, '${path}/access-point-id', '');`,
    `taskDefinition.addVolume({ name: '${volume}', efsVolumeConfiguration: {`,
    "  fileSystemId, transitEncryption: 'ENABLED',",
    "  ...(accessPointId && { authorizationConfig: { accessPointId, iam: 'ENABLED' } }) } });",
  ].join('\n');
  return { terraform, cdk };
}
