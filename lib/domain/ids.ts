/** The parts of an ARN that this program asks for. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [arn, partition, service, region, accountId, ...resource] = text.split(':');
  if (
    arn !== 'arn' ||
    !partition ||
    !service ||
    region === undefined ||
    accountId === undefined ||
    resource.length === 0
  )
    return undefined;
  return { partition, service, region, accountId, resource: resource.join(':') };
}

/** `shop:7` of a task-definition ARN, `family:revision` or a bare family (then without a revision). */
export function parseTaskDefinitionName(
  reference: string,
): { readonly family: string; readonly revision?: number } | undefined {
  const name = reference.startsWith('arn:') ? reference.split('task-definition/')[1] : reference;
  const match = /^([A-Za-z0-9_-]{1,255})(?::([1-9][0-9]{0,8}))?$/.exec(name ?? '');
  if (!match?.[1]) return undefined;
  return { family: match[1], ...(match[2] ? { revision: Number(match[2]) } : {}) };
}

/** The name at the end of a role ARN, without its path. */
export function roleNameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/** By the Region's name, where nothing else says it. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
