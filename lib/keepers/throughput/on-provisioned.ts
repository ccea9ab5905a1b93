import { candidateAmounts } from './candidates.ts';
import { cheapest, type Weighed } from './cost.ts';
import { textOf } from './observe.ts';
import type { Verdict } from './on-base.ts';
import type { Plan } from './rollout.ts';
import type { Situation } from './situation.ts';
import type { ModeChange } from './terms.ts';

const RAISE_GAIN_USD = 0.5;
const RETURN_GAIN_USD = 0.1;
const LOWER_SAVING = 0.15;

/** Provisioned by us: raises when pegged and that pays, and when the lock is open goes back, lowers, or stays. */
export function decideOnProvisioned(at: Situation): Verdict {
  const lockedMinutes = at.start.locked - at.agoMinutes;
  const pegged = at.demand.peggedOfLastFive >= 3;
  const open = lockedMinutes <= 0;
  if (!open && !pegged)
    return stay(at, `The 24-hour rule keeps ${textOf(at.setting)} for ${(lockedMinutes / 60).toFixed(1)} h.`);
  const amounts = candidateAmounts(at.scenarios, {
    above: at.allowance.baselineMibps,
    most: Math.max(at.most, at.setting.mibps),
    backlogMib: at.start.backlogMib,
  });
  const current = at.start.mibps;
  const keep = cheapest(keepPlans(current, amounts), at)[0] as Weighed;
  const up = pegged ? cheapest(movesTo(amounts.filter((mibps) => mibps > current)), at)[0] : undefined;
  const down = open ? cheapest(movesTo(amounts.filter((mibps) => mibps < current * 0.95)), at)[0] : undefined;
  const back = open ? cheapest(backPlans(current, amounts), at)[0] : undefined;
  return choose(at, { keep, up, down, back });
}

interface Options {
  readonly keep: Weighed;
  readonly up: Weighed | undefined;
  readonly down: Weighed | undefined;
  readonly back: Weighed | undefined;
}

function choose(at: Situation, options: Options): Verdict {
  const { keep, up, down, back } = options;
  const best = [keep, up, down, back].filter((one) => one !== undefined).reduce((a, b) => (b.j < a.j ? b : a));
  if (best === up && up !== undefined && keep.j - up.j > RAISE_GAIN_USD) return go(at, up, 'It is pegged');
  if (best === back && back !== undefined && keep.j - back.j > RETURN_GAIN_USD) return goBack(at, back);
  if (best === down && down !== undefined && keep.j - down.j > LOWER_SAVING * keep.usd * 0.2)
    return go(at, down, 'Less will do');
  return stay(at, `${textOf(at.setting)} is still the cheapest.`);
}

function keepPlans(current: number, amounts: readonly number[]): Plan[] {
  const others = [current, ...amounts].slice(0, 4);
  return [
    { first: 'keep', raise: current, returns: false },
    ...others.map((raise): Plan => ({ first: 'keep', raise, returns: true })),
  ];
}

function movesTo(amounts: readonly number[]): Plan[] {
  return amounts.flatMap((mibps): Plan[] => [
    { first: mibps, raise: mibps, returns: true },
    { first: mibps, raise: mibps, returns: false },
  ]);
}

function backPlans(current: number, amounts: readonly number[]): Plan[] {
  return [...amounts, current, null].map((raise): Plan => ({ first: 0, raise, returns: true }));
}

function go(at: Situation, to: Weighed, reason: string): Verdict {
  const mibps = to.plan.first === 'keep' ? at.setting.mibps : to.plan.first;
  const perDay = Math.max(0, mibps - at.allowance.baselineMibps) * at.world.usdPerMibpsMinute * 1440;
  const why = `${reason}: ${mibps} MiB/s instead of ${at.setting.mibps}, $${perDay.toFixed(2)} a day.`;
  return { action: { mode: 'provisioned', mibps }, nextPollMinutes: 2, why, findings: [] };
}

function goBack(at: Situation, back: Weighed): Verdict {
  const { rest } = at;
  const action: ModeChange =
    rest.mode === 'provisioned' ? { mode: 'provisioned', mibps: rest.mibps } : { mode: rest.mode };
  const why = `The lock is open and credits will do: back to ${textOf(rest)}; expected ahead: $${back.usd.toFixed(2)}.`;
  return { action, nextPollMinutes: 2, why, findings: [] };
}

function stay(at: Situation, why: string): Verdict {
  const busy = at.demand.peggedOfLastFive > 0;
  const untilOpen = at.start.locked - at.agoMinutes;
  const nextPollMinutes = Math.max(1, Math.min(busy ? 5 : 15, untilOpen > 0 ? Math.ceil(untilOpen) : 15));
  return { action: null, nextPollMinutes, why, findings: [] };
}
