/** Where the ids of a family's volumes are published. */
export function parameterPath(family: string, volume?: string): string {
  return `/mountkeeper/volumes/${family}${volume === undefined ? '' : `/${volume}`}`;
}

/**
 * Lines that read the published ids, for an alert; the README has the whole blocks. They work on a first apply too:
 * Terraform's data source gives an empty list where nothing is published, `one` of it is null, and the CDK's look-up
 * has a default.
 */
export function snippets(family: string, volume: string): Readonly<Record<string, string>> {
  const path = parameterPath(family, volume);
  const source = `data.aws_ssm_parameters_by_path.mountkeeper_${volume.replaceAll('-', '_')}`;
  const [, type, name] = source.split('.');
  return {
    terraform: `data "${type}" "${name}" { path = "${path}" }`,
    terraformAccessPointId: `one([for i, n in ${source}.names : nonsensitive(${source}.values[i]) if basename(n) == "access-point-id"])`,
    cdk: `ssm.StringParameter.valueFromLookup(this, '${path}/access-point-id', '')`,
  };
}
