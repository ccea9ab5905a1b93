import type { Data, Move, Verb } from '../changing.ts';
import type { Lease } from '../ledger.ts';

interface LeaseRow {
  readonly holder: string;
  readonly untilMs: number;
  /** Somebody asked while it was busy. */
  readonly again: boolean;
}

/** A released lease stays as a row for a while: were it deleted, versions would begin anew and a late writer could hit. */
const KEPT_MS = 7 * 24 * 3_600_000;
const NOBODY: LeaseRow = { holder: '', untilMs: 0, again: false };

export function taking(request: {
  readonly holder: string;
  readonly nowMs: number;
  readonly ttlMs: number;
}): Verb<Lease> {
  const { holder, nowMs, ttlMs } = request;
  return (found) => {
    const lease = read(found);
    const mine = lease.holder === holder;
    if (!mine && lease.untilMs > nowMs) return busy(lease);
    return keep({ holder, untilMs: nowMs + ttlMs, again: mine && lease.again }, { granted: true });
  };
}

export function givingBack(holder: string): Verb<{ readonly again: boolean }> {
  return (found) => {
    const lease = read(found);
    if (lease.holder !== holder) return { answer: { again: false } };
    return keep({ ...NOBODY, untilMs: lease.untilMs }, { again: lease.again });
  };
}

function busy(lease: LeaseRow): Move<Lease> {
  const answer = { granted: false, untilMs: lease.untilMs };
  return lease.again ? { answer } : keep({ ...lease, again: true }, answer);
}

function keep<T>(row: LeaseRow, answer: T): Move<T> {
  const free = row.holder === '';
  return { answer, write: { ...row, untilMs: free ? 0 : row.untilMs }, uselessAtMs: row.untilMs + KEPT_MS };
}

function read(found: Data | undefined): LeaseRow {
  return (found as LeaseRow | undefined) ?? NOBODY;
}
