import type { OwnedThing, OwnerKey } from './keys.ts';

const RESOURCES: Readonly<Record<OwnedThing, string>> = {
  'task-definition': 'aws_ecs_task_definition',
  'file-system': 'aws_efs_file_system',
  role: 'aws_iam_role',
  'security-group': 'aws_security_group',
};

/** What to put into the `tags` of the resources that there are. */
export function terraformText(keys: readonly OwnerKey[]): string {
  return keys.map(blockOf).join('\n\n');
}

function blockOf({ thing, id, name, owner, tag, value, isSet }: OwnerKey): string {
  return [
    `# ${id}: the key of ${owner}${isSet ? ' (is set already)' : ''}`,
    `resource "${RESOURCES[thing]}" "${localName(name)}" {`,
    '  # ... as it is, with this among its tags:',
    '  tags = {',
    `    ${JSON.stringify(tag)} = ${JSON.stringify(value)}`,
    '  }',
    '}',
  ].join('\n');
}

/** Letters, digits, `_` and `-`, not beginning with a digit (Terraform language, "Identifiers"). */
function localName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}
