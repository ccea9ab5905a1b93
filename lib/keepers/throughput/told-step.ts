import type { UpdateThroughput } from '../../domain/action.ts';
import type { Finding, FindingCode } from '../../domain/finding.ts';
import { utc } from '../../report/alert/time.ts';
import { allowanceOf } from './allowance.ts';
import { locksAfter, refusedUntilMs } from './lock.ts';
import { dayUsd } from './schedule-budget.ts';
import { settingIn } from './schedule-journal.ts';
import type { Verdict } from './schedule-verdict.ts';
import { episodeEvidence } from './told-episode.ts';
import { rangeOf } from './told-forecast.ts';

/** Why the step is taken, what it costs, when it can be taken back, and what comes next. */
export function stepFinding(verdict: Verdict, step: UpdateThroughput, forecast: Finding | undefined): Finding {
  const code = codeOf(verdict, step, forecast);
  const isEnd = code === 'throughput-over' || code === 'throughput-budget';
  const over = isEnd ? episodeEvidence(verdict.episode, verdict.nowMs) : {};
  const said = verdict.decision.findings.find((one) => one.code === code)?.evidence;
  const known = forecast?.code === code ? forecast.evidence : {};
  const range = verdict.decision.forecast;
  const expected = range === null || verdict.isPaid ? {} : { expected: rangeOf(range) };
  const evidence = { why: verdict.decision.why, ...expected, ...known, ...said, ...over, ...terms(verdict, step) };
  return { code, subject: verdict.fileSystem.id, evidence };
}

function codeOf(
  { watched, isPaid, sizeGib, decision }: Verdict,
  step: UpdateThroughput,
  forecast?: Finding,
): FindingCode {
  if (watched.target !== undefined) return 'throughput-asked';
  if (decision.findings.some(({ code }) => code === 'throughput-budget')) return 'throughput-budget';
  if (!isPaid) return forecast?.code ?? 'credits-exhaustion-expected';
  const isBase = step.mode === 'bursting' || (step.mibps ?? 0) <= allowanceOf(sizeGib).baselineMibps;
  if (step.mode !== 'elastic' && isBase) return 'throughput-over';
  return step.mode === 'elastic' || (step.mibps ?? 0) > (step.previousMibps ?? 0)
    ? 'throughput-short'
    : 'throughput-lowered';
}

function terms(verdict: Verdict, { mode, mibps = 0 }: UpdateThroughput): Readonly<Record<string, string>> {
  const { knobs, sizeGib, nowMs, decision, fileSystem } = verdict;
  if (mode === 'elastic') return { price: 'by the byte, see the EFS price list' };
  if (mode === 'bursting') return { price: 'nothing' };
  const usd = dayUsd(mibps, sizeGib, knobs.prices.provisionedUsdPerMibpsMonth);
  const from = settingIn(fileSystem);
  const locks = locksAfter(decision.memory, { from, to: { mode, mibps }, atMs: nowMs });
  const end = refusedUntilMs(
    { ...decision.memory, ...locks },
    { from: { mode, mibps }, to: { mode: 'bursting', mibps: 0 }, nowMs },
  );
  return {
    price: `$${usd.toFixed(2)} a day above the included baseline`,
    ...(end === null ? {} : { lockEnds: utc(end) }),
    next:
      usd > 0 ? 'raised if it is used in full; taken back once the lock is open and credits will do' : 'credits again',
  };
}
