import { TAG } from '../../domain/tags.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { type Hold, hold } from './draft.ts';

const WHOLE =
  'The volume has no access point, so a grant would open the whole file system. Give the volume an access point, or write the grant by hand.';

/** Why no grant may be written for the access point that the volume names, whatever the keys of role and file system. */
export function pointHold({ taskDefinition }: MountFacts, { efs, accessPoint }: VolumeFacts): Hold | undefined {
  if (efs.accessPointId === undefined) return hold('person', WHOLE);
  if (accessPoint?.state !== 'present') return undefined;
  const { id, fileSystemId, tags } = accessPoint.value;
  if (fileSystemId !== efs.fileSystemId)
    return hold('person', `${id} is an access point of ${fileSystemId}, not of ${efs.fileSystemId}.`);
  const { [TAG.managed]: managed, [TAG.family]: family } = tags;
  if (managed !== 'true' || family === undefined || family === taskDefinition.family) return undefined;
  const why = `${id} was made for the family ${family}, and its directory is theirs. To share one, the owner of ${efs.fileSystemId} sets a tag ${TAG.share}/<name>.`;
  return hold('person', why);
}
