import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';

/** In these states of its life a file system can be mounted. */
const USABLE: ReadonlySet<string> = new Set(['available', 'updating']);

export function judgeFileSystem(facts: MountFacts, { efs, fileSystem, name }: VolumeFacts): readonly Finding[] {
  const { fileSystemId } = efs;
  if (fileSystem.state === 'unknown') return [notChecked('file system', `${fileSystemId}: ${fileSystem.why}`)];
  if (fileSystem.state === 'absent') {
    return [finding('file-system-missing', fileSystemId, { volume: name, account: facts.accountId })];
  }
  const { state } = fileSystem.value;
  return USABLE.has(state) ? [] : [finding('file-system-not-available', fileSystemId, { state, volume: name })];
}
