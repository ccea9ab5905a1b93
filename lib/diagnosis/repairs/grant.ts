import type { PutRolePolicy } from '../../domain/action.ts';
import { mapFact, present } from '../../domain/fact.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { roleNameOf } from '../../domain/ids.ts';
import { grantPolicyName } from '../../plan/grant/grant-document.ts';
import type { Mounter } from '../client-access.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { volumeAccess } from '../rules/grant.ts';
import { mountsWritable } from '../rules/identity.ts';
import { type Draft, type Hold, has } from './draft.ts';
import { documentFor, type Existing, existingGrant } from './grant-text.ts';
import { pointHold } from './point-holds.ts';
import { roleHold } from './role-holds.ts';
import { sharedRoleHold } from './shared-role.ts';

type Grant = Draft<PutRolePolicy>;

const CODES: readonly FindingCode[] = ['grant-missing', 'grant-on-wrong-resource', 'write-not-allowed'];

/** One inline policy on the task role for each file system that a volume has no grant for. */
export function draftGrants(facts: MountFacts, findings: readonly Finding[]): readonly Grant[] {
  const because = CODES.filter((code) => has([code], findings));
  const lacking = because.length === 0 ? [] : facts.volumes.filter((volume) => lacksGrant(facts, volume));
  const byFileSystem = Map.groupBy(lacking, ({ efs }) => efs.fileSystemId);
  return [...byFileSystem.values()].flatMap((volumes) => [
    ...draftFor(
      facts,
      volumes.filter((volume) => !pointHold(facts, volume)),
      because,
    ),
    ...volumes.flatMap((volume) => notThrough(facts, volume, because)),
  ]);
}

/** What is denied explicitly no grant can allow. */
export function lacksGrant(facts: Mounter, volume: VolumeFacts): boolean {
  if (!volume.efs.iam) return false;
  const access = volumeAccess(facts, volume);
  const lacks = (action: 'Mount' | 'Write') =>
    access?.[`elasticfilesystem:Client${action}`].decision === 'denied-implicit';
  return lacks('Mount') || (mountsWritable(volume) && lacks('Write'));
}

function draftFor(
  facts: MountFacts,
  volumes: readonly VolumeFacts[],
  because: readonly FindingCode[],
): readonly Grant[] {
  const [volume] = volumes;
  if (!volume) return [];
  const existing = existingGrant(facts, volume.efs.fileSystemId);
  const refused = roleHold(facts) ?? sharedRoleHold(facts, volume) ?? existing.hold;
  if (refused) return [draft(facts, volume, { existing, because, hold: refused })];
  const built = documentFor(facts, volumes, existing);
  if (built.document === undefined) return [draft(facts, volume, { existing, because, hold: built.hold })];
  return [
    draft(facts, volume, { existing, because, document: built.document, ...(built.hold && { hold: built.hold }) }),
  ];
}

/** What must not be granted does not ride on the grant for another volume either. */
function notThrough(facts: MountFacts, volume: VolumeFacts, because: readonly FindingCode[]): readonly Grant[] {
  const refused = pointHold(facts, volume);
  if (!refused) return [];
  return [draft(facts, volume, { existing: existingGrant(facts, volume.efs.fileSystemId), because, hold: refused })];
}

interface Parts {
  readonly existing: Existing;
  readonly because: readonly FindingCode[];
  readonly document?: string;
  readonly hold?: Hold;
}

function draft(facts: MountFacts, volume: VolumeFacts, { existing, because, document, hold: why }: Parts): Grant {
  const { fileSystemId } = volume.efs;
  const roleArn = facts.roleArn ?? '';
  const action: PutRolePolicy = {
    kind: 'put-role-policy',
    roleName: roleNameOf(roleArn),
    roleArn,
    policyName: grantPolicyName(fileSystemId),
    document: document ?? existing.text ?? NO_DOCUMENT,
    previous: existing.text ?? null,
    family: facts.taskDefinition.family,
    fileSystemId,
  };
  const tags = facts.role ? mapFact(facts.role, (role) => role.tags) : present({});
  return { action, volume, because, touched: facts.role ? { [roleArn]: tags } : {}, ...(why && { hold: why }) };
}

/** Stands in a withheld step for the document that was not built. */
const NO_DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
