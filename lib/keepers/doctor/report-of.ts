import type { MountFacts } from '../../diagnosis/mount-facts.ts';
import { notChecked } from '../../diagnosis/rule.ts';
import { seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { TAG } from '../../domain/tags.ts';
import { isOptedIn } from '../../facts/enrolment.ts';
import { nearest } from '../../report/doctor/nearest.ts';
import { type DoctorCheck, type DoctorFamily, type DoctorReport, summed, worstOf } from '../../report/doctor/report.ts';
import { VERSION } from '../../version.ts';
import { checkOf, plainFault } from './faults.ts';
import type { DoctorFacts } from './gather.ts';
import type { FamilyLook } from './gather-family.ts';
import { installationChecks } from './installation-checks.ts';
import { volumeReport } from './volume-report.ts';

/** What a person reads, from what was seen: the same for a terminal, a browser and a program. */
export function reportOf(facts: DoctorFacts): DoctorReport {
  const { self, installation, nowMs } = facts;
  return summed({
    version: 1,
    madeAt: new Date(nowMs).toISOString(),
    account: self.accountId,
    region: self.region,
    mountkeeper: VERSION,
    mode: seen(installation.mode) ?? 'not known',
    installation: [...installationChecks(installation, self), ...listing(facts)],
    families: facts.families.map((look) => familyReport(look, facts)),
  });
}

function listing({ familiesUnknown, installation }: DoctorFacts): readonly DoctorCheck[] {
  // Where nothing is installed there is no ledger that could know of more.
  if (familiesUnknown === undefined || installation.installed.state === 'absent') return [];
  return [checkOf('families that have opted in', [notChecked('families that have opted in', familiesUnknown)], plain)];
}

const plain = (finding: Finding) => plainFault(finding);

function familyReport(look: FamilyLook, { self, guard }: DoctorFacts): DoctorFamily {
  const { family, mount } = look;
  const definition = seen(look.taskDefinition);
  const optedIn = isOptedIn(look.taskDefinition, seen(look.enrolled) === true);
  const checks = familyChecks(look, { optedIn });
  const setting = { look, region: self.region, guard, optedIn };
  const volumes = mount ? mount.volumes.map((volume) => volumeReport(volume, { ...setting, mount })) : [];
  return {
    family,
    revision: definition === undefined ? look.reference : `${definition.family}:${definition.revision}`,
    state: worstOf([...checks, ...volumes].map(({ state }) => state)),
    runs: runsOf(look, mount),
    checks,
    volumes,
  };
}

function familyChecks(look: FamilyLook, { optedIn }: { readonly optedIn: boolean }): readonly DoctorCheck[] {
  const { taskDefinition, services, reference } = look;
  const title = 'task definition';
  if (taskDefinition.state === 'unknown') return [checkOf(title, [notChecked(reference, taskDefinition.why)], plain)];
  if (taskDefinition.state === 'absent') return [checkOf(title, [notChecked(reference, noSuch(look))], nobody)];
  const efs = taskDefinition.value.volumes.some(({ kind }) => kind === 'efs');
  const unread = services.state === 'unknown' ? [notChecked('services of the family', services.why)] : [];
  const none: Finding = { code: 'no-efs-volume', subject: taskDefinition.value.arn, evidence: {} };
  const stranger: Finding = { code: 'family-not-enrolled', subject: taskDefinition.value.arn, evidence: {} };
  return [
    checkOf('EFS volumes', efs ? [] : [none], plain),
    ...(efs ? [checkOf('services of the family', unread, plain)] : []),
    checkOf('opt-in', optedIn ? [] : [stranger], (finding) =>
      plainFault(finding, [
        `aws ecs tag-resource --resource-arn ${taskDefinition.value.arn} --tags key=${TAG.enabled},value=true`,
      ]),
    ),
  ];
}

function nobody(finding: Finding) {
  const remedy = 'Correct the name, or look at the Region and the account of your credentials.';
  return { ...plainFault(finding), title: `There is no task definition ${finding.subject}`, remedy };
}

function noSuch({ family, families }: FamilyLook): string {
  const meant = nearest(family, families);
  const hint = meant.length === 0 ? '' : `; did you mean ${meant.join(' or ')}?`;
  return `ECS does not know it in this account and Region${hint}`;
}

function runsOf({ services, taskDefinition }: FamilyLook, mount: MountFacts | undefined): string {
  const newest = seen(taskDefinition)?.arn;
  const names = (seen(services) ?? []).map(({ name, runningCount, desiredCount, taskDefinitionArn }) => {
    const older =
      newest === undefined || taskDefinitionArn === newest ? '' : `, on ${taskDefinitionArn.split('/').at(-1)}`;
    return `${name} (${runningCount} of ${desiredCount} tasks${older})`;
  });
  if (names.length > 0) return `as service ${names.join(', ')}`;
  return mount?.task === undefined ? 'no service and no task of it is known' : 'as a standalone task';
}
