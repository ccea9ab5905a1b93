import { absent, seen } from '../../domain/fact.ts';
import { allowsFamily } from '../../domain/tags.ts';
import { fileSystemCommand } from '../../plan/keys.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { type Hold, hold } from './draft.ts';

/**
 * A group may be on the mount targets of several file systems, and a rule opens the way to all of them: the owner of each
 * must allow the family.
 */
export function neighboursHold(facts: MountFacts, groupId: string, { efs }: VolumeFacts): Hold | undefined {
  const behind = facts.behind[groupId];
  if (behind?.state !== 'present') {
    const why = behind?.state === 'unknown' ? behind.why : 'not read';
    return hold('unknown', `Which file systems stand behind ${groupId} is not known: ${why}`);
  }
  const { family } = facts.taskDefinition;
  const others = behind.value.filter(({ id, tags }) => id !== efs.fileSystemId && !allowsFamily(tags, family));
  const [first] = others;
  if (!first) return undefined;
  const names = others.map(({ id }) => id).join(', ');
  const ways = `Give the mount targets of ${efs.fileSystemId} a group of their own, or its owner allows the family: ${fileSystemCommand(first.id, family, first.tags)}`;
  return hold('key', `${groupId} is on the mount targets of ${names} too, not allowed to ${family}. ${ways}`);
}

export interface Opened {
  /** The security group of the task. */
  readonly groupId: string;
  /** That of the mount target. */
  readonly targetGroupId: string;
  readonly volume: VolumeFacts;
}

/**
 * A rule is for everybody who has the task's group: the owner of each file system behind the other one must allow each
 * family that is known to have it. Whoever has it by mistake, or means harm, is not to be allowed: so it is only named.
 */
export function sharersHold(facts: MountFacts, { groupId, targetGroupId, volume }: Opened): Hold | undefined {
  const sharers = facts.groupFamilies[groupId];
  if (sharers?.state !== 'present') return hold('unknown', `Which other families have ${groupId} was not read.`);
  const own = seen(volume.fileSystem);
  const others = (seen(facts.behind[targetGroupId] ?? absent) ?? []).filter(({ id }) => id !== volume.efs.fileSystemId);
  const behind = [...(own ? [own] : []), ...others];
  const barred = sharers.value.flatMap((family) => {
    const fileSystem = behind.find(({ tags }) => !allowsFamily(tags, family));
    return fileSystem ? [`${family} (not allowed on ${fileSystem.id})`] : [];
  });
  if (barred.length === 0) return undefined;
  const ways =
    'Give the service a security group of its own, or take it out of the services of the others. If they are meant to have it, the owner allows them too.';
  return hold('shared-group', `${groupId} is also the security group of ${barred.join(', ')}. ${ways}`);
}
