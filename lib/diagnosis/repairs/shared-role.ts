import { seen } from '../../domain/fact.ts';
import { allowsFamily } from '../../domain/tags.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { type Hold, hold } from './draft.ts';

/** A grant serves whoever has the role, so everybody on it must be allowed on the file system. */
export function sharedRoleHold(
  { roleFamilies }: Pick<MountFacts, 'roleFamilies'>,
  { fileSystem, efs }: VolumeFacts,
): Hold | undefined {
  if (roleFamilies === undefined) return hold('unknown', 'Which other families have the task role was not read.');
  const tags = seen(fileSystem)?.tags ?? {};
  const others = roleFamilies.filter((family) => !allowsFamily(tags, family));
  if (others.length === 0) return undefined;
  return hold(
    'person',
    `${others.join(', ')} has the same task role and is not allowed on ${efs.fileSystemId}. Use a task role for each family.`,
  );
}
