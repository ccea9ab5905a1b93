import { severityOf } from '../../../domain/finding.ts';
import type { Outcome, StepOutcome } from '../../../domain/plan.ts';
import { invoke } from '../../../plan/describe/invoke.ts';
import { describeAction } from '../../../plan/describe.ts';
import { lookCommand } from '../look.ts';
import { visible } from '../safe-text.ts';
import { isCured } from '../verdict.ts';
import { commandLine, isRestart } from './changes.ts';

const COMMANDS_AT_MOST = 8;

/** For what was done, whether it is in place; for what was only found, how to look at it. */
export function checkCommands(outcome: Outcome, region: string): readonly string[] {
  const { decision, steps } = outcome;
  const about = { fileSystemId: decision.subject.fileSystemId, region };
  const ofSteps = steps.flatMap((came) => {
    if (came.result === 'not-reached' || came.result === 'withheld') return [];
    const made = 'made' in came ? came.made : {};
    return [describeAction(came.step.action, { made, region }).check];
  });
  const ofFindings = decision.findings
    .filter((finding) => severityOf(finding) !== 'info' && !isCured(finding, outcome))
    .map((finding) => lookCommand(finding, about))
    .filter((command) => command !== undefined);
  return [...new Set([...ofSteps, ...ofFindings])].slice(0, COMMANDS_AT_MOST).map(indented);
}

const AGAIN =
  '  Release it with "mountkeeper release": Mountkeeper then makes the change again where it is still needed.';

/** Taking back by journal id: Mountkeeper then holds the change, so that the next sweep does not make it again. */
export function undoCommands(
  steps: readonly StepOutcome[],
  about: { readonly keeper: string; readonly region: string },
): readonly string[] {
  const done = steps.filter((outcome) => outcome.result === 'done');
  if (about.keeper === 'revert') return done.length === 0 ? [] : [AGAIN];
  return done
    .slice(-COMMANDS_AT_MOST)
    .reverse()
    .flatMap((outcome) => undoLines(outcome, about.region));
}

type Done = Extract<StepOutcome, { readonly result: 'done' }>;

function undoLines(outcome: Done, region: string): readonly string[] {
  const { action } = outcome.step;
  const { undo } = describeAction(action, { made: outcome.made, region });
  if (undo.command === undefined) return isRestart({ action }) ? [] : [`  ${visible(undo.cannot)}`];
  if (action.kind !== 'create-access-point') return [indented(revert(outcome.changeId, region))];
  const extra = { deleteAccessPoints: true };
  return [
    `  Access points stay unless you say so; directories and data always stay.`,
    indented(invoke('revert', { change: outcome.changeId, ...extra }, { region })),
  ];
}

/** The commands that need no further word: access points and revisions have their sentence in the mail. */
export function revertCommands(
  steps: readonly StepOutcome[],
  about: { readonly keeper: string; readonly region: string },
): readonly string[] {
  if (about.keeper === 'revert') return [];
  return steps
    .filter(isRevertible)
    .slice(-COMMANDS_AT_MOST)
    .map((outcome) => revert(outcome.changeId, about.region))
    .reverse();
}

function isRevertible(outcome: StepOutcome): outcome is Done {
  if (outcome.result !== 'done' || outcome.step.action.kind === 'create-access-point') return false;
  return describeAction(outcome.step.action, { made: outcome.made }).undo.command !== undefined;
}

function revert(changeId: string, region: string): string {
  return invoke('revert', { change: changeId }, { region });
}

function indented(command: string): string {
  return commandLine(command).replace(/^ {8}/, '  ');
}
