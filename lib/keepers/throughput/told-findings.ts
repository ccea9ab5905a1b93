import type { Finding } from '../../domain/finding.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { MINUTE_MS } from './schedule-row.ts';
import { unreadableIn } from './schedule-settings.ts';
import type { Verdict } from './schedule-verdict.ts';
import type { ThroughputFinding } from './terms.ts';
import { forecastFindings } from './told-forecast.ts';
import { stepFinding } from './told-step.ts';

/** The same is told once a day, however often it is looked at. */
export const SAID_AGAIN_MS = 24 * 60 * MINUTE_MS;
/** A file system that is new, or a gap of CloudWatch, is no trouble yet. */
const MISSING_MS = 30 * MINUTE_MS;

/** All that is to be said of one file system, the reason of the step first. */
export function findingsOf(verdict: Verdict): readonly Finding[] {
  const { fileSystem, decision, step, completed } = verdict;
  const subject = fileSystem.id;
  const [forecast, ...hindrances] = forecastFindings(verdict);
  const reason = step === undefined ? forecast : stepFinding(verdict, step, forecast);
  const said = decision.findings.filter((finding) => isWorthSaying(finding, verdict));
  const all = [
    ...(reason === undefined ? [] : [reason]),
    ...hindrances,
    ...said.map(({ code, evidence }) => ({ code, subject, evidence })),
    ...verdict.ioFindings,
    ...(completed.untold ? [untold(subject, completed.untold.action)] : []),
  ];
  const unreadable = unreadableIn(fileSystem.tags).map(
    (evidence): Finding => ({ code: 'throughput-tag-unreadable', subject, evidence }),
  );
  const codes = new Set<string>();
  const once = all.filter(({ code }) => !codes.has(code) && codes.add(code));
  const needsPrices = !verdict.arePricesKnown && (step !== undefined || forecast !== undefined);
  const prices: readonly Finding[] = needsPrices
    ? [{ code: 'throughput-prices-unknown', subject: verdict.region, evidence: {} }]
    : [];
  return [...once, ...unreadable, ...prices];
}

function isWorthSaying({ code }: ThroughputFinding, { completed, watched, nowMs }: Verdict): boolean {
  if (code === 'throughput-refused') return !completed.isRefusalTold;
  if (code !== 'throughput-metrics-missing') return true;
  const since = watched.row.missingSinceMs;
  return since !== undefined && nowMs - since >= MISSING_MS;
}

function untold(subject: string, action: object): Finding {
  const { mode, mibps } = action as { readonly mode?: string; readonly mibps?: number };
  return {
    code: 'throughput-untold',
    subject,
    evidence: { now: mibps === undefined ? String(mode) : `${mode} ${mibps} MiB/s` },
  };
}

/** What is said, without what changes from look to look. */
export function signatureOf(findings: readonly Finding[], verdict: Verdict): string {
  const said = findings.map(({ code }) => code).toSorted();
  return fingerprint(`${verdict.step?.mode ?? ''} ${said.join(' ')}`);
}
