import type { StepOutcome } from '../../../domain/plan.ts';
import { invoke } from '../../../plan/describe/invoke.ts';
import { describeAction } from '../../../plan/describe.ts';
import { visible } from '../safe-text.ts';
import { commandLine } from './changes.ts';

const COMMANDS_AT_MOST = 8;

export function checkCommands(steps: readonly StepOutcome[], region: string): readonly string[] {
  const commands = steps.flatMap((outcome) => {
    if (outcome.result !== 'done' && outcome.result !== 'already' && outcome.result !== 'failed') return [];
    const made = 'made' in outcome ? outcome.made : {};
    return [describeAction(outcome.step.action, { made, region }).check];
  });
  return [...new Set(commands)].slice(0, COMMANDS_AT_MOST).map(indented);
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
  if (undo.command === undefined) return [`  ${visible(undo.cannot)}`];
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
