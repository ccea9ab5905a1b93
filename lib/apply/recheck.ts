import type { Action } from '../domain/action.ts';
import { fileSystemOf, resourceOf, traitsOf } from '../domain/action-traits.ts';
import type { Fact } from '../domain/fact.ts';
import type { Keyring } from '../domain/plan.ts';
import type { Tags } from '../domain/tags.ts';
import { type KeyRefusal, keyRefusal } from '../plan/keys.ts';
import type { World } from '../world.ts';
import { groupRefusal } from './group-refusal.ts';

export interface Recheck {
  readonly world: World;
  readonly guard: 'strict' | 'relaxed';
}

/**
 * Asks once more, right before a write, what IAM conditions cannot see: whether the storage owner's tag still names the
 * family, whether the group still has room, whether a newer revision came. Undefined: go on.
 */
export async function recheck(action: Action, { world, guard }: Recheck): Promise<KeyRefusal | undefined> {
  world.forget();
  const [keyring, group, revision] = await Promise.all([
    freshKeys(action, world),
    groupRefusal(action, world),
    revisionRefusal(action, world),
  ]);
  return keyRefusal(action, { keyring, guard }) ?? group ?? revision;
}

/** The tags of what the change touches. Keys that AWS checks itself, by tag conditions, are not read a second time. */
async function freshKeys(action: Action, world: World): Promise<Keyring> {
  const traits = traitsOf(action);
  const fileSystemId = fileSystemOf(action);
  const readsGroup = traits.key === 'group-allow';
  const [fileSystem, group] = await Promise.all([
    traits.needsFileSystemKey && fileSystemId ? world.efs.fileSystem(fileSystemId) : undefined,
    readsGroup ? world.ec2.group(resourceOf(action)) : undefined,
  ]);
  return {
    [resourceOf(action)]: group ? tagsOf(group) : heldByAws(traits.key),
    ...(fileSystemId && fileSystem ? { [fileSystemId]: tagsOf(fileSystem) } : {}),
  };
}

function tagsOf(fact: Fact<{ readonly tags: Tags }>): Fact<Tags> {
  return fact.state === 'present' ? { state: 'present', value: fact.value.tags } : fact;
}

/** For keys in the conditions of our own role: the call itself is refused where the tag is gone. */
function heldByAws(key: string): Fact<Tags> {
  const turned: Readonly<Record<string, Tags>> = {
    'role-allow': { 'mountkeeper:allow': 'true' },
    'service-deploy': { 'mountkeeper:deploy': 'true' },
    'throughput-auto': { 'mountkeeper:throughput': 'auto' },
    managed: { 'mountkeeper:managed': 'true' },
  };
  return { state: 'present', value: turned[key] ?? {} };
}

async function revisionRefusal(action: Action, world: World): Promise<KeyRefusal | undefined> {
  // Where it waits first, the revision is looked at after the wait.
  if (action.kind !== 'register-revision' || action.waitMs) return undefined;
  const newest = await world.ecs.taskDefinition(action.family);
  if (newest.state !== 'present')
    return { heldBy: 'unknown', why: `The newest revision of ${action.family} could not be read again.` };
  if (newest.value.revision === (action.newestRevision ?? action.sourceRevision)) return undefined;
  return {
    heldBy: 'unknown',
    why: `Somebody registered ${action.family}:${newest.value.revision} meanwhile; the next run builds from that one.`,
  };
}
