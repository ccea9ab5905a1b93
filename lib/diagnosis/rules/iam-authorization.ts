import type { Finding } from '../../domain/finding.ts';
import { accessOf } from '../client-access.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';
import { doubtsText, missesText } from './access-words.ts';

/** A volume without IAM authorization is an anonymous client: only statements for everybody can admit it. */
export function judgeIamAuthorization(facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  if (volume.efs.iam) return [];
  const access = accessOf(facts, volume, { client: 'anonymous', secureTransport: true });
  const mount = access?.['elasticfilesystem:ClientMount'];
  if (mount?.decision === 'unknown') return [notChecked('file-system policy', doubtsText(mount))];
  if (mount?.decision !== 'denied-implicit') return [];
  const evidence = { volume: volume.name, fileSystem: volume.efs.fileSystemId, nearestAllows: missesText(mount) };
  return [finding('iam-authorization-off', facts.taskDefinition.arn, evidence)];
}
