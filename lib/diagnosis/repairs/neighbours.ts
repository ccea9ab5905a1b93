import { seen } from '../../domain/fact.ts';
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

/** A rule lets in everybody who has the task's group: the owner must allow each family that is known to have it. */
export function sharersHold(facts: MountFacts, groupId: string, { efs, fileSystem }: VolumeFacts): Hold | undefined {
  const sharers = facts.groupFamilies[groupId];
  if (sharers?.state !== 'present') return hold('unknown', `Which other families have ${groupId} was not read.`);
  const tags = seen(fileSystem)?.tags ?? {};
  const others = sharers.value.filter((family) => !allowsFamily(tags, family));
  const [first] = others;
  if (first === undefined) return undefined;
  const ways = `Give the service a security group of its own, or the owner allows them: ${fileSystemCommand(efs.fileSystemId, first, tags)}`;
  return hold(
    'shared-group',
    `${others.join(', ')} has ${groupId} too and is not allowed on ${efs.fileSystemId}. ${ways}`,
  );
}
