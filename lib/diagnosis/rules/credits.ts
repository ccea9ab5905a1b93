import type { Finding } from '../../domain/finding.ts';
import type { MountFacts, VolumeFacts } from '../mount-facts.ts';
import { finding, notChecked } from '../rule.ts';

/** A bucket that is used up never reads as exactly zero: what comes in is spent within the minute. */
const EMPTY_BYTES = 1024 ** 3;

export function judgeCredits(_facts: MountFacts, { credits, efs }: VolumeFacts): readonly Finding[] {
  if (!credits || credits.state === 'absent') return [];
  if (credits.state === 'unknown') return [notChecked('burst credit balance', credits.why)];
  if (credits.value >= EMPTY_BYTES) return [];
  return [finding('burst-credits-empty', efs.fileSystemId, { balanceBytes: String(Math.round(credits.value)) })];
}
