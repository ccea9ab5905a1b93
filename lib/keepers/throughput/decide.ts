import { type Finding, severityOf } from '../../domain/finding.ts';
import type { Decision, Plan, Step, WithheldStep } from '../../domain/plan.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import type { ThroughputFacts } from './gather.ts';
import { dayUsd } from './schedule-budget.ts';
import { type Around, ownBoundUsd, type Verdict } from './schedule-verdict.ts';
import type { CreditForecast, ThroughputSettings } from './terms.ts';
import { findingsOf, SAID_AGAIN_MS, signatureOf } from './told-findings.ts';

/** One decision for each file system of which there is something to say. Pure. */
export function decide(facts: ThroughputFacts): readonly Decision[] {
  if (facts.trouble !== undefined) return [unseen(facts, facts.trouble)];
  let leftUsd = facts.around.purse.leftUsd;
  return facts.verdicts.flatMap((verdict) => {
    const findings = findingsOf(verdict);
    const { plan, usd } = planOf(verdict, findings, { ...facts.around, purse: { ...facts.around.purse, leftUsd } });
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
  around: Around,
): { readonly plan: Plan; readonly usd: number } {
  const [reason] = findings;
  if (verdict.step === undefined || reason === undefined) return { plan: { steps: [], withheld: [] }, usd: 0 };
  const step: Step = { action: verdict.step, because: [reason.code] };
  const usd = hasKey(verdict.fileSystem.tags, TAG.throughput, 'auto') ? moreUsd(verdict, around) : 0;
  const held = heldBy(verdict, { usd, leftUsd: around.purse.leftUsd }) ?? heldByOwner(verdict, { usd, around });
  if (held !== undefined) return { plan: { steps: [], withheld: [{ ...step, ...held }] }, usd: 0 };
  return { plan: { steps: [step], withheld: [] }, usd };
}

/** What the lock of the step costs beyond what the running one binds already. */
function moreUsd({ step, sizeGib, knobs, decision, fileSystem }: Verdict, around: Around): number {
  if (step === undefined || step.mode === 'bursting') return 0;
  const price = knobs.prices.provisionedUsdPerMibpsMonth;
  if (step.mode === 'elastic') return decision.forecast === null ? 0 : elasticDayUsd(decision.forecast, knobs);
  const before = step.previousMode === 'provisioned' ? (step.previousMibps ?? 0) : 0;
  const dollars = dayUsd(step.mibps ?? 0, sizeGib, price);
  if ((step.mibps ?? 0) <= before) return 0;
  return Math.max(0, dollars - ownBoundUsd(decision.memory, fileSystem, around));
}

/** By the forecast; by the present use where somebody asks for it by hand and it was not in question. */
function elasticDayUsd(
  { elasticDayUsd: forecast, demandMibps }: CreditForecast,
  { prices }: ThroughputSettings,
): number {
  return forecast ?? ((demandMibps * 86_400) / 1024) * prices.elasticUsdPerMeteredGib;
}

function heldBy(
  { arePricesKnown, region, step, decision }: Verdict,
  { usd, leftUsd }: { readonly usd: number; readonly leftUsd: number },
): Pick<WithheldStep, 'heldBy' | 'why'> | undefined {
  if (step?.mode === 'elastic' && decision.forecast === null) {
    const why =
      'What Elastic would cost is not known: CloudWatch has no metrics of the file system yet. Ask again when it has.';
    return { heldBy: 'unknown', why };
  }
  if (usd > 0 && !arePricesKnown) {
    const why = `What it costs in ${region} is not known: set the prices of the stack.`;
    return { heldBy: 'person', why };
  }
  if (usd <= leftUsd) return undefined;
  const why = `It costs $${usd.toFixed(2)} a day, and the installation has $${Math.max(0, leftUsd).toFixed(2)} left this month.`;
  return { heldBy: 'budget', why };
}

/** The policy keeps to the owner's bounds by itself; whoever aims by hand is held to them here. */
function heldByOwner(
  verdict: Verdict,
  { usd, around }: { readonly usd: number; readonly around: Around },
): Pick<WithheldStep, 'heldBy' | 'why'> | undefined {
  const { step, watched, knobs, fileSystem, decision } = verdict;
  if (step === undefined || watched.target === undefined || step.mode === 'bursting') return undefined;
  const owner = (tag: string, value: string) =>
    `The owner runs: aws efs tag-resource --resource-id ${fileSystem.id} --tags Key=${tag},Value=${value}`;
  if (step.mode === 'elastic' && !knobs.allowElastic)
    return { heldBy: 'key', why: `The owner does not allow Elastic. ${owner(TAG.throughputTarget, 'any')}` };
  const mibps = step.mibps ?? 0;
  if (mibps > knobs.maxMibps)
    return {
      heldBy: 'key',
      why: `The owner allows ${knobs.maxMibps} MiB/s at most. ${owner(TAG.maxMibps, String(mibps))}`,
    };
  // What the running lock binds is not spent yet, and not to be had again: raises in small steps add up.
  const bound = ownBoundUsd(decision.memory, fileSystem, around);
  const leftUsd = Math.max(0, knobs.maxMonthlyUsd - decision.memory.spend.usd - bound);
  if (usd <= leftUsd) return undefined;
  const why = `It costs $${usd.toFixed(2)} a day, and $${leftUsd.toFixed(2)} are left this month of what ${TAG.maxMonthlyUsd} allows.`;
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
