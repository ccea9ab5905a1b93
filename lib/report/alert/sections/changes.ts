import type { StepOutcome, WithheldStep } from '../../../domain/plan.ts';
import { type Description, lineOf } from '../../../plan/describe/description.ts';
import { describeAction } from '../../../plan/describe.ts';
import { oneLine, visible } from '../safe-text.ts';
import { isOnlySeen, type Verdict } from '../verdict.ts';

/** Longer commands (a policy near its quota, a large revision) do not fit a mail. */
const COMMAND_LENGTH = 2_000;

export function whatWasDone(steps: readonly StepOutcome[], region: string): readonly string[] {
  return steps.filter(({ result }) => result !== 'withheld').flatMap((step) => doneLines(step, region));
}

function doneLines(outcome: StepOutcome, region: string): readonly string[] {
  const made = 'made' in outcome ? outcome.made : {};
  const description = describeAction(outcome.step.action, { made, region });
  const byHand = outcome.result === 'failed' ? ['      by hand:', commandLine(description.byHand)] : [];
  return [...descriptionLines(description), `      ${cameOf(outcome)}`, ...byHand];
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

export function whatWasWithheld({ withheld, word }: Verdict, region: string): readonly string[] {
  const held = withheld.filter(({ heldBy }) => !isOnlySeen(heldBy));
  return held.flatMap((step, index) => {
    const told = held.slice(0, index).some((earlier) => sameReason(earlier, step));
    return withheldLines(step, { region, told, isOptional: word === 'remediated' && isRestart(step) });
  });
}

/** Why a step is withheld, without the owner's command. */
export function reasonOf({ why }: WithheldStep): string {
  return oneLine(why.replace(OWNER_RUNS, ''), 400);
}

/** The commands that turn the missing keys, each once. */
export function ownerCommands(withheld: readonly WithheldStep[], region?: string): readonly string[] {
  const commands = withheld.flatMap(({ why }) => OWNER_RUNS.exec(why)?.[1] ?? []);
  return [...new Set(commands)].map((command) => visible(inRegion(command, region)));
}

/** A new deployment of what runs already only hastens what ECS does by itself. */
export function isRestart({ action }: Pick<WithheldStep, 'action'>): boolean {
  return action.kind === 'update-service' && action.taskDefinition === undefined;
}

const FOLLOWS = /^(?:It needs a step that is withheld\. )+/;
/** Only a tagging command of plain words is handed on as one: a reason may quote what AWS answered. */
const OWNER_RUNS = / The owner runs: (aws [a-z0-9]+ (?:create-tags|tag-role|tag-resource) [\w .:/=,@+-]+)$/;

/** A step that depends on a withheld one carries the same reason: once is enough. */
function sameReason(one: WithheldStep, other: WithheldStep): boolean {
  return one.why.replace(FOLLOWS, '') === other.why.replace(FOLLOWS, '');
}

interface Telling {
  readonly region: string;
  /** The reason was given with an earlier step. */
  readonly told: boolean;
  readonly isOptional: boolean;
}

function withheldLines(step: WithheldStep, { region, told, isOptional }: Telling): readonly string[] {
  const description = describeAction(step.action, { region });
  if (told) return [...descriptionLines(description), '      for the same reason'];
  const owner = ownerCommands([step], region).flatMap((command) => ['      the owner runs:', commandLine(command)]);
  const byHand = step.heldBy === 'held' ? [] : ['      or by hand, once:', commandLine(description.byHand)];
  const optional = isOptional ? ['      optional: ECS starts the next task by itself'] : [];
  return [...descriptionLines(description), ...optional, `      ${reasonOf(step)}`, ...owner, ...byHand];
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
export function inRegion(command: string, region: string | undefined): string {
  if (region === undefined) return command;
  const global = !command.startsWith('aws ') || command.startsWith('aws iam ') || command.includes('--region');
  return global ? command : `${command} --region ${region}`;
}
