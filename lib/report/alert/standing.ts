import type { Guard } from '../../domain/plan.ts';
import { describeAction } from '../../plan/describe.ts';
import type { AlertInput } from './input.ts';
import { isCured, isFollowUp, isPartial, type OutcomeWord, type Verdict } from './verdict.ts';

/** One sentence or two: what was done, and whether a person is needed. */
export function standingOf(input: AlertInput, verdict: Verdict): string {
  return STANDING[verdict.word](input, verdict);
}

const STANDING: Readonly<Record<OutcomeWord, (input: AlertInput, verdict: Verdict) => string>> = {
  detected,
  'dry-run': ({ dryRun }, { withheld }) =>
    `Nothing was changed: ${dryRun ? 'this is a dry run' : 'the mode is observe'}. In the mode repair Mountkeeper would make ${changes(withheld.length)}.`,
  remediated,
  withheld: ({ keeper }, { withheld, done }) => {
    const main = withheld.find((step) => !isFollowUp(step)) ?? withheld[0];
    const part = done.length === 0 ? '' : `Mountkeeper made ${changes(done.length)}, not all that is needed. `;
    return `${part}${main === undefined ? '' : guardWords(keeper, main.heldBy)}`;
  },
  failed: ({ outcome }) =>
    outcome.steps.some((step) => step.result === 'failed' && step.permanent)
      ? 'The repair failed and will fail again. A person is needed.'
      : 'The repair failed for now; the sweep tries it again.',
  reverted: (_input, { done }) =>
    `${changes(done.length)} of Mountkeeper ${done.length === 1 ? 'was' : 'were'} taken back. It does not come again before somebody releases it.`,
};

const GUARD_WORDS: Readonly<Record<Guard, string>> = {
  'dry-run': 'Nothing was changed: this is a dry run.',
  observe: 'Nothing was changed: the mode is observe.',
  'opted-out': 'The family is opted out, so Mountkeeper leaves the repair to a person.',
  key: 'Mountkeeper may not repair it: its owner has to allow it first.',
  held: 'The repair was reverted by hand before and is held. A person has to decide.',
  breaker: 'Mountkeeper has stopped repairing it, since somebody undoes the repair. A person is needed.',
  budget: 'The repair waits for the next hour: the budget of changes is used up.',
  quota: 'Mountkeeper did not repair it: the security group is near its quota of rules. A person is needed.',
  'shared-group': 'Mountkeeper did not repair it: others share the security group. A person has to decide.',
  person: 'Mountkeeper did not repair it: a person has to decide.',
  unknown: 'Mountkeeper did not repair it, since it could not look at all that its guards ask for. A person is needed.',
};

/** What is set up for the first time was not broken. */
function guardWords(keeper: string, guard: Guard): string {
  const words = GUARD_WORDS[guard];
  return keeper === 'provision' ? words.replace(/\brepair it\b/, 'set it up').replace('The repair', 'It') : words;
}

function detected(_input: AlertInput, verdict: Verdict): string {
  const { severity, causes } = verdict;
  if (isPartial(verdict)) return 'Mountkeeper repaired a part of it. A person is needed for the rest.';
  if (causes[0]?.code === 'cause-not-found')
    return 'Mountkeeper found no cause, so it changed nothing. A person is needed.';
  return severity === 'must-fix' ? 'Mountkeeper cannot repair this. A person is needed.' : 'Nothing was changed.';
}

function remediated({ keeper, outcome }: AlertInput, { done }: Verdict): string {
  if (keeper === 'throughput') return done.map(({ step }) => throughputLine(step.action)).join(' ');
  const cured = outcome.decision.findings.some((finding) => isCured(finding, outcome));
  if (keeper === 'provision')
    return `Mountkeeper made ${changes(done.length)} for it${isInUse(done) ? '' : '; no task uses it yet'}.`;
  if (cured) return 'Mountkeeper repaired it; the next task should mount.';
  return `Mountkeeper made ${changes(done.length)} for it.`;
}

/** A service was moved to the wired revision. */
export function isInUse(done: Verdict['done']): boolean {
  return done.some(({ step }) => step.action.kind === 'update-service');
}

function throughputLine(action: Parameters<typeof describeAction>[0]): string {
  const { part, change } = describeAction(action);
  return `Mountkeeper switched the ${part}: ${change}.`;
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}
