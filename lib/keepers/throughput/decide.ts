import { type Finding, severityOf } from '../../domain/finding.ts';
import type { Decision, Plan, Step, WithheldStep } from '../../domain/plan.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import type { ThroughputFacts } from './gather.ts';
import { dayUsd } from './schedule-budget.ts';
import type { Verdict } from './schedule-verdict.ts';
import { findingsOf, SAID_AGAIN_MS, signatureOf } from './told-findings.ts';

/** One decision for each file system of which there is something to say. Pure. */
export function decide(facts: ThroughputFacts): readonly Decision[] {
  if (facts.trouble !== undefined) return [unseen(facts, facts.trouble)];
  let leftUsd = facts.around.purse.leftUsd;
  return facts.verdicts.flatMap((verdict) => {
    const findings = findingsOf(verdict);
    const { plan, usd } = planOf(verdict, findings, leftUsd);
    leftUsd -= usd;
    return isWorthADecision(plan, findings) ? [decisionOf(verdict, findings, plan)] : [];
  });
}

function decisionOf(verdict: Verdict, findings: readonly Finding[], plan: Plan): Decision {
  const { fileSystem, watched, nowMs } = verdict;
  const saidMs = watched.row.told[signatureOf(findings, verdict)];
  return {
    subject: { thing: fileSystem.id, fileSystemId: fileSystem.id },
    findings,
    plan,
    keyring: { [fileSystem.id]: { state: 'present', value: fileSystem.tags } },
    ...(saidMs !== undefined && nowMs - saidMs < SAID_AGAIN_MS ? { quiet: true } : {}),
  };
}

export function isWorthADecision({ steps, withheld }: Plan, findings: readonly Finding[]): boolean {
  return steps.length + withheld.length > 0 || findings.some((finding) => severityOf(finding) !== 'info');
}

/** The step, unless this run has spent what the installation has left, or nobody knows what it costs. */
function planOf(
  verdict: Verdict,
  findings: readonly Finding[],
  leftUsd: number,
): { readonly plan: Plan; readonly usd: number } {
  const [reason] = findings;
  if (verdict.step === undefined || reason === undefined) return { plan: { steps: [], withheld: [] }, usd: 0 };
  const step: Step = { action: verdict.step, because: [reason.code] };
  const usd = hasKey(verdict.fileSystem.tags, TAG.throughput, 'auto') ? moreUsd(verdict) : 0;
  const held = heldBy(verdict, { usd, leftUsd });
  if (held !== undefined) return { plan: { steps: [], withheld: [{ ...step, ...held }] }, usd: 0 };
  return { plan: { steps: [step], withheld: [] }, usd };
}

/** What the next day costs more than now. */
function moreUsd({ step, sizeGib, knobs }: Verdict): number {
  const price = knobs.prices.provisionedUsdPerMibpsMonth;
  const before = step?.previousMode === 'provisioned' ? dayUsd(step.previousMibps ?? 0, sizeGib, price) : 0;
  return step?.mode === 'provisioned' ? Math.max(0, dayUsd(step.mibps ?? 0, sizeGib, price) - before) : 0;
}

function heldBy(
  { arePricesKnown, region }: Verdict,
  { usd, leftUsd }: { readonly usd: number; readonly leftUsd: number },
): Pick<WithheldStep, 'heldBy' | 'why'> | undefined {
  if (usd > 0 && !arePricesKnown) {
    const why = `What it costs in ${region} is not known: set the prices of the stack.`;
    return { heldBy: 'person', why };
  }
  if (usd <= leftUsd) return undefined;
  const why = `It costs $${usd.toFixed(2)} a day, and the installation has $${Math.max(0, leftUsd).toFixed(2)} left this month.`;
  return { heldBy: 'budget', why };
}

/** Denied is not absent: that nothing was seen is itself told. */
function unseen({ around }: ThroughputFacts, why: string): Decision {
  return {
    subject: { thing: 'throughput' },
    findings: [{ code: 'throughput-not-listed', subject: around.settings.region, evidence: { why } }],
    plan: { steps: [], withheld: [] },
    keyring: {},
  };
}
