import type { StepOutcome, WithheldStep } from '../../../domain/plan.ts';
import { type Description, lineOf } from '../../../plan/describe/description.ts';
import { describeAction } from '../../../plan/describe.ts';
import { oneLine, visible } from '../safe-text.ts';
import { isOnlySeen } from '../verdict.ts';

/** Longer commands (a policy near its quota, a large revision) do not fit a mail. */
const COMMAND_LENGTH = 2_000;

export function whatWasDone(steps: readonly StepOutcome[]): readonly string[] {
  return steps.filter(({ result }) => result !== 'withheld').flatMap((step) => doneLines(step));
}

function doneLines(outcome: StepOutcome): readonly string[] {
  const made = 'made' in outcome ? outcome.made : {};
  const description = describeAction(outcome.step.action, { made });
  return [...descriptionLines(description), `      ${cameOf(outcome)}`];
}

function cameOf(outcome: StepOutcome): string {
  switch (outcome.result) {
    case 'done':
      return `done, change ${oneLine(outcome.changeId)}`;
    case 'already':
      return 'it was there already';
    case 'failed':
      return `FAILED${outcome.permanent ? '' : ' for now'}: ${oneLine(outcome.why, 400)}`;
    case 'not-reached':
      return 'not tried, since a step before it failed';
    case 'withheld':
      return `withheld: ${oneLine(outcome.why, 400)}`;
  }
}

/** Steps that only the mode held back: what Mountkeeper would have done. */
export function whatWouldBeDone(withheld: readonly WithheldStep[], region: string): readonly string[] {
  return withheld
    .filter(({ heldBy }) => isOnlySeen(heldBy))
    .flatMap((step) => {
      const description = describeAction(step.action, { region });
      return [...descriptionLines(description), '      by hand:', commandLine(description.byHand)];
    });
}

export function whatWasWithheld(withheld: readonly WithheldStep[], region: string): readonly string[] {
  const held = withheld.filter(({ heldBy }) => !isOnlySeen(heldBy));
  return held.flatMap((step, index) => {
    const told = held.slice(0, index).some((earlier) => sameReason(earlier, step));
    return withheldLines(step, { region, told });
  });
}

const FOLLOWS = /^(?:It needs a step that is withheld\. )+/;
const OWNER_RUNS = / The owner runs: /;

/** A step that depends on a withheld one carries the same reason: once is enough. */
function sameReason(one: WithheldStep, other: WithheldStep): boolean {
  return one.why.replace(FOLLOWS, '') === other.why.replace(FOLLOWS, '');
}

function withheldLines(
  step: WithheldStep,
  about: { readonly region: string; readonly told: boolean },
): readonly string[] {
  const description = describeAction(step.action, { region: about.region });
  if (about.told) return [...descriptionLines(description), '      for the same reason'];
  const [reason = '', ownerCommand] = step.why.split(OWNER_RUNS);
  const owner =
    ownerCommand === undefined ? [] : ['      the owner runs:', commandLine(inRegion(ownerCommand, about.region))];
  const byHand = step.heldBy === 'held' ? [] : ['      or by hand, once:', commandLine(description.byHand)];
  return [...descriptionLines(description), `      ${oneLine(reason, 400)}`, ...owner, ...byHand];
}

function descriptionLines(description: Description): readonly string[] {
  return [
    `  ${visible(lineOf(description))}`,
    ...description.detail.slice(0, 8).map((line) => `      ${oneLine(line, 300)}`),
  ];
}

export function commandLine(command: string): string {
  const text = visible(command);
  if (text.length <= COMMAND_LENGTH) return `        ${text}`;
  return `        (${text.length} characters, too long for a mail: a dry run prints it)`;
}

/** IAM knows no Regions. */
function inRegion(command: string, region: string): string {
  const global = !command.startsWith('aws ') || command.startsWith('aws iam ') || command.includes('--region');
  return global ? command : `${command} --region ${region}`;
}
