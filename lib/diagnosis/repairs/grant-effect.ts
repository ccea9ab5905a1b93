import { type Fact, mapFact, present } from '../../domain/fact.ts';
import type { NamedPolicy, RolePolicies } from '../../domain/iam.ts';
import { grantPolicyName } from '../../plan/grant/grant-document.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import type { ClientAction } from '../policy/types.ts';
import { missesText, refsText } from '../rules/access-words.ts';
import { volumeAccess } from '../rules/grant.ts';
import { mountsWritable } from '../rules/identity.ts';
import { type Hold, hold } from './draft.ts';

const READING: readonly ClientAction[] = ['elasticfilesystem:ClientMount'];
const WRITING: readonly ClientAction[] = [...READING, 'elasticfilesystem:ClientWrite'];

/** A grant that would not help (a permissions boundary, a Deny) is not written: undefined where it would. */
export function wouldMount(facts: MountFacts, volumes: readonly VolumeFacts[], document: string): Hold | undefined {
  return volumes.map((volume) => effectOn(facts, volume, document)).find((one) => one !== undefined);
}

function effectOn(facts: MountFacts, volume: VolumeFacts, document: string): Hold | undefined {
  const { rolePolicies, ...rest } = facts;
  if (!rolePolicies) return hold('unknown', 'The policies of the role were not read.');
  const name = grantPolicyName(volume.efs.fileSystemId);
  const after = { ...rest, rolePolicies: withPolicy(rolePolicies, { name, document: present(document) }) };
  const access = volumeAccess(after, volume);
  const needed = mountsWritable(volume) ? WRITING : READING;
  const refused = needed.find((action) => access?.[action].decision !== 'allowed');
  if (refused === undefined) return undefined;
  const decision = access?.[refused];
  if (!decision || decision.decision === 'unknown')
    return hold('unknown', 'Whether a grant would help cannot be told.');
  const reasons = decision.by.length > 0 ? refsText(decision.by) : missesText(decision);
  return hold('person', `A grant on the task role would not help: ${refused} stays denied (${reasons}).`);
}

function withPolicy(policies: Fact<RolePolicies>, added: NamedPolicy): Fact<RolePolicies> {
  return mapFact(policies, (all) => ({
    ...all,
    inline: mapFact(all.inline, (inline) => [...inline.filter(({ name }) => name !== added.name), added]),
  }));
}
