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

/** Taking back by journal id: Mountkeeper then holds the change, so that the next sweep does not make it again. */
export function undoCommands(steps: readonly StepOutcome[], region: string): readonly string[] {
  const done = steps.filter((outcome) => outcome.result === 'done');
  return done
    .slice(-COMMANDS_AT_MOST)
    .reverse()
    .flatMap((outcome) => undoLines(outcome, region));
}

function undoLines(outcome: Extract<StepOutcome, { readonly result: 'done' }>, region: string): readonly string[] {
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

function revert(changeId: string, region: string): string {
  return invoke('revert', { change: changeId }, { region });
}

function indented(command: string): string {
  return commandLine(command).replace(/^ {8}/, '  ');
}
