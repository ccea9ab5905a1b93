import type { OwnedThing, OwnerKey } from './keys.ts';

const TYPES: Readonly<Record<OwnedThing, { readonly type: string; readonly member: string; readonly id: string }>> = {
  'task-definition': { type: 'AWS::ECS::TaskDefinition', member: 'Tags', id: 'TaskDefinition' },
  'file-system': { type: 'AWS::EFS::FileSystem', member: 'FileSystemTags', id: 'FileSystem' },
  role: { type: 'AWS::IAM::Role', member: 'Tags', id: 'TaskRole' },
  'security-group': { type: 'AWS::EC2::SecurityGroup', member: 'Tags', id: 'MountTargetSecurityGroup' },
};

/** What to add to the resources that there are; names of several things of a type are numbered. */
export function cloudFormationText(keys: readonly OwnerKey[]): string {
  return ['Resources:', ...keys.flatMap((key, index) => linesOf(key, numberOf(key, keys.slice(0, index))))].join('\n');
}

function numberOf({ thing }: OwnerKey, before: readonly OwnerKey[]): string {
  const count = before.filter((other) => other.thing === thing).length;
  return count === 0 ? '' : String(count + 1);
}

function linesOf({ thing, id: physical, owner, tag, value, isSet }: OwnerKey, number: string): readonly string[] {
  const { type, member, id } = TYPES[thing];
  return [
    `  # ${physical}: the key of ${owner}${isSet ? ' (is set already)' : ''}`,
    `  ${id}${number}:`,
    `    Type: ${type}`,
    '    Properties:',
    `      ${member}:`,
    `        - { Key: '${tag}', Value: '${value}' }`,
  ];
}
