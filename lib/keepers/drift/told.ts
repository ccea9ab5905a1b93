import type { Finding } from '../../domain/finding.ts';
import { aws } from '../../plan/describe/shell.ts';
import type { Radius } from '../../plan/radius.ts';
import type { Change, DriftInput } from './parse.ts';

/** Who changed what, and how it is put back as it was when it was last looked at. */
export function toldOf(input: DriftInput, remembered: Radius | undefined): readonly Finding[] {
  const change = 'change' in input ? input.change : undefined;
  if (!change) return [];
  const resource = input.kind === 'changed' ? input.resource : input.kind === 'blocked' ? input.groupId : '';
  const command = takeBack({ change, resource, was: remembered?.things[resource]?.was });
  const { call, who, at, from } = change;
  const evidence = { call, who, at, from, with: change.with };
  return [
    {
      code: 'changed-by-somebody',
      subject: resource,
      evidence: { ...evidence, ...(command === undefined ? {} : { command }) },
    },
  ];
}

interface Done {
  readonly change: Change;
  readonly resource: string;
  readonly was: Readonly<Record<string, string>> | undefined;
}

type Way = (resource: string, was: Readonly<Record<string, string>>) => readonly string[] | undefined;

/** The inverse of each call, from what is remembered; a call that has none is not here. */
const WAYS_BACK: Readonly<Record<string, Way>> = {
  ModifyMountTargetSecurityGroups: (id, { groups }) =>
    groups
      ? [
          'efs',
          'modify-mount-target-security-groups',
          '--mount-target-id',
          id,
          '--security-groups',
          ...groups.split(' '),
        ]
      : undefined,
  DeleteMountTarget: (_id, { fileSystem, subnet, groups }) =>
    fileSystem && subnet && groups
      ? [
          ...['efs', 'create-mount-target', '--file-system-id', fileSystem, '--subnet-id', subnet],
          ...['--security-groups', ...groups.split(' ')],
        ]
      : undefined,
  PutFileSystemPolicy: policyBack,
  DeleteFileSystemPolicy: policyBack,
  DeleteAccessPoint: (_id, { fileSystem, path, user }) =>
    fileSystem && path
      ? [
          ...['efs', 'create-access-point', '--file-system-id', fileSystem, '--root-directory', `Path=${path}`],
          ...(user ? ['--posix-user', user] : []),
        ]
      : undefined,
};

function policyBack(id: string, { policy }: Readonly<Record<string, string>>): readonly string[] | undefined {
  if (policy === undefined) return undefined;
  if (policy === 'none') return ['efs', 'delete-file-system-policy', '--file-system-id', id];
  return ['efs', 'put-file-system-policy', '--file-system-id', id, '--policy', policy];
}

function takeBack({ change, resource, was }: Done): string | undefined {
  const words = was && WAYS_BACK[change.call]?.(resource, was);
  return words && aws(words);
}
