import { type Diagnosis, diagnose } from '../../diagnosis/diagnose.ts';
import type { MountFacts } from '../../diagnosis/mount-facts.ts';
import { repairs } from '../../diagnosis/repairs.ts';
import { saidByLog } from '../../diagnosis/said-by-log.ts';
import type { Service } from '../../domain/ecs.ts';
import { seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { parseTaskDefinitionName } from '../../domain/ids.ts';
import { type Decision, EMPTY_PLAN, type Guard, type Keyring, type Plan, type Step } from '../../domain/plan.ts';
import { modeTagOf } from '../../plan/mode-tag.ts';
import type { RemediateFacts } from './gather.ts';
import { restart } from './restart.ts';

/** One decision where there is something to say; none where the failure is none of ours. */
export function decide(facts: RemediateFacts): readonly Decision[] {
  const { taskDefinition, mount, told, byHand, optedIn } = facts;
  if (taskDefinition.state === 'unknown') return optedIn || byHand ? [notSeen(facts, taskDefinition.why)] : [];
  if (taskDefinition.state === 'absent') return byHand ? [notSeen(facts, 'there is no such task definition')] : [];
  if (!mount) return byHand ? [notOurs(facts)] : [];
  const diagnosis = diagnose(mount);
  if (!diagnosis.explained && isOlderThanRepair(facts)) return [nothingLeft(facts)];
  if (told?.kind !== 'not-efs') return [judged(facts, { mount, diagnosis })];
  const findings = saidByLog(diagnosis);
  return findings.length > 0 ? [judged(facts, { mount, diagnosis: { ...diagnosis, findings } })] : [];
}

interface Judged {
  readonly mount: MountFacts;
  readonly diagnosis: Diagnosis;
}

function judged(facts: RemediateFacts, { mount, diagnosis }: Judged): Decision {
  const repair = repairs(mount, diagnosis.findings, { enrolled: facts.optedIn });
  const again = restart({ steps: repair.steps, service: seen(facts.service), family: mount.taskDefinition.family });
  const plan: Plan = { steps: [...repair.steps, ...again.steps], withheld: repair.withheld };
  const held = reasonToHold(facts);
  return {
    subject: subjectOf(facts),
    findings: [...diagnosis.findings, ...repair.findings],
    plan: held ? allWithheld(plan, held) : plan,
    keyring: { ...repair.keyring, ...again.keyring } satisfies Keyring,
    ...modeTagOf(mount.taskDefinition, facts.newest),
  };
}

/** A failure of a task that was made before the last repair, and that nothing explains any more, says nothing. */
function isOlderThanRepair({ stop, recent, byHand }: RemediateFacts): boolean {
  if (byHand || stop?.createdAtMs === undefined) return false;
  const repairs = recent.filter(
    ({ state, keeper }) => keeper === 'remediate' && (state === 'done' || state === 'intended'),
  );
  return stop.createdAtMs < Math.max(0, ...repairs.map(({ atMs }) => atMs));
}

/** Nothing to find or to change: only what a run that died has left untold is still told. */
function nothingLeft(facts: RemediateFacts): Decision {
  return { subject: subjectOf(facts), findings: [], plan: EMPTY_PLAN, keyring: {} };
}

/** What was told by an event must be confirmed by DescribeTasks: a stop reason can be forged. */
function reasonToHold({
  byHand,
  mayAct,
  stop,
  task,
  newest,
}: RemediateFacts): { readonly heldBy: Guard; readonly why: string } | undefined {
  if (newest?.state === 'unknown')
    return {
      heldBy: 'unknown',
      why: `The newest revision could not be read (${newest.why}), so it is not known whether the family still wants this.`,
    };
  if (byHand) return undefined;
  if (!mayAct)
    return { heldBy: 'person', why: 'The task had started before it stopped: such a failure is told, never acted on.' };
  if (task.state === 'unknown')
    return {
      heldBy: 'unknown',
      why: `The task could not be read again (${task.why}), so its failure is not confirmed.`,
    };
  if (task.state === 'absent')
    return { heldBy: 'unknown', why: 'ECS no longer knows the task, so its failure is not confirmed.' };
  const confirmed =
    task.value.stopCode === 'TaskFailedToStart' &&
    task.value.startedAtMs === undefined &&
    task.value.lastStatus === 'STOPPED' &&
    task.value.desiredStatus === 'STOPPED';
  const same = task.value.taskDefinitionArn === stop?.taskDefinitionArn;
  return confirmed && same
    ? undefined
    : { heldBy: 'unknown', why: 'DescribeTasks does not confirm that this task failed to start.' };
}

function allWithheld(plan: Plan, held: { readonly heldBy: Guard; readonly why: string }): Plan {
  return { steps: [], withheld: [...plan.withheld, ...plan.steps.map((step: Step) => ({ ...step, ...held }))] };
}

function subjectOf(facts: RemediateFacts): Decision['subject'] {
  const family = parseTaskDefinitionName(facts.reference)?.family;
  const fileSystemId = facts.mount?.volumes[0]?.efs.fileSystemId;
  return {
    thing: thingOf(facts, { family, service: seen(facts.service) }),
    ...(family === undefined ? {} : { family }),
    ...(fileSystemId === undefined ? {} : { fileSystemId }),
  };
}

function thingOf(
  facts: RemediateFacts,
  { family, service }: { readonly family: string | undefined; readonly service: Service | undefined },
): string {
  if (service) return service.arn;
  const group = facts.stop?.group ?? seen(facts.task)?.group;
  return group?.startsWith('service:')
    ? `${facts.stop?.clusterArn ?? ''} ${group}`
    : `family:${family ?? facts.reference}`;
}

function notSeen(facts: RemediateFacts, why: string): Decision {
  return only(facts, { code: 'not-checked', subject: facts.reference, evidence: { what: 'the task definition', why } });
}

function notOurs(facts: RemediateFacts): Decision {
  const cause = facts.told?.kind === 'not-efs' ? facts.told.cause : 'the task definition has no EFS volume';
  return only(facts, { code: 'other-volume-fails', subject: facts.reference, evidence: { cause } });
}

function only(facts: RemediateFacts, finding: Finding): Decision {
  return { subject: subjectOf(facts), findings: [finding], plan: EMPTY_PLAN, keyring: {}, quiet: facts.byHand };
}
