// The 24-hour rule. AWS has worded it in two ways; the stricter of both is assumed, and the time in an error message is obeyed.
// https://docs.aws.amazon.com/efs/latest/ug/performance.html, https://repost.aws/knowledge-center/efs-max-throughput-mode-changes
import type { Setting, ThroughputMemory } from './memory.ts';

const DAY_MS = 86_400_000;
/** The clock that counts is AWS's, and starts when the change is through. */
const MARGIN_MS = 3 * 60_000;

interface Made {
  readonly from: Setting;
  readonly to: Setting;
  readonly atMs: number;
}

/** What a change that was made locks. */
export function locksAfter(
  memory: ThroughputMemory,
  made: Made,
): Pick<ThroughputMemory, 'lockedUntilMs' | 'heldUntilMs'> {
  const until = made.atMs + DAY_MS + MARGIN_MS;
  const modeChanged = made.from.mode !== made.to.mode;
  const lowered = made.from.mode === 'provisioned' && made.to.mode === 'provisioned' && made.to.mibps < made.from.mibps;
  return {
    lockedUntilMs: made.to.mode === 'provisioned' ? until : null,
    heldUntilMs: modeChanged || lowered ? until : memory.heldUntilMs,
  };
}

/** Until when a change would be refused; null when it may be asked for. */
export function refusedUntilMs(
  memory: ThroughputMemory,
  change: { from: Setting; to: Setting; nowMs: number },
): number | null {
  const { from, to, nowMs } = change;
  const modeChanges = from.mode !== to.mode;
  const lowers = from.mode === 'provisioned' && to.mode === 'provisioned' && to.mibps < from.mibps;
  const ends: number[] = [];
  if (modeChanges || lowers) ends.push(memory.heldUntilMs ?? 0);
  if (from.mode === 'provisioned' && (modeChanges || lowers)) ends.push(memory.lockedUntilMs ?? 0);
  const until = Math.max(0, ...ends);
  return until > nowMs ? until : null;
}

/** The end of the lock that a refusal names: "Wait until 2023-12-29T12:51:32Z UTC and try again." */
export function lockEndOf(message: string): number | null {
  const stamp = /\b(?:until|after|before)\b\D{0,20}?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)/i.exec(
    message,
  )?.[1];
  if (stamp === undefined) return null;
  const ms = Date.parse(`${stamp.replace(' ', 'T')}Z`);
  return Number.isFinite(ms) ? ms : null;
}
