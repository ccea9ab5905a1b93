import { type Finding, severityOf } from './domain/finding.ts';
import { fingerprint } from './domain/fingerprint.ts';
import type { Telling } from './domain/incident.ts';
import type { Outcome } from './domain/plan.ts';
import type { Occurrence } from './ledger/ledger.ts';
import { alert } from './report/alert.ts';
import type { RunContext } from './run-context.ts';
import type { World } from './world.ts';

/** Whatever was changed, and every finding that somebody has to do something about. */
export function isWorthTelling({ decision, steps }: Outcome): boolean {
  if (steps.length > 0) return true;
  return !decision.quiet && decision.findings.some((finding) => severityOf(finding) !== 'info');
}

/** Tells people once a window, and of every change. */
export async function tell(
  outcome: Outcome,
  context: RunContext & { readonly occurrence: Occurrence },
): Promise<boolean> {
  const { steps } = outcome;
  const { occurrence, told, runId } = context;
  const telling = await context.world.ledger.occur(
    told.has(occurrence.id) ? occurrence : { ...occurrence, run: runId },
  );
  const changed = steps.some((step) => step.result === 'done' || step.result === 'failed');
  const isTold = telling.tell || changed;
  if (isTold) told.add(occurrence.id);
  const publishing = isTold ? context.world.publish(messageOf(outcome, { telling, context })) : Promise.resolve();
  context.later(publishing.then(() => markTold(outcome, context.world)));
  return isTold;
}

export function occurrenceOf(
  { decision, steps }: Outcome,
  context: RunContext & { readonly incident: string },
): Occurrence {
  return {
    id: context.incident,
    keeper: context.keeper,
    thing: decision.subject.thing,
    ...(decision.subject.family === undefined ? {} : { family: decision.subject.family }),
    ...(decision.subject.families && { families: decision.subject.families.map(fingerprint) }),
    ...(decision.subject.fileSystemId === undefined ? {} : { fileSystemId: decision.subject.fileSystemId }),
    codes: [...new Set(decision.findings.map((finding) => finding.code))],
    severity: worst(decision.findings),
    atMs: context.world.nowMs(),
    repaired: steps.some((step) => step.result === 'done'),
    windowMs: Number(context.settings.alertWindowMinutes) * 60_000,
  };
}

function messageOf(
  outcome: Outcome,
  { telling, context }: { readonly telling: Telling; readonly context: RunContext },
) {
  return alert({
    keeper: context.keeper,
    outcome,
    incident: telling.incident,
    status: telling.tell ? telling.status : 'updated',
    mode: context.mode,
    dryRun: context.dryRun,
    self: context.world.self,
    nowMs: context.world.nowMs(),
  });
}

function worst(findings: readonly Finding[]) {
  const severities = findings.map(severityOf);
  if (severities.includes('must-fix')) return 'must-fix' as const;
  return severities.includes('should-fix') ? ('should-fix' as const) : ('info' as const);
}

/** After the alert, never before: a run that dies between a change and its alert leaves the telling to the next. */
async function markTold({ steps }: Outcome, { ledger }: World): Promise<void> {
  const changed = steps.filter(
    (step) => step.result === 'done' || step.result === 'already' || step.result === 'failed',
  );
  await Promise.all(changed.map(({ changeId, result }) => ledger.record(changeId, { state: result, told: true })));
}
