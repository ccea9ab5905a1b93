import type { SecurityGroup } from '../../domain/ec2.ts';
import type { TaskDefinition } from '../../domain/ecs.ts';
import type { FileSystem } from '../../domain/efs.ts';
import type { Role } from '../../domain/iam.ts';
import { admits, allowsFamily, hasKey, TAG, type Tags } from '../../domain/tags.ts';
import { allowTagFor } from '../keys.ts';

export type OwnedThing = 'task-definition' | 'file-system' | 'role' | 'security-group';

/** One owner's key: the tag that lets Mountkeeper change one thing for one family. */
export interface OwnerKey {
  readonly thing: OwnedThing;
  /** ARN of a task definition, id of a file system or group, name of a role. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Who says yes with it. */
  readonly owner: string;
  readonly tag: string;
  readonly value: string;
  readonly isSet: boolean;
  /** CloudFormation made it, so a tag set by hand is drift. */
  readonly isOfStack: boolean;
}

export interface OptInFacts {
  readonly taskDefinition: TaskDefinition;
  readonly fileSystems: readonly FileSystem[];
  /** Of the mount targets. */
  readonly groups: readonly SecurityGroup[];
  readonly role?: Role;
}

/** The keys that a family needs, in the order in which its owners are asked: team, storage, identity, network. */
export function ownerKeys({ taskDefinition, fileSystems, groups, role }: OptInFacts): readonly OwnerKey[] {
  const { family, arn, tags } = taskDefinition;
  const enabled = { tag: TAG.enabled, value: 'true', isSet: hasKey(tags, TAG.enabled) };
  return [
    { thing: 'task-definition', id: arn, name: family, owner: 'the app team', ...enabled, isOfStack: isOfStack(tags) },
    ...fileSystems.map((one) => fileSystemKey(one, family)),
    ...(role ? [allowed('role', { id: role.name, name: role.name, owner: "the role's owner", tags: role.tags })] : []),
    ...groups.map((group) =>
      allowed('security-group', { id: group.id, name: group.name, owner: 'the network team', tags: group.tags }),
    ),
  ];
}

/** The tag that allows the family; else one of its own, so that what the owner allows already stays as it is. */
function fileSystemKey({ id, name, tags }: FileSystem, family: string): OwnerKey {
  const isSet = allowsFamily(tags, family);
  const [tag, value] = (isSet && allowingTag(tags, family)) || [allowTagFor(family, tags), family];
  return {
    thing: 'file-system',
    id,
    name: name ?? id,
    owner: 'the storage team',
    tag,
    value,
    isSet,
    isOfStack: isOfStack(tags),
  };
}

function allowingTag(tags: Tags, family: string): readonly [string, string] | undefined {
  return Object.entries(tags).find(([key, value]) => {
    const isAllow = key === TAG.allow || key.startsWith(`${TAG.allow}/`);
    return isAllow && value.split(' ').some((word) => admits(word, family));
  });
}

interface Owned {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly tags: Tags;
}

function allowed(thing: OwnedThing, { id, name, owner, tags }: Owned): OwnerKey {
  const key = { tag: TAG.allow, value: 'true', isSet: hasKey(tags, TAG.allow) };
  return { thing, id, name, owner, ...key, isOfStack: isOfStack(tags) };
}

function isOfStack(tags: Tags): boolean {
  return Object.keys(tags).some((key) => key.startsWith('aws:cloudformation:'));
}
