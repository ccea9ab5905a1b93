import type { Finding } from '../../domain/finding.ts';
import { accessOf, clientOf } from '../client-access.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import type { ActionDecision } from '../policy/types.ts';
import { finding } from '../rule.ts';
import { refsText } from './access-words.ts';

/** ECS API reference, EFSVolumeConfiguration: IAM and access points need transit encryption; a policy may ask for it too. */
export function judgeTransitEncryption(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const { efs, name } = volume;
  if (efs.transitEncryption) return [];
  const because = [
    efs.accessPointId === undefined ? undefined : `the access point ${efs.accessPointId}`,
    efs.iam ? 'IAM authorization' : undefined,
    askedByPolicy(facts, volume),
  ].filter((reason) => reason !== undefined);
  if (because.length === 0) return [];
  return [finding('transit-encryption-off', facts.taskDefinition.arn, { volume: name, askedBy: because.join(', ') })];
}

/** A policy asks for it where the same client is better off with TLS. */
function askedByPolicy(facts: MountFacts, volume: VolumeFacts): string | undefined {
  const client = clientOf(facts, volume);
  if (!client) return undefined;
  const [plain, secure] = [false, true].map(
    (secureTransport) => accessOf(facts, volume, { client, secureTransport })?.['elasticfilesystem:ClientMount'],
  );
  if (!plain || !secure || rank(plain) >= rank(secure)) return undefined;
  return plain.by.length > 0 ? refsText(plain.by) : 'the file-system policy';
}

const RANKS: Readonly<Record<ActionDecision['decision'], number>> = {
  'denied-explicit': 0,
  'denied-implicit': 1,
  unknown: 1,
  allowed: 2,
};

function rank({ decision }: ActionDecision): number {
  return RANKS[decision];
}
