// What AWS does not document is measured, per file system.
import { type Allowance, allowanceOf } from './allowance.ts';
import type { History } from './history.ts';
import type { AccrualVotes, Setting, ThroughputMemory } from './memory.ts';
import type { Accrual } from './world.ts';

const WINDOW_MINUTES = 10;
const NEEDED_VOTES = 3;

/** How credits move while Provisioned; what the bill by storage implies until the balance says otherwise. */
export function accrualOf(votes: AccrualVotes): Accrual {
  const ranked = (['storage', 'max', 'frozen'] as const).toSorted((a, b) => votes[b] - votes[a]);
  const [first, second] = ranked;
  if (first === undefined || second === undefined) return 'storage';
  return votes[first] >= NEEDED_VOTES && votes[first] > 2 * votes[second] ? first : 'storage';
}

interface Watch {
  readonly history: History;
  readonly setting: Setting;
  /** Minute since which the setting is in force. */
  readonly sinceMinute: number;
  readonly sizeGib: number;
}

/** Ten minutes of balance a vote, as long as the file system stays Provisioned above its baseline. */
export function watchAccrual(votes: AccrualVotes, watch: Watch): AccrualVotes {
  const { history, setting, sizeGib, sinceMinute } = watch;
  const allowance = allowanceOf(sizeGib);
  const newest = history.firstMinute + history.count - 2;
  let at = Math.max(votes.checkedMinute, sinceMinute + 2, history.firstMinute + 1);
  if (setting.mode !== 'provisioned' || setting.mibps <= allowance.baselineMibps * 1.02) return votes;
  const counted = { storage: votes.storage, max: votes.max, frozen: votes.frozen };
  for (; at + WINDOW_MINUTES <= newest; at += WINDOW_MINUTES) {
    const winner = vote(history, at - history.firstMinute, { allowance, mibps: setting.mibps });
    if (winner === null) continue;
    for (const model of ['storage', 'max', 'frozen'] as const)
      counted[model] = Math.min(200, counted[model] * 0.98 + (model === winner ? 1 : 0));
  }
  return { ...counted, checkedMinute: at };
}

function vote(history: History, from: number, terms: { allowance: Allowance; mibps: number }): Accrual | null {
  const { allowance, mibps } = terms;
  const start = history.creditMib[from - 1] ?? Number.NaN;
  const seen = history.creditMib[from + WINDOW_MINUTES - 1] ?? Number.NaN;
  const guess = { storage: start, max: start, frozen: start };
  for (let minute = from; minute < from + WINDOW_MINUTES; minute++) {
    const served = history.servedMibps[minute] ?? Number.NaN;
    const step = (creditMib: number, gain: number): number =>
      Math.min(allowance.fullMib, Math.max(0, creditMib + 60 * (gain - served)));
    guess.storage = step(guess.storage, allowance.baselineMibps);
    guess.max = step(guess.max, mibps);
  }
  const errors = (Object.keys(guess) as Accrual[]).map((model) => ({ model, error: Math.abs(guess[model] - seen) }));
  const [best, next] = errors.toSorted((a, b) => a.error - b.error);
  if (best === undefined || next === undefined || !Number.isFinite(next.error)) return null;
  return best.error < next.error / 3 && next.error - best.error > 30 ? best.model : null;
}

/** Whether a parked file system still bursts, from what it was permitted; only told while credits last. */
export function watchParking(memory: ThroughputMemory, watch: Watch): ThroughputMemory['parking'] {
  const { history, setting, sinceMinute, sizeGib } = watch;
  const allowance = allowanceOf(sizeGib);
  if (setting.mode !== 'provisioned' || setting.mibps > allowance.baselineMibps) return memory.parking;
  const permitted: number[] = [];
  const from = Math.max(sinceMinute + 3 - history.firstMinute, history.count - 6, 0);
  for (let minute = from; minute < history.count; minute++) {
    const seen = history.permittedMibps[minute] as number;
    if ((history.creditMib[minute] as number) > allowance.burstMibps * 120 && !Number.isNaN(seen)) permitted.push(seen);
  }
  if (permitted.length < 4) return memory.parking;
  const highest = Math.max(...permitted);
  if (highest >= allowance.burstMibps * 0.9) return 'bursts';
  return highest <= Math.max(1, allowance.baselineMibps) * 1.1 ? 'caps' : memory.parking;
}

const MOST_LATE_MINUTES = 15;

/** Whoever looks less often than asked needs more time to act. */
export function watchLateness({ nextLookMs, lateMinutes }: ThroughputMemory, nowMs: number): number {
  if (nextLookMs === null) return lateMinutes;
  const seen = Math.min(MOST_LATE_MINUTES, Math.max(0, (nowMs - nextLookMs) / 60_000));
  return seen > lateMinutes ? seen : lateMinutes * 0.9 + seen * 0.1;
}

/** Follows the newest point's age: slowly down, at once up, at most half an hour. */
export function watchDelay(delayMinutes: number, ageMinutes: number): number {
  const seen = Math.min(30, Math.max(1, ageMinutes));
  return seen > delayMinutes ? seen : delayMinutes * 0.9 + seen * 0.1;
}
