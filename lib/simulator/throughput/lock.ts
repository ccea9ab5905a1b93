// The 24-hour rule in the wordings that AWS has published:
// current: https://docs.aws.amazon.com/efs/latest/ug/performance.html ("Restrictions on changing throughput modes")
// strict:  https://repost.aws/knowledge-center/efs-max-throughput-mode-changes, and the API's error text
// union:   refused when either wording refuses.
import type { Setting } from './rates.ts';

export type LockRule = 'current' | 'strict' | 'union';

const DAY_MS = 86_400_000;

export interface LockClock {
  /** Last mode change or decrease. */
  readonly lastRestrictedMs: number | null;
  /** Last switch to Provisioned or change of the amount. */
  readonly lastProvisionedMs: number | null;
}

export interface Change {
  readonly from: Setting;
  readonly to: Setting;
}

const modeChange = (c: Change): boolean => c.from.mode !== c.to.mode;
const decrease = (c: Change): boolean =>
  c.from.mode === 'provisioned' && c.to.mode === 'provisioned' && c.to.mibps < c.from.mibps;
const leaving = (c: Change): boolean => c.from.mode === 'provisioned' && c.to.mode !== 'provisioned';

const RESTRICTS: Readonly<Record<LockRule, (clock: LockClock, change: Change) => number | null>> = {
  current: (clock, change) => (leaving(change) || decrease(change) ? clock.lastProvisionedMs : null),
  strict: (clock, change) => (modeChange(change) || decrease(change) ? clock.lastRestrictedMs : null),
  union: (clock, change) => {
    const ends = [RESTRICTS.current(clock, change), RESTRICTS.strict(clock, change)].filter((ms) => ms !== null);
    return ends.length === 0 ? null : Math.max(...ends);
  },
};

/** When the change becomes possible, or null when nothing holds it at `nowMs`. Increases are never held. */
export function lockedUntilMs(
  rule: LockRule,
  clock: LockClock,
  asked: Change & { readonly nowMs: number },
): number | null {
  const since = RESTRICTS[rule](clock, asked);
  if (since === null || asked.nowMs >= since + DAY_MS) return null;
  return since + DAY_MS;
}

export function clockAfter(clock: LockClock, change: Change & { readonly nowMs: number }): LockClock {
  const amountChanged = change.to.mode === 'provisioned' && change.from.mibps !== change.to.mibps;
  return {
    lastRestrictedMs: modeChange(change) || decrease(change) ? change.nowMs : clock.lastRestrictedMs,
    lastProvisionedMs:
      change.to.mode === 'provisioned' && (modeChange(change) || amountChanged)
        ? change.nowMs
        : clock.lastProvisionedMs,
  };
}
