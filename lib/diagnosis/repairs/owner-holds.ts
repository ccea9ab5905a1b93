import { allowsFamily, TAG } from '../../domain/tags.ts';
import { fileSystemCommand } from '../../plan/keys.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { isEnforced } from '../unenforced.ts';
import { type Hold, hold } from './draft.ts';

export interface OptIn {
  /** The family is known to be enrolled, though this revision does not carry the tag. */
  readonly enrolled?: boolean;
}

/** Why neither the app team's nor the storage owner's key allows any change for this volume. */
export function ownerHold(facts: MountFacts, volume: VolumeFacts, { enrolled }: OptIn): Hold | undefined {
  return byFamily(facts, enrolled ?? false) ?? byFileSystem(facts, volume) ?? byEnforcement(volume);
}

function byFamily({ taskDefinition }: MountFacts, enrolled: boolean): Hold | undefined {
  const { tags, arn, family } = taskDefinition;
  const value = tags[TAG.enabled];
  if (value === 'true' || (value === undefined && enrolled)) return undefined;
  if (value === 'false') return hold('opted-out', `The family ${family} is opted out: ${TAG.enabled} is false.`);
  const command = `aws ecs tag-resource --resource-arn ${arn} --tags key=${TAG.enabled},value=true`;
  return hold('key', `The family ${family} has not opted in. Its team runs: ${command}`);
}

function byFileSystem({ accountId, taskDefinition }: MountFacts, { fileSystem, efs }: VolumeFacts): Hold | undefined {
  if (fileSystem.state !== 'present') {
    const why = fileSystem.state === 'unknown' ? fileSystem.why : 'it does not exist';
    return hold('unknown', `The key of ${efs.fileSystemId} could not be read: ${why}`);
  }
  const { ownerId, tags, id } = fileSystem.value;
  const { family } = taskDefinition;
  if (ownerId !== accountId) return hold('person', `${id} belongs to the account ${ownerId}.`);
  if (allowsFamily(tags, family)) return undefined;
  const why = `The owner of ${id} does not allow the family ${family}. The owner runs: ${fileSystemCommand(id, family, tags)}`;
  return hold('key', why);
}

/** `mountkeeper:unenforced = refuse`: opening the network would hand out the data. A word that is none refuses as well. */
function byEnforcement(volume: VolumeFacts): Hold | undefined {
  const { fileSystem, efs } = volume;
  if (fileSystem.state !== 'present') return undefined;
  const { [TAG.unenforced]: says = 'accept' } = fileSystem.value.tags;
  if (says === 'accept') return undefined;
  const enforced = isEnforced(volume);
  if (enforced.effective === 'yes') return undefined;
  const command = `aws efs untag-resource --resource-id ${efs.fileSystemId} --tag-keys ${TAG.unenforced}`;
  const why = `${TAG.unenforced} is ${says}. ${enforced.says} The owner puts a file-system policy, or accepts this: ${command}`;
  return hold(enforced.effective === 'no' ? 'key' : 'unknown', why);
}
