import { seen } from '../../domain/fact.ts';
import type { Finding } from '../../domain/finding.ts';
import { roleNameOf } from '../../domain/ids.ts';
import { allowsFamily, hasKey, TAG, type Tags } from '../../domain/tags.ts';
import { aws } from '../../plan/describe/shell.ts';
import { fileSystemCommand } from '../../plan/keys.ts';
import type { DoctorCheck } from '../../report/doctor/report.ts';
import { type Bench, checkOf, plainFault } from './faults.ts';
import type { VolumeSetting } from './volume-report.ts';

interface KeyHole {
  readonly title: string;
  readonly resource: string;
  readonly tag: string;
  /** Undefined: the tags are not known. */
  readonly turned: boolean | undefined;
  readonly command: string;
}

/** Which owners have turned their keys: for a family that has not opted in there is nothing to say. */
export function judgeKeys(bench: Bench, setting: VolumeSetting): readonly DoctorCheck[] {
  if (!setting.optedIn) return [];
  const holes = [fileSystemHole(bench), ...roleHole(bench), ...groupHoles(setting)];
  return holes.map((hole) => checkOf(hole.title, findingOf(hole), (finding) => plainFault(finding, [hole.command])));
}

function findingOf({ turned, resource, tag, title }: KeyHole): readonly Finding[] {
  if (turned) return [];
  if (turned === false) return [{ code: 'key-missing', subject: resource, evidence: { tag } }];
  return [
    { code: 'not-checked', subject: title, evidence: { what: title, why: `the tags of ${resource} were not read` } },
  ];
}

function fileSystemHole({ mount, volume, region }: Bench): KeyHole {
  const { family } = mount.taskDefinition;
  const tags = seen(volume.fileSystem)?.tags;
  return {
    title: 'key of the file system',
    resource: volume.efs.fileSystemId,
    tag: `${TAG.allow} = ${family}`,
    turned: tags && allowsFamily(tags, family),
    command: `${fileSystemCommand(volume.efs.fileSystemId, family, tags)} --region ${region}`,
  };
}

function roleHole({ mount: { role, roleArn } }: Bench): readonly KeyHole[] {
  if (role === undefined || roleArn === undefined) return [];
  const name = roleNameOf(roleArn);
  return [
    {
      title: 'key of the task role',
      resource: roleArn,
      tag: `${TAG.allow} = true`,
      turned: turned(seen(role)?.tags),
      command: aws(['iam', 'tag-role', '--role-name', name, '--tags', `Key=${TAG.allow},Value=true`]),
    },
  ];
}

/** With the stack's guard relaxed, security groups need no key. */
function groupHoles({ look, guard, region }: VolumeSetting): readonly KeyHole[] {
  if (guard === 'relaxed') return [];
  return Object.entries(look.groups).map(([id, group]) => ({
    title: "key of the mount target's security group",
    resource: id,
    tag: `${TAG.allow} = true`,
    turned: turned(seen(group)?.tags),
    command: aws(['ec2', 'create-tags', '--resources', id, '--tags', `Key=${TAG.allow},Value=true`], { region }),
  }));
}

function turned(tags: Tags | undefined): boolean | undefined {
  return tags && hasKey(tags, TAG.allow);
}
