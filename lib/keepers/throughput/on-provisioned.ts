import type { Setting } from './memory.ts';
import { textOf } from './observe.ts';
import { againAfter, type Verdict } from './on-base.ts';
import { mayLeave } from './parking.ts';
import type { Situation } from './situation.ts';
import type { ModeChange, ThroughputFinding } from './terms.ts';
import { type Weighed, weigh } from './weigh.ts';
import { ELASTIC, paidUsdPerDay } from './world.ts';

const RAISE_GAIN_USD = 0.5;
const RETURN_GAIN_USD = 0.01;
const LOWER_GAIN_USD = 0.1;

/** Provisioned by us: raises when pegged and that pays; when the lock is open goes back, lowers, or stays. */
export function decideOnProvisioned(at: Situation): Verdict {
  const { pegged, over } = at;
  if (over !== null && at.locked <= 0) return keepBounds(at, over);
  if (at.locked > 0 && !pegged)
    return stay(at, `The 24-hour rule keeps ${textOf(at.setting)} for ${(at.locked / 60).toFixed(1)} h.`);
  if (!at.weighDue) return stay(at, `${textOf(at.setting)} was the cheapest when last compared.`);
  const weighed = weigh(at);
  const best = bestEntry(weighed.enter);
  const current = at.paidMibps ?? 0;
  const gain = weighed.keep - best.cost;
  const mayReturn = !pegged && (at.rest.mode !== 'bursting' || mayLeave(at.demand, at.creditMib, at.world.allowance));
  if (mayReturn && weighed.back < weighed.keep - RETURN_GAIN_USD && weighed.back <= best.cost) return goBack(at);
  if (best.mibps > current && pegged && gain > RAISE_GAIN_USD) return goTo(at, best.mibps, 'It is pegged');
  if (best.mibps < current && !pegged && gain > LOWER_GAIN_USD) return goTo(at, best.mibps, 'Less will do');
  if (pegged)
    return {
      ...stay(at, `${textOf(at.setting)} is short, and more would cost more than it saves.`),
      weighAgainMinutes: againAfter(RAISE_GAIN_USD - gain, at.world),
    };
  const weighAgainMinutes = Math.max(5, Math.min(60, (0.3 * (weighed.back - weighed.keep)) / minuteUsd(at)));
  return { ...stay(at, `${textOf(at.setting)} is still the cheapest.`), weighAgainMinutes };
}

function minuteUsd(at: Situation): number {
  return Math.max(1e-6, paidUsdPerDay(at.paidMibps ?? 0, at.world) / 1440);
}

function bestEntry(enter: Weighed['enter']): Weighed['enter'][number] {
  return enter.reduce((least, one) => (one.cost < least.cost ? one : least), {
    mibps: 0,
    cost: Number.POSITIVE_INFINITY,
  });
}

function goTo(at: Situation, mibps: number, reason: string): Verdict {
  if (mibps === ELASTIC)
    return { action: { mode: 'elastic' }, nextPollMinutes: 2, why: `${reason}: Elastic is cheaper.`, findings: [] };
  const why = `${reason}: ${mibps} MiB/s instead of ${at.setting.mibps}, $${paidUsdPerDay(mibps, at.world).toFixed(2)} a day.`;
  return { action: { mode: 'provisioned', mibps }, nextPollMinutes: 2, why, findings: [] };
}

function goBack(at: Situation): Verdict {
  return backTo(at.rest, 'The lock is open and credits will do');
}

function backTo(rest: Setting, reason: string): Verdict {
  const action: ModeChange =
    rest.mode === 'provisioned' ? { mode: 'provisioned', mibps: rest.mibps } : { mode: rest.mode };
  return { action, nextPollMinutes: 2, why: `${reason}: back to ${textOf(rest)}.`, findings: [] };
}

/** What the bounds do not allow ends, whatever it would save: in less, where the bounds pay for its lock, or on credits. */
function keepBounds(at: Situation, over: string): Verdict {
  const weighed = weigh(at);
  const less = bestEntry(weighed.enter.filter(({ mibps }) => mibps < (at.paidMibps ?? 0)));
  const verdict = less.cost < weighed.back ? goTo(at, less.mibps, over) : backTo(at.rest, over);
  return { ...verdict, findings: [overFinding(at.leftUsd)] };
}

/** The same where nothing can be weighed, since nothing is known of the load. */
export function endWithin(rest: Setting, over: string, leftUsd: number): Verdict {
  return { ...backTo(rest, over), findings: [overFinding(leftUsd)] };
}

function overFinding(leftUsd: number): ThroughputFinding {
  return { code: 'throughput-budget', evidence: { leftThisMonth: `$${leftUsd.toFixed(2)}` } };
}

function stay(at: Situation, why: string): Verdict {
  const busy = at.demand.peggedOfLastFive > 0;
  const nextPollMinutes = Math.max(1, Math.min(busy ? 5 : 15, at.locked > 0 ? Math.ceil(at.locked) : 15));
  return { action: null, nextPollMinutes, why, findings: [] };
}
