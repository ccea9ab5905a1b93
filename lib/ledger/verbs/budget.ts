import type { Data, Verb } from '../changing.ts';
import type { Budget } from '../ledger.ts';

interface BudgetRow {
  readonly spentAtMs: readonly number[];
}

const KEPT_MS = 24 * 3_600_000;

/** A sliding window: what was spent longer ago than `windowMs` is there again. */
export function spending(budget: Budget, nowMs: number): Verb<boolean> {
  return (found) => {
    const spentAtMs = within(found, budget.windowMs, nowMs);
    if (spentAtMs.length >= budget.limit) return { answer: false };
    return {
      answer: true,
      write: { spentAtMs: [...spentAtMs, nowMs] },
      uselessAtMs: nowMs + budget.windowMs + KEPT_MS,
    };
  };
}

export function within(found: Data | undefined, windowMs: number, nowMs: number): readonly number[] {
  const { spentAtMs } = (found as BudgetRow | undefined) ?? { spentAtMs: [] };
  return spentAtMs.filter((atMs) => atMs > nowMs - windowMs);
}
