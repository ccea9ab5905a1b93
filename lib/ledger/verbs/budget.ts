import { fingerprint } from '../../domain/fingerprint.ts';
import type { Data, Verb } from '../changing.ts';
import type { Budget } from '../ledger.ts';

interface BudgetRow {
  readonly spentAtMs: readonly number[];
  /** Who spent each of them, shortened; empty where it does not matter. Absent: of none it does. */
  readonly by?: readonly string[];
}

interface Spent {
  readonly atMs: number;
  readonly by: string;
}

const KEPT_MS = 24 * 3_600_000;

/** A sliding window: what was spent longer ago than `windowMs` is there again. */
export function spending({ limit, windowMs, share }: Budget, nowMs: number): Verb<boolean> {
  return (found) => {
    const before = within(found, windowMs, nowMs);
    const isOverShare = share !== undefined && spentBy(share.by, before) >= share.limit;
    if (before.length >= limit || isOverShare) return { answer: false };
    const spent = [...before, { atMs: nowMs, by: share === undefined ? '' : fingerprint(share.by) }];
    return { answer: true, write: rowOf(spent), uselessAtMs: nowMs + windowMs + KEPT_MS };
  };
}

export function within(found: Data | undefined, windowMs: number, nowMs: number): readonly Spent[] {
  const { spentAtMs, by = [] } = (found as BudgetRow | undefined) ?? { spentAtMs: [] };
  return spentAtMs.map((atMs, index) => ({ atMs, by: by[index] ?? '' })).filter(({ atMs }) => atMs > nowMs - windowMs);
}

export function spentBy(by: string, spent: readonly Spent[]): number {
  const name = fingerprint(by);
  return spent.filter((one) => one.by === name).length;
}

function rowOf(spent: readonly Spent[]): Data {
  const spentAtMs = spent.map(({ atMs }) => atMs);
  return spent.some(({ by }) => by !== '') ? { spentAtMs, by: spent.map(({ by }) => by) } : { spentAtMs };
}
