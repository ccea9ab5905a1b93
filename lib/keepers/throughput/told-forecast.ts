import type { Finding } from '../../domain/finding.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import { describeAction } from '../../plan/describe.ts';
import { utc } from '../../report/alert/time.ts';
import { allowanceOf } from './allowance.ts';
import { leftUsd } from './bounds.ts';
import { refusedUntilMs } from './lock.ts';
import type { ThroughputMemory } from './memory.ts';
import { dayUsd } from './schedule-budget.ts';
import { settingIn } from './schedule-journal.ts';
import { MINUTE_MS } from './schedule-row.ts';
import type { Verdict } from './schedule-verdict.ts';
import type { CreditForecast } from './terms.ts';

/** How far ahead exhaustion is told. */
const AHEAD_MS = 24 * 60 * MINUTE_MS;
const HEADROOM = 1.04;

/** Two minutes of bursting are left at most, and in most of the last minutes all that was permitted was served. */
function isExhausted({ creditMib }: CreditForecast, { peggedMinutes, sizeGib }: Verdict): boolean {
  return creditMib < allowanceOf(sizeGib).burstMibps * 120 && peggedMinutes >= 3;
}

/** What is coming, as a range, with what it would cost to prevent it and the command. */
export function forecastFindings(verdict: Verdict): readonly Finding[] {
  const { forecast } = verdict.decision;
  const { nowMs, fileSystem } = verdict;
  if (forecast === null || verdict.isPaid) return [];
  const exhausted = isExhausted(forecast, verdict);
  const isComing = forecast.earliestMs !== null && forecast.earliestMs - nowMs <= AHEAD_MS;
  if (!exhausted && !isComing) return [];
  const evidence = {
    ...(exhausted ? {} : { expected: rangeOf(forecast) }),
    balance: `${(forecast.creditMib / 1024).toFixed(0)} GiB`,
    demand: `${forecast.demandMibps.toFixed(1)} MiB/s, ${forecast.baselineMibps.toFixed(1)} MiB/s are earned`,
    ...prevention(verdict, forecast),
  };
  const code = exhausted ? 'credits-exhausted' : 'credits-exhaustion-expected';
  return [{ code, subject: fileSystem.id, evidence }, ...hindrances(verdict, forecast)];
}

export function rangeOf({ earliestMs, latestMs, scenarios }: CreditForecast): string {
  if (earliestMs === null) return 'not within the forecast';
  if (latestMs !== null && utc(latestMs) === utc(earliestMs))
    return `about ${utc(earliestMs)}, over ${scenarios} scenarios`;
  const until = latestMs === null ? 'not at all in some scenarios' : utc(latestMs);
  return `between ${utc(earliestMs)} and ${until}, over ${scenarios} scenarios`;
}

/** For whoever switches by hand: the demand of the last half hour with a little room, or the least that is above the baseline. */
function prevention(verdict: Verdict, forecast: CreditForecast): Readonly<Record<string, string>> {
  const { knobs, sizeGib, fileSystem, region } = verdict;
  if (verdict.step !== undefined) return {};
  const wanted = Math.max(Math.ceil(forecast.demandMibps * HEADROOM), Math.floor(forecast.baselineMibps) + 1);
  const mibps = Math.max(1, Math.min(knobs.maxMibps, wanted));
  const usd = dayUsd(mibps, sizeGib, knobs.prices.provisionedUsdPerMibpsMonth);
  const { byHand } = describeAction(
    {
      kind: 'update-throughput',
      fileSystemId: fileSystem.id,
      mode: 'provisioned',
      mibps,
      previousMode: fileSystem.throughputMode,
    },
    { region },
  );
  return {
    ...(hasKey(fileSystem.tags, TAG.throughput, 'auto')
      ? { next: 'Mountkeeper switches at the last safe moment' }
      : {}),
    toPrevent: `${mibps} MiB/s provisioned: $${usd.toFixed(2)} a day above the included baseline, for a day at least`,
    command: byHand,
  };
}

/** Elastic needs no amount that AWS would have to hold ready: where it may be chosen it is weighed, else it is offered. */
function capacityEvidence(
  { knobs, fileSystem, region, decision }: Verdict,
  refused: NonNullable<ThroughputMemory['refusedMibps']>,
  { demandMibps, elasticDayUsd }: CreditForecast,
): Readonly<Record<string, string>> {
  const known = { refused: `${refused.mibps} MiB/s`, notAskedAgainBefore: utc(refused.untilMs) };
  if (fileSystem.performanceMode === 'maxIO') return known;
  const { id: fileSystemId, throughputMode: previousMode } = fileSystem;
  const left = leftUsd(decision.memory, knobs);
  const chosen =
    elasticDayUsd !== null && elasticDayUsd > left
      ? `not chosen: a day may cost $${elasticDayUsd.toFixed(2)}, and $${left.toFixed(2)} are left this month`
      : 'chosen where that is cheaper than waiting';
  const usd = ((demandMibps * 86_400) / 1024) * knobs.prices.elasticUsdPerMeteredGib;
  const action = { kind: 'update-throughput' as const, fileSystemId, mode: 'elastic' as const, previousMode };
  return {
    ...known,
    elastic: `about $${usd.toFixed(2)} a day at the present demand, ${knobs.allowElastic ? chosen : `chosen only with the tag ${TAG.throughputTarget} = any`}`,
    elasticByHand: describeAction(action, { region }).byHand,
  };
}

/** Why it may not be prevented when the time comes. */
function hindrances(verdict: Verdict, forecast: CreditForecast): readonly Finding[] {
  const { decision, knobs, sizeGib, nowMs, fileSystem } = verdict;
  const { memory } = decision;
  const subject = fileSystem.id;
  const usdPerMibpsMonth = knobs.prices.provisionedUsdPerMibpsMonth;
  const leastUsd = dayUsd(Math.floor(allowanceOf(sizeGib).baselineMibps) + 1, sizeGib, usdPerMibpsMonth);
  const left = leftUsd(memory, knobs);
  const wantedMibps = Math.min(knobs.maxMibps, forecast.demandMibps);
  const enoughUsd = Math.max(leastUsd, dayUsd(wantedMibps, sizeGib, usdPerMibpsMonth));
  const more = { mode: 'provisioned' as const, mibps: Number.MAX_VALUE };
  const heldMs = refusedUntilMs(memory, { from: settingIn(fileSystem), to: more, nowMs }) ?? 0;
  const refused = memory.refusedMibps;
  return [
    ...(heldMs > Math.max(nowMs, forecast.earliestMs ?? nowMs)
      ? [{ code: 'throughput-locked' as const, subject, evidence: { until: utc(heldMs) } }]
      : []),
    ...(verdict.step === undefined && left < enoughUsd
      ? [{ code: 'throughput-budget' as const, subject, evidence: { leftThisMonth: `$${left.toFixed(2)}` } }]
      : []),
    ...(refused !== null && refused.untilMs > nowMs
      ? [{ code: 'throughput-capacity' as const, subject, evidence: capacityEvidence(verdict, refused, forecast) }]
      : []),
  ];
}
