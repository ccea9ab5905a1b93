import type { ThroughputMode } from './terms.ts';
import type { Accrual } from './world.ts';

export interface Setting {
  readonly mode: ThroughputMode;
  /** 0 unless provisioned. */
  readonly mibps: number;
}

/** What is remembered of one file system between two looks: small, plain JSON, kept in the ledger. */
export interface ThroughputMemory {
  readonly version: 1;
  /** The setting that we made and that is believed to be in force. */
  readonly ours: (Setting & { readonly sinceMs: number }) | null;
  /** Asked for, not seen in force yet. */
  readonly pending: (Setting & { readonly atMs: number; readonly from: Setting }) | null;
  /** What a day of Elastic may cost, as forecast when it was last looked at, where Elastic is in question. */
  readonly elasticDayUsd?: number;
  /** Where the owner had it before we first acted. */
  readonly home: Setting | null;
  /** Until then no decrease and no leaving of Provisioned. */
  readonly lockedUntilMs: number | null;
  /** Until then no change of the mode. */
  readonly heldUntilMs: number | null;
  /** Until then nothing is asked for at all, and why. */
  readonly quiet: { readonly untilMs: number; readonly why: string } | null;
  /** What AWS would not grant, and until when not to ask for as much again. */
  readonly refusedMibps: { readonly mibps: number; readonly untilMs: number } | null;
  readonly accrual: AccrualVotes;
  readonly parking: 'unknown' | 'bursts' | 'caps';
  readonly spend: Spend;
  /** Minutes between a minute's end and its point. */
  readonly delayMinutes: number;
  /** When the next look was asked for, and minutes by which looks come later than that. */
  readonly nextLookMs: number | null;
  readonly lateMinutes: number;
  readonly drifts: number;
  /** What was found at the last look, and since when. */
  readonly seen: (Setting & { readonly sinceMs: number }) | null;
  /** When plans are to be compared in full again, unless it gets pegged before; and whether it was. */
  readonly weighed: { readonly dueMs: number; readonly pegged: boolean } | null;
}

export interface AccrualVotes extends Readonly<Record<Accrual, number>> {
  readonly checkedMinute: number;
}

/** Estimated dollars of this calendar month for what we set: amounts above the baseline, and bytes of Elastic. */
export interface Spend {
  readonly month: string;
  readonly usd: number;
  readonly atMs: number | null;
  /** Where we have Elastic, or had it and its last points are still to come. */
  readonly elastic?: Metered;
}

export interface Metered {
  /** Up to here its bytes are counted. */
  readonly countedMs: number;
  /** When it was left. */
  readonly endMs?: number;
}

export function newMemory(): ThroughputMemory {
  return {
    version: 1,
    ours: null,
    pending: null,
    home: null,
    lockedUntilMs: null,
    heldUntilMs: null,
    quiet: null,
    refusedMibps: null,
    accrual: { storage: 0, max: 0, frozen: 0, checkedMinute: 0 },
    parking: 'unknown',
    spend: { month: '', usd: 0, atMs: null },
    delayMinutes: 3,
    nextLookMs: null,
    lateMinutes: 0,
    drifts: 0,
    seen: null,
    weighed: null,
  };
}

export function sameSetting(a: Setting, b: Setting): boolean {
  return a.mode === b.mode && Math.abs(a.mibps - b.mibps) < 0.01;
}
