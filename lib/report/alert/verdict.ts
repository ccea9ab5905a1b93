import { type Finding, type Severity, severityOf } from '../../domain/finding.ts';
import { GUARD_FINDINGS } from '../../domain/findings/guards.ts';
import type { Guard, Outcome, Step, StepOutcome, WithheldStep } from '../../domain/plan.ts';

/** The attribute `outcome` of the contract. */
export type OutcomeWord = 'detected' | 'dry-run' | 'remediated' | 'withheld' | 'failed' | 'reverted';

export interface Verdict {
  readonly word: OutcomeWord;
  readonly severity: Severity;
  /** What explains the trouble, not the remarks beside it. */
  readonly causes: readonly Finding[];
  /** Causes that nothing which was done cures. */
  readonly open: readonly Finding[];
  readonly done: readonly StepOutcome[];
  readonly withheld: readonly WithheldStep[];
}

type Came = Pick<Outcome, 'steps' | 'withheld'>;
type Judged = Came & Pick<Verdict, 'open'>;

export function verdictOf(keeper: string, { decision, steps, withheld }: Outcome): Verdict {
  const judged = { steps, withheld: withheldOf({ steps, withheld }) };
  const causes = decision.findings.filter(isCause);
  const open = causes.filter((finding) => !isCured(finding, { steps, withheld }));
  return {
    word: wordOf(keeper, { ...judged, open }),
    severity: worst(decision.findings),
    causes,
    open,
    done: steps.filter(isDone),
    withheld: judged.withheld,
  };
}

function wordOf(keeper: string, judged: Judged): OutcomeWord {
  const { steps, withheld, open } = judged;
  if (steps.some((step) => step.result === 'failed')) return 'failed';
  if (withheld.some((step) => isOnlySeen(step.heldBy))) return 'dry-run';
  if (withheld.some((step) => !isFollowUp(step))) return 'withheld';
  if (!steps.some(isDone)) return withheld.length > 0 ? 'withheld' : 'detected';
  if (keeper === 'revert') return 'reverted';
  // Who subscribes to what needs a person must hear of the half that is left.
  return open.length > 0 ? 'detected' : 'remediated';
}

/** Withheld by the guards, before the walk and during it. */
function withheldOf({ steps, withheld }: Came): readonly WithheldStep[] {
  const late = steps.flatMap((step) =>
    step.result === 'withheld' ? [{ ...step.step, heldBy: step.heldBy, why: step.why }] : [],
  );
  return [...withheld, ...late];
}

export function isDone(step: StepOutcome): boolean {
  return step.result === 'done' || step.result === 'already';
}

export function isOnlySeen(guard: Guard): boolean {
  return guard === 'observe' || guard === 'dry-run';
}

/** A service starts its next task by itself: that it was not moved or restarted leaves no cause standing. */
export function isFollowUp({ action }: Step): boolean {
  return action.kind === 'update-service';
}

/** Some of it is repaired, some cause stands. */
export function isPartial({ word, done }: Verdict): boolean {
  return word === 'detected' && done.length > 0;
}

/** Withheld only until the hour is over. */
export function isWaiting({ word, withheld }: Verdict): boolean {
  const needed = withheld.filter((step) => !isFollowUp(step));
  return word === 'withheld' && needed.length > 0 && needed.every(({ heldBy }) => heldBy === 'budget');
}

/** Done for it, and nothing of it left undone: several findings may carry one code. */
export function isCured({ code }: Finding, { steps, withheld }: Came): boolean {
  const left = [...steps.filter((step) => !isDone(step)).map(({ step }) => step), ...withheld];
  const asks = ({ because }: Step) => because.includes(code);
  return steps.some((step) => isDone(step) && asks(step.step)) && !left.some((step) => asks(step) && !isFollowUp(step));
}

function isCause(finding: Finding): boolean {
  return severityOf(finding) === 'must-fix' && !isGuardFinding(finding);
}

export function isGuardFinding({ code }: Finding): boolean {
  return code in GUARD_FINDINGS;
}

export function worst(findings: readonly Finding[]): Severity {
  const severities = findings.map(severityOf);
  if (severities.includes('must-fix')) return 'must-fix';
  return severities.includes('should-fix') ? 'should-fix' : 'info';
}
