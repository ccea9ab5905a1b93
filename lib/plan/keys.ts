import type { Action } from '../domain/action.ts';
import { familyOf, fileSystemOf, type Key, resourceOf, traitsOf } from '../domain/action-traits.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { Guard, Keyring } from '../domain/plan.ts';
import { allowsFamily, hasKey, TAG, type Tags } from '../domain/tags.ts';

export interface Locks {
  readonly keyring: Keyring;
  readonly guard: 'strict' | 'relaxed';
}

export interface KeyRefusal {
  readonly heldBy: Guard;
  readonly why: string;
}

interface KeyRow {
  readonly turned: (tags: Tags, action: Action) => boolean;
  /** What the owner sets. */
  readonly tag: string;
  readonly command: (resource: string) => string;
}

/** Amazon EFS API reference, Tag: a key has at most 128 characters. */
const TAG_KEY_LENGTH = 128;

const GROUP_COMMAND = (id: string) => `aws ec2 create-tags --resources ${id} --tags Key=${TAG.allow},Value=true`;

/** The owner's keys, each with the command that turns it. */
const KEYS: Readonly<Record<Exclude<Key, 'none' | 'file-system-allow'>, KeyRow>> = {
  'group-allow': { turned: (tags) => hasKey(tags, TAG.allow), tag: `${TAG.allow}=true`, command: GROUP_COMMAND },
  'role-allow': {
    turned: (tags) => hasKey(tags, TAG.allow),
    tag: `${TAG.allow}=true`,
    command: (arn) => `aws iam tag-role --role-name ${arn.split('/').at(-1)} --tags Key=${TAG.allow},Value=true`,
  },
  managed: {
    turned: (tags) => hasKey(tags, TAG.managed),
    tag: `${TAG.managed}=true`,
    command: () => 'Mountkeeper deletes only access points that it made itself.',
  },
  'throughput-auto': {
    turned: (tags) => hasKey(tags, TAG.throughput, 'auto'),
    tag: `${TAG.throughput}=auto`,
    command: (id) => `aws efs tag-resource --resource-id ${id} --tags Key=${TAG.throughput},Value=auto`,
  },
  'service-deploy': {
    turned: (tags) => hasKey(tags, TAG.deploy),
    tag: `${TAG.deploy}=true`,
    command: (arn) => `aws ecs tag-resource --resource-arn ${arn} --tags key=${TAG.deploy},value=true`,
  },
};

/** Why the owners' keys do not allow this change; undefined where they do. What was not read is refused. */
export function keyRefusal(action: Action, locks: Locks): KeyRefusal | undefined {
  const traits = traitsOf(action);
  return (
    resourceKey(traits.key, action, locks) ?? (traits.needsFileSystemKey ? fileSystemKey(action, locks) : undefined)
  );
}

function resourceKey(key: Key, action: Action, { keyring, guard }: Locks): KeyRefusal | undefined {
  if (key === 'none' || key === 'file-system-allow') return undefined;
  if (key === 'group-allow' && guard === 'relaxed') return undefined;
  const resource = resourceOf(action);
  const row = KEYS[key];
  return check(keyring[resource], {
    resource,
    turned: (tags) => row.turned(tags, action),
    hint: `its owner has not set the tag ${row.tag}. The owner runs: ${row.command(resource)}`,
  });
}

function fileSystemKey(action: Action, { keyring }: Locks): KeyRefusal | undefined {
  const fileSystemId = fileSystemOf(action);
  const family = familyOf(action);
  if (!fileSystemId || !family) return { heldBy: 'unknown', why: 'The change names no file system or no family.' };
  return check(keyring[fileSystemId], {
    resource: fileSystemId,
    turned: (tags) => allowsFamily(tags, family),
    hint: `its owner's tag ${TAG.allow} does not name the family ${family}. The owner runs: ${fileSystemCommand(fileSystemId, family, tagsOf(keyring[fileSystemId]))}`,
  });
}

/**
 * What the owner runs. The plain tag is what our role's condition asks for, so it comes first; where it is there already,
 * or where the tags could not be read, a further tag keeps what the owner allows as it is.
 */
export function fileSystemCommand(fileSystemId: string, family: string, tags?: Tags): string {
  const key = allowTagFor(family, tags);
  return `aws efs tag-resource --resource-id ${fileSystemId} --tags Key=${key},Value=${family}`;
}

/** The tag that allows one more family: the plain one where there is none yet; never one that says something already. */
export function allowTagFor(family: string, tags: Tags | undefined): string {
  if (tags !== undefined && tags[TAG.allow] === undefined) return TAG.allow;
  const own = shortened(`${TAG.allow}/${family}`);
  for (let more = 1, key = own; ; more += 1, key = shortened(`${own}.${more}`)) if (!(key in (tags ?? {}))) return key;
}

/** Cut where it is too long, with a fingerprint of the whole: families with a long common beginning differ at the end. */
function shortened(key: string): string {
  if (key.length <= TAG_KEY_LENGTH) return key;
  const end = `-${fingerprint(key)}`;
  return key.slice(0, TAG_KEY_LENGTH - end.length) + end;
}

function tagsOf(fact: Keyring[string] | undefined): Tags | undefined {
  return fact?.state === 'present' ? fact.value : undefined;
}

function check(
  tags: Keyring[string] | undefined,
  lock: { readonly resource: string; readonly turned: (tags: Tags) => boolean; readonly hint: string },
): KeyRefusal | undefined {
  if (tags === undefined)
    return { heldBy: 'unknown', why: `The tags of ${lock.resource} were not read, so its key counts as missing.` };
  if (tags.state === 'unknown')
    return {
      heldBy: 'unknown',
      why: `The tags of ${lock.resource} could not be read (${tags.why}), so its key counts as missing.`,
    };
  if (tags.state === 'absent') return { heldBy: 'unknown', why: `${lock.resource} does not exist.` };
  return lock.turned(tags.value)
    ? undefined
    : { heldBy: 'key', why: `${lock.resource} is not opened to Mountkeeper: ${lock.hint}` };
}
