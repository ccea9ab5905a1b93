import { candidateAmounts } from './candidates.ts';
import { cheapest, type Weighed } from './cost.ts';
import type { Plan } from './rollout.ts';
import type { Situation } from './situation.ts';
import type { ModeChange, ThroughputFinding } from './terms.ts';

const MARGIN_MINUTES = 4;
const LONGEST_POLL_MINUTES = 30;

/** What a decider answers: at most one change, when to look again, and in words why. */
export interface Verdict {
  readonly action: ModeChange | null;
  readonly nextPollMinutes: number;
  readonly why: string;
  readonly findings: readonly ThroughputFinding[];
}

/** Bursting or parked: credits are free, so it waits until the last safe moment, then weighs a switch against throttling. */
export function decideOnBase(at: Situation): Verdict {
  const left = at.dry.earliest - at.agoMinutes;
  const lead = at.world.reactionMinutes + MARGIN_MINUTES;
  const pegged = at.demand.peggedOfLastFive >= 3;
  if (left > lead && !pegged) {
    const nextPollMinutes = Math.max(1, Math.min(LONGEST_POLL_MINUTES, Math.floor((left - lead) / 3)));
    return { action: null, nextPollMinutes, why: restWords(at), findings: [] };
  }
  const amounts = candidateAmounts(at.scenarios, {
    above: Math.max(at.allowance.baselineMibps, at.setting.mibps),
    most: at.most,
    backlogMib: at.start.backlogMib,
  });
  const held = at.start.held > at.agoMinutes;
  const best = weighOnBase(at, held ? [] : amounts);
  if (best.plan.first === 'keep') return keepWords(at, { best, pegged, held });
  const action: ModeChange = { mode: 'provisioned', mibps: best.plan.first };
  return { action, nextPollMinutes: 2, why: raiseWords(at, best), findings: [] };
}

function weighOnBase(at: Situation, amounts: readonly number[]): Weighed {
  const now = cheapest(
    amounts.map((mibps): Plan => ({ first: mibps, raise: mibps, returns: true })),
    at,
  );
  const two = now.slice(0, 2).map(({ plan }) => plan.raise);
  const others: Plan[] = [
    { first: 'keep', raise: null, returns: true },
    ...two.flatMap((mibps): Plan[] => [
      { first: 'keep', raise: mibps, returns: true },
      ...(mibps === null ? [] : [{ first: mibps, raise: mibps, returns: false } satisfies Plan]),
    ]),
  ];
  return [...now.slice(0, 1), ...cheapest(others, at)].reduce((a, b) => (b.j < a.j - 0.01 ? b : a));
}

function restWords(at: Situation): string {
  const hours = (at.dry.earliest - at.agoMinutes) / 60;
  if (!Number.isFinite(hours)) return 'Credits last in every scenario.';
  return `Credits last at least ${hours.toFixed(1)} h; every earlier minute of Provisioned throughput would be paid for nothing.`;
}

function raiseWords(at: Situation, best: Weighed): string {
  const mibps = best.plan.first === 'keep' ? 0 : best.plan.first;
  const perDay = Math.max(0, mibps - at.allowance.baselineMibps) * at.world.usdPerMibpsMinute * 1440;
  const left = Math.max(0, at.dry.earliest - at.agoMinutes);
  return `Credits run dry in about ${left.toFixed(0)} min; ${mibps} MiB/s cost $${perDay.toFixed(2)} a day and are cheaper than throttling.`;
}

function keepWords(at: Situation, now: { best: Weighed; pegged: boolean; held: boolean }): Verdict {
  const nextPollMinutes = now.pegged ? 5 : 2;
  if (now.held)
    return {
      action: null,
      nextPollMinutes,
      why: 'Credits run dry, and the 24-hour rule holds the switch.',
      findings: [{ code: 'throughput-locked', evidence: {} }],
    };
  const waits = now.best.plan.raise !== null;
  const why = waits
    ? 'Credits may run dry soon; waiting is cheaper than a day of Provisioned throughput that may not be needed.'
    : `Throttling (about ${now.best.throttledMinutes.toFixed(0)} min ahead) is cheaper than any amount that may be bought.`;
  return { action: null, nextPollMinutes, why, findings: [] };
}
