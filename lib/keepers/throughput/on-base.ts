import type { Situation } from './situation.ts';
import type { ModeChange, ThroughputFinding } from './terms.ts';
import { weigh } from './weigh.ts';
import { ELASTIC, paidUsdPerDay, type World } from './world.ts';

const MARGIN_MINUTES = 4;
const UNSURE_POLL_MINUTES = 30;
const LONGEST_POLL_MINUTES = 60;
const GAIN_USD = 0.02;

/** What a decider answers: at most one change, when to look again, and in words why. */
export interface Verdict {
  readonly action: ModeChange | null;
  readonly nextPollMinutes: number;
  readonly why: string;
  readonly findings: readonly ThroughputFinding[];
  readonly weighAgainMinutes?: number;
  readonly safeMinutes?: number;
}

/** Bursting or parked: credits are free, so it waits until the last safe moment, then weighs a switch against throttling. */
export function decideOnBase(at: Situation): Verdict {
  const left = (at.dry?.earliest ?? Number.POSITIVE_INFINITY) - at.agoMinutes;
  const lead = at.world.reactionMinutes + MARGIN_MINUTES;
  if (left > lead && !at.pegged) {
    const safeMinutes = Math.max(0, burstMinutes(at) - lead);
    const forecast = Math.min(UNSURE_POLL_MINUTES, (left - lead) / 3);
    const certain = Math.min(LONGEST_POLL_MINUTES, safeMinutes / 2);
    const nextPollMinutes = Math.max(1, Math.floor(Math.max(forecast, certain)));
    return { action: null, nextPollMinutes, safeMinutes, why: restWords(left), findings: [] };
  }
  if (at.held > 0 || !at.weighDue || isBroke(at)) return wait(at);
  const { keep, enter } = weigh(at);
  const best = enter.reduce((least, one) => (one.cost < least.cost ? one : least), {
    mibps: 0,
    cost: Number.POSITIVE_INFINITY,
  });
  if (best.cost < keep - GAIN_USD) return switchTo(at, best.mibps, left);
  return { ...wait(at), weighAgainMinutes: againAfter(best.cost - keep + GAIN_USD, at.world) };
}

/** Nothing may be bought: there is nothing to weigh. */
function isBroke({ most, elastic, world }: Situation): boolean {
  return most <= world.allowance.baselineMibps && !elastic;
}

const SOONER = 0.3;
const LONGEST_MINUTES = 20;

/** A throttled minute shifts the balance by what it is worth; well before that could turn the decision it is weighed again. */
export function againAfter(marginUsd: number, world: World): number {
  return Math.min(LONGEST_MINUTES, (SOONER * marginUsd) / Math.max(1e-6, world.throttledMinuteUsd));
}

/** Minutes for which credits last whatever is asked for. */
function burstMinutes({ creditMib, agoMinutes, world: { allowance } }: Situation): number {
  const drainMibps = Math.max(0.001, allowance.burstMibps - allowance.baselineMibps);
  return creditMib / drainMibps / 60 - agoMinutes;
}

function switchTo(at: Situation, mibps: number, left: number): Verdict {
  const action: ModeChange = mibps === ELASTIC ? { mode: 'elastic' } : { mode: 'provisioned', mibps };
  const price =
    mibps === ELASTIC ? 'Elastic is' : `${mibps} MiB/s at $${paidUsdPerDay(mibps, at.world).toFixed(2)} a day are`;
  const why = `Credits run dry in about ${Math.max(0, left).toFixed(0)} min; ${price} cheaper than throttling.`;
  return { action, nextPollMinutes: 2, why, findings: [] };
}

function restWords(left: number): string {
  if (!Number.isFinite(left)) return 'Credits last in every scenario.';
  return `Credits last at least ${(left / 60).toFixed(1)} h; every earlier minute of Provisioned throughput would be paid for nothing.`;
}

function wait(at: Situation): Verdict {
  const nextPollMinutes = at.pegged ? 5 : 2;
  if (at.held > 0)
    return {
      action: null,
      nextPollMinutes,
      why: 'Credits run dry, and the 24-hour rule holds the switch.',
      findings: [{ code: 'throughput-locked', evidence: { hours: (at.held / 60).toFixed(1) } }],
    };
  if (isBroke(at)) {
    const why = `Credits run dry or may soon, and the bounds pay for no amount: $${at.leftUsd.toFixed(2)} are left this month.`;
    return { action: null, nextPollMinutes, why, findings: [] };
  }
  const why = 'Credits run dry or may soon; for now waiting is cheaper than any amount that may be bought for a day.';
  return { action: null, nextPollMinutes, why, findings: [] };
}
