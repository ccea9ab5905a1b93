import { CATALOGUE, type Finding } from '../../../domain/finding.ts';
import type { Guard } from '../../../domain/plan.ts';
import type { AlertInput } from '../input.ts';
import { isCured, isDone, isGuardFinding, type Verdict } from '../verdict.ts';
import { whoIs } from '../who.ts';
import { commandLine } from './changes.ts';
import { COMMAND_EVIDENCE } from './why.ts';

const GUARD_STEPS: Readonly<Record<Guard, string>> = {
  'dry-run': 'Run it again without "dryRun" to make these changes.',
  observe: 'Set the mode to repair, or make the changes by hand with the commands above.',
  'opted-out': 'The task definition is opted out (mountkeeper:enabled = false): make the changes by hand, or opt in.',
  key: 'The owner named above turns the key; Mountkeeper then goes on by itself within the hour. Where Terraform or CloudFormation owns the resource, set the tag there.',
  held: 'This was reverted by hand. Release it with "mountkeeper release" if it shall be made again.',
  breaker: 'Find out who undoes the repair and settle it; then release it with "mountkeeper release".',
  budget: 'Nothing, if it can wait: the sweep goes on when the hour is over. Look at what causes so many changes.',
  quota: 'Raise the quota or clean up the group; then the sweep goes on.',
  'shared-group': 'Give the service a security group of its own, or make the change by hand if it is right.',
  person: 'Read the reason above, and make the change by hand if it is right.',
  unknown: 'Give Mountkeeper the right to look, or make the change by hand if it is right.',
};

/** What a person does now, most urgent first. */
export function nextSteps(input: AlertInput, verdict: Verdict): readonly string[] {
  const guards = [...new Set(verdict.withheld.map(({ heldBy }) => heldBy))].map((guard) => GUARD_STEPS[guard]);
  const steps = [...guards, ...failedStep(verdict), ...remediesOf(input), ...waiting(input, verdict)];
  return [...new Set(steps)].flatMap((step) => (step.startsWith(' ') ? [step] : [`  - ${step}`]));
}

function failedStep({ word }: Verdict): readonly string[] {
  return word === 'failed' ? ['Read why the step failed; the command by hand shows the same answer of AWS.'] : [];
}

/** Remedies of what no step of the plan takes care of. */
function remediesOf({ outcome }: AlertInput): readonly string[] {
  const { decision, steps, withheld } = outcome;
  const planned = new Set([...steps.map(({ step }) => step), ...withheld].flatMap(({ because }) => because));
  const left = decision.findings.filter(
    (finding) => finding.code !== 'not-checked' && !isCured(finding, steps) && !planned.has(finding.code),
  );
  return left
    .filter((finding) => !(isGuardFinding(finding) && withheld.length > 0 && isToldAbove(finding)))
    .flatMap(remedyLines);
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

function remedyLines({ code, evidence }: Finding): readonly string[] {
  const command = evidence[COMMAND_EVIDENCE];
  return [CATALOGUE[code].remedy, ...(command === undefined ? [] : [commandLine(command)])];
}

const NOT_IN_USE =
  'Not in use yet: start a task of the new revision, or set mountkeeper:deploy = true on the service. You are told when it mounts.';

/** Where all is repaired: who starts the next task. */
function waiting({ keeper, outcome }: AlertInput, verdict: Verdict): readonly string[] {
  if (verdict.word !== 'remediated' || verdict.open.length > 0) return [];
  if (keeper === 'provision') {
    const moved = verdict.done.some((step) => isDone(step) && step.step.action.kind === 'update-service');
    return moved ? [] : [NOT_IN_USE];
  }
  if (keeper === 'throughput') return [];
  if (whoIs(outcome.decision.subject.thing).noun === 'Service')
    return ['Nothing: ECS starts the next task by itself. You are told when it mounts, and again if it does not.'];
  return ['Start the task again: ECS retries the tasks of a service only.'];
}
