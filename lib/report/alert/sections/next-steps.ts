import { CATALOGUE, type Finding } from '../../../domain/finding.ts';
import type { Guard } from '../../../domain/plan.ts';
import type { AlertInput } from '../input.ts';
import { OFFER_EVIDENCE, remedyCommands, type Whereabouts } from '../remedy-commands.ts';
import { oneLine } from '../safe-text.ts';
import { isInUse } from '../standing.ts';
import { isCured, isGuardFinding, type Verdict } from '../verdict.ts';
import { whoIs } from '../who.ts';
import { commandLine, inRegion, isRestart } from './changes.ts';
import { COMMAND_EVIDENCE } from './why.ts';

const GUARD_STEPS: Readonly<Record<Guard, string>> = {
  'dry-run': 'Run it again without "dryRun" to make these changes.',
  observe: 'Set the mode to repair, or make the changes by hand.',
  'opted-out': 'The task definition is opted out (mountkeeper:enabled = false): make the changes by hand, or opt in.',
  key: 'The owner turns the key with the command given here; Mountkeeper then goes on by itself within the hour. Where Terraform or CloudFormation owns the resource, set the tag there.',
  held: 'This was reverted by hand. Release it with "mountkeeper release" if it shall be made again.',
  breaker: 'Find out who undoes the repair and settle it; then release it with "mountkeeper release".',
  budget: 'Wait until the hour is over, or make the change by hand. Look at what causes so many changes.',
  quota: 'Raise the quota or clean up the group; then the sweep goes on.',
  'shared-group': 'Give the service a security group of its own, or make the change by hand if it is right.',
  person: 'Read the reason, and make the change by hand if it is right.',
  unknown: 'Give Mountkeeper the right to look, or make the change by hand if it is right.',
};

/** What a person does now, most urgent first; a command is indented below the sentence that it belongs to. */
export function nextSteps(input: AlertInput, verdict: Verdict): readonly string[] {
  return stepsOf(input, verdict).flatMap((step) => (isCommand(step) ? [step] : [`  - ${step}`]));
}

export function nextSentences(input: AlertInput, verdict: Verdict): readonly string[] {
  return stepsOf(input, verdict).filter((step) => !isCommand(step));
}

function isCommand(step: string): boolean {
  return step.startsWith(' ');
}

function stepsOf(input: AlertInput, verdict: Verdict): readonly string[] {
  const remedies = remediesOf(input);
  const steps = [
    ...waiting(input, verdict),
    ...failedStep(verdict),
    // What a person has to decide is what the finding's own words say.
    ...guardsOf(verdict).flatMap((guard) => (guard === 'person' && remedies.length > 0 ? [] : [GUARD_STEPS[guard]])),
    ...remedies,
  ];
  return [...new Set(steps)];
}

function guardsOf({ withheld, word }: Verdict): readonly Guard[] {
  const needed = word === 'remediated' ? withheld.filter((step) => !isRestart(step)) : withheld;
  return [...new Set(needed.map(({ heldBy }) => heldBy))];
}

function failedStep({ word }: Verdict): readonly string[] {
  return word === 'failed' ? ['Settle what AWS answered, then run the command by hand or wait for the sweep.'] : [];
}

/** Remedies of what no step of the plan takes care of. */
function remediesOf({ outcome, self }: AlertInput): readonly string[] {
  const { decision, steps, withheld } = outcome;
  const about = { fileSystemId: decision.subject.fileSystemId, region: self.region };
  const planned = new Set([...steps.map(({ step }) => step), ...withheld].flatMap(({ because }) => because));
  const left = decision.findings.filter(
    (finding) => finding.code !== 'not-checked' && !isCured(finding, outcome) && !planned.has(finding.code),
  );
  return left
    .filter((finding) => !(isGuardFinding(finding) && withheld.length > 0 && isToldAbove(finding)))
    .flatMap((finding) => remedyLines(finding, about));
}

const TOLD_ABOVE: readonly Finding['code'][] = [
  'key-missing',
  'budget-used-up',
  'breaker-open',
  'held-after-revert',
  'needs-a-person',
];

/** The guard's own line says the same. */
function isToldAbove({ code }: Finding): boolean {
  return TOLD_ABOVE.includes(code);
}

function remedyLines(finding: Finding, about: Whereabouts): readonly string[] {
  const { code, evidence } = finding;
  const command = evidence[COMMAND_EVIDENCE];
  const commands = command === undefined ? remedyCommands(finding, about) : [inRegion(command, about.region)];
  return [CATALOGUE[code].remedy, ...commands.map(commandLine), ...warningOf(finding)];
}

/** What the offered policy's own words say, after the command that would put it. */
function warningOf({ evidence }: Finding): readonly string[] {
  const offer = evidence[OFFER_EVIDENCE];
  const says = offer?.slice(offer.lastIndexOf('}') + 1).replace(/^ \((.*)\)$/s, '$1');
  return says === undefined || says.trim() === '' ? [] : [oneLine(says, 400)];
}

const NOT_IN_USE =
  'Not in use yet: start a task of the new revision, or move the service to it. With the tag mountkeeper:deploy = true on the service Mountkeeper does that. You are told when it mounts.';
const ONLY_PUBLISHED =
  'Not in use yet: the team that owns the task definition reads the published ids with the lines above; its next revision then mounts through the access point. You are told when it mounts.';

/** Where all is repaired: who starts the next task. */
function waiting({ keeper, outcome }: AlertInput, verdict: Verdict): readonly string[] {
  if (verdict.word !== 'remediated') return [];
  if (keeper === 'provision' && !isInUse(verdict.done)) return [isOnlyPublished(verdict) ? ONLY_PUBLISHED : NOT_IN_USE];
  if (keeper === 'provision') return [];
  if (keeper === 'throughput') return [];
  if (isInUse(verdict.done))
    return ['Nothing: the service starts new tasks now. You are told when one mounts, and again if it does not.'];
  if (whoIs(outcome.decision.subject.thing).noun === 'Service')
    return [
      'No need to restart: ECS starts the next task by itself. You are told when it mounts, and again if it does not.',
    ];
  return ['Start the task again: ECS retries the tasks of a service only.'];
}

function isOnlyPublished({ done }: Verdict): boolean {
  const kinds = done.map(({ step }) => step.action.kind);
  return kinds.includes('publish-volume') && !kinds.includes('register-revision');
}
