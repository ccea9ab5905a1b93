import { allowanceOf } from './allowance.ts';
import { leftUsd } from './bounds.ts';
import { emptyHistory, type History, remember } from './history.ts';
import { refusedUntilMs } from './lock.ts';
import { newMemory, type ThroughputMemory } from './memory.ts';
import { type Observed, observe, textOf } from './observe.ts';
import { decideOnBase, type Verdict } from './on-base.ts';
import { decideOnProvisioned, endWithin } from './on-provisioned.ts';
import { restingPlace } from './parking.ts';
import { overOf, type Situation, situationOf } from './situation.ts';
import type { CreditForecast, ThroughputDecision, ThroughputInput } from './terms.ts';

const MINUTE_MS = 60_000;
const STALE_MINUTES = 35;
const OWNERS_MINUTES = 60;

/**
 * What to do with one file system's throughput, from what is seen of it. `history` is grown in place by the new points; without
 * one the points are all there is. The same function serves the keeper, the bench and `what-if --serve`.
 */
export function decideThroughput(input: ThroughputInput, history: History = emptyHistory()): ThroughputDecision {
  remember(history, input.points, input.now);
  const observed = observe({ ...newMemory(), ...input.memory }, input, history);
  const hindrance = hindranceOf(input, observed, history);
  if (hindrance !== null) return answer(observed, hindrance, null);
  const situation = situationOf(input, observed, history);
  const verdict =
    observed.role === 'paid' || observed.role === 'elastic' ? decideOnProvisioned(situation) : decideOnBase(situation);
  return answer(observed, verdict, situation);
}

/** Why nothing may be done now, whatever the forecast says; null when nothing is in the way. */
function hindranceOf(input: ThroughputInput, observed: Observed, history: History): Verdict | null {
  const { now, fileSystem } = input;
  const { memory, role, setting } = observed;
  const nothing = { action: null, findings: [] };
  if (fileSystem.lifeCycleState !== 'available' || memory.pending !== null)
    return { ...nothing, nextPollMinutes: 2, why: 'A change is under way.' };
  if (memory.quiet !== null && memory.quiet.untilMs > now)
    return {
      ...nothing,
      nextPollMinutes: Math.min(30, Math.ceil((memory.quiet.untilMs - now) / MINUTE_MS)),
      why: `Held back: ${memory.quiet.why}.`,
    };
  if (role === 'owners')
    return {
      action: null,
      nextPollMinutes: OWNERS_MINUTES,
      safeMinutes: Number.POSITIVE_INFINITY,
      why: `${textOf(setting)} was set by somebody else and is left alone.`,
      findings: [{ code: 'throughput-set-by-owner', evidence: { setting: textOf(setting) } }],
    };
  const newest = history.firstMinute + history.count - 1;
  const ageMinutes = now / MINUTE_MS - newest;
  return history.count < 2 || ageMinutes > STALE_MINUTES ? blind(input, observed, ageMinutes) : null;
}

/** Without metrics nothing is forecast; the bounds hold all the same. */
function blind(input: ThroughputInput, observed: Observed, ageMinutes: number): Verdict {
  const { memory, setting } = observed;
  const missing = {
    code: 'throughput-metrics-missing' as const,
    evidence: { newestMinutesAgo: ageMinutes.toFixed(0) },
  };
  const over = overOf(observed, input);
  const rest = restingPlace(memory, allowanceOf(input.fileSystem.sizeStandardGib));
  const isLocked = refusedUntilMs(memory, { from: setting, to: rest, nowMs: input.now }) !== null;
  if (over === null || isLocked)
    return { action: null, nextPollMinutes: 5, why: 'No metrics to go by.', findings: [missing] };
  const end = endWithin(rest, over, leftUsd(memory, input.settings));
  return { ...end, findings: [...end.findings, missing] };
}

function answer(observed: Observed, verdict: Verdict, situation: Situation | null): ThroughputDecision {
  const { action, nextPollMinutes, why, safeMinutes = 0 } = verdict;
  return {
    ...{ action, nextPollMinutes, safeMinutes, why },
    findings: [...observed.findings, ...verdict.findings],
    forecast: situation === null ? null : forecastOf(situation),
    memory: memoryAfter(observed, verdict, situation),
  };
}

function memoryAfter({ memory, setting }: Observed, verdict: Verdict, situation: Situation | null): ThroughputMemory {
  const { action, weighAgainMinutes } = verdict;
  const now = memory.spend.atMs ?? 0;
  const forecast = situation?.elasticForecast;
  const elastic = forecast ? { elasticDayUsd: forecast.dayUsd } : {};
  const after = { ...memory, ...elastic, nextLookMs: now + verdict.nextPollMinutes * MINUTE_MS };
  if (action !== null)
    return {
      ...after,
      weighed: null,
      pending: { mode: action.mode, mibps: action.mibps ?? 0, atMs: now, from: setting },
    };
  if (weighAgainMinutes === undefined) return after;
  return { ...after, weighed: { dueMs: now + weighAgainMinutes * MINUTE_MS, pegged: situation?.pegged === true } };
}

function forecastOf(at: Situation): CreditForecast {
  const when = (minutes: number): number | null =>
    Number.isFinite(minutes) ? at.now + Math.max(0, minutes - at.agoMinutes) * MINUTE_MS : null;
  return {
    creditMib: at.creditMib,
    demandMibps:
      at.demand.mibps.slice(-30).reduce((sum, mibps) => sum + (mibps || 0), 0) / Math.min(30, at.demand.count),
    baselineMibps: at.world.allowance.baselineMibps,
    earliestMs: when(at.dry?.earliest ?? Number.POSITIVE_INFINITY),
    latestMs: when(at.dry?.latest ?? Number.POSITIVE_INFINITY),
    scenarios: at.recipes.length,
    elasticDayUsd: at.elasticForecast?.dayUsd ?? null,
  };
}
