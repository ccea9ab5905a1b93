import type { Finding } from '../../domain/finding.ts';
import { isRefusal } from '../log-phrases.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';

/** Whether the application's own log speaks of a refusal and of the mounted path, in the minutes before the stop. */
export function judgeApplicationLog(_facts: MountFacts, volume: VolumeFacts): readonly Finding[] {
  const { logPhrases, mountedBy, efs, name } = volume;
  if (!logPhrases || logPhrases.state === 'absent') return [];
  if (logPhrases.state === 'unknown') return [notChecked('application log', logPhrases.why)];
  const refusals = logPhrases.value.filter(isRefusal);
  const paths = mountedBy.map(({ containerPath }) => containerPath).filter((path) => logPhrases.value.includes(path));
  if (refusals.length === 0 || paths.length === 0) return [];
  const evidence = { volume: name, mountedAt: paths.join(' '), logSays: refusals.join(', ') };
  return [finding('application-permission-denied', efs.accessPointId ?? efs.fileSystemId, evidence)];
}
