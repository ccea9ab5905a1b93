import { aws } from '../describe/shell.ts';
import { cdkText } from './cdk.ts';
import { cloudFormationText } from './cloudformation.ts';
import type { OwnedThing, OwnerKey } from './keys.ts';
import { terraformText } from './terraform.ts';

export const FORMS = ['terraform', 'cdk', 'cloudformation', 'cli'] as const;
export type OptInForm = (typeof FORMS)[number];

const TEXTS: Readonly<Record<OptInForm, (keys: readonly OwnerKey[], region: string) => string>> = {
  terraform: terraformText,
  cdk: cdkText,
  cloudformation: cloudFormationText,
  cli: (keys, region) => keys.map((key) => `${headOf(key, '#')}\n${tagCommand(key, region)}`).join('\n'),
};

/** The keys as text for whatever made the things: what is set by hand the next apply would take away. */
export function optInText(form: OptInForm, keys: readonly OwnerKey[], region: string): string {
  return TEXTS[form](keys, region);
}

const COMMANDS: Readonly<Record<OwnedThing, (key: OwnerKey) => readonly string[]>> = {
  'task-definition': ({ id, tag, value }) => [
    'ecs',
    'tag-resource',
    '--resource-arn',
    id,
    '--tags',
    `key=${tag},value=${value}`,
  ],
  'file-system': ({ id, tag, value }) => [
    'efs',
    'tag-resource',
    '--resource-id',
    id,
    '--tags',
    `Key=${tag},Value=${value}`,
  ],
  role: ({ id, tag, value }) => ['iam', 'tag-role', '--role-name', id, '--tags', `Key=${tag},Value=${value}`],
  'security-group': ({ id, tag, value }) => [
    'ec2',
    'create-tags',
    '--resources',
    id,
    '--tags',
    `Key=${tag},Value=${value}`,
  ],
};

export function tagCommand(key: OwnerKey, region: string): string {
  // IAM is global.
  return aws(COMMANDS[key.thing](key), key.thing === 'role' ? {} : { region });
}

function headOf({ thing, name, owner, isSet }: OwnerKey, sign: string): string {
  return `${sign} ${thing.replaceAll('-', ' ')} ${name}: the key of ${owner}${isSet ? ' (is set already)' : ''}`;
}
