import { diagnose } from '../diagnosis/diagnose.ts';
import type { MountFacts, VolumeFacts } from '../diagnosis/mount-facts.ts';
import { repairs } from '../diagnosis/repairs.ts';
import type { Service } from '../domain/ecs.ts';
import { type Finding, severityOf } from '../domain/finding.ts';
import type { Decision } from '../domain/plan.ts';
import { TAG } from '../domain/tags.ts';

interface Unit {
  readonly service?: Service;
  readonly mount: MountFacts;
}

/** The same diagnosis and repairs as of a task that failed, for a task that has not started yet. */
export function judgeUnit(family: string, { service, mount }: Unit): Decision {
  const { findings } = diagnose(mount);
  const repair = repairs(mount, findings, { enrolled: true });
  const fileSystemId = mount.volumes[0]?.efs.fileSystemId;
  return {
    subject: {
      family,
      thing: service?.arn ?? `family:${family}`,
      ...(fileSystemId === undefined ? {} : { fileSystemId }),
    },
    findings: [...findings, ...repair.findings],
    plan: { steps: repair.steps, withheld: repair.withheld },
    keyring: repair.keyring,
  };
}

export function breaks({ findings }: Decision): boolean {
  return findings.some((finding) => severityOf(finding) === 'must-fix');
}

export function notable(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => severityOf(finding) !== 'info');
}

/** Whether something has to be made for the family first: an access point, a wired revision, a service to be moved. */
export function needsProvisioning(units: readonly Unit[], newest: MountFacts['taskDefinition']): boolean {
  const efs = newest.volumes.flatMap((volume) => volume.efs ?? []);
  if (efs.length === 0) return newest.tags[TAG.fileSystem] !== undefined;
  const unwired = efs.some(
    (volume) => !volume.accessPointId || !volume.transitEncryption || (!volume.iam && newest.taskRoleArn !== undefined),
  );
  const missing = units.some(({ mount }) => mount.volumes.some(isPointGone));
  const behind = units.some(({ service }) => service && service.taskDefinitionArn !== newest.arn);
  return unwired || missing || (behind && newest.tags[TAG.wiredFrom] !== undefined);
}

const GOING: ReadonlySet<string> = new Set(['deleting', 'deleted', 'error']);

function isPointGone({ accessPoint }: VolumeFacts): boolean {
  if (accessPoint?.state === 'present') return GOING.has(accessPoint.value.state);
  return accessPoint?.state === 'absent';
}
