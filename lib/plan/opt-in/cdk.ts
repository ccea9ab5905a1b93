import type { OwnedThing, OwnerKey } from './keys.ts';

const CONSTRUCTS: Readonly<Record<OwnedThing, { readonly variable: string; readonly type: string }>> = {
  'task-definition': { variable: 'taskDefinition', type: 'AWS::ECS::TaskDefinition' },
  'file-system': { variable: 'fileSystem', type: 'AWS::EFS::FileSystem' },
  role: { variable: 'taskDefinition.taskRole', type: 'AWS::IAM::Role' },
  'security-group': { variable: 'fileSystemSecurityGroup', type: 'AWS::EC2::SecurityGroup' },
};

/** A tag of a construct goes to everything in it, so each line names the one type that it is for. */
export function cdkText(keys: readonly OwnerKey[]): string {
  return ["import { Tags } from 'aws-cdk-lib';", '', ...keys.flatMap(linesOf)].join('\n');
}

function linesOf({ thing, id, owner, tag, value, isSet }: OwnerKey): readonly string[] {
  const { variable, type } = CONSTRUCTS[thing];
  return [
    `// ${id}: the key of ${owner}${isSet ? ' (is set already)' : ''}`,
    `Tags.of(${variable}).add('${tag}', '${value}', { includeResourceTypes: ['${type}'] });`,
  ];
}
