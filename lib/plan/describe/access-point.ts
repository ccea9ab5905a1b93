import type { CreateAccessPoint, DeleteAccessPoint } from '../../domain/action.ts';
import type { CreationInfo, PosixUser } from '../../domain/efs.ts';
import type { Description } from './description.ts';
import { aws, type Given } from './shell.ts';

const DATA_STAYS = 'The directory and its data stay.';

export function describeCreateAccessPoint(action: CreateAccessPoint, given: Given): Description {
  const made = madeAccessPoint(action, given.made);
  const identity = action.user === undefined ? 'no POSIX user' : `uid ${action.user.uid} gid ${action.user.gid}`;
  return {
    sign: '+',
    thing: action.fileSystemId,
    part: `access point${made === undefined ? '' : ` ${made}`}`,
    change: `${action.path}, ${identity}${action.creation === undefined ? '' : `, ${action.creation.permissions}`}`,
    detail: [
      `for volume ${action.volume} of family ${action.family}`,
      action.creation === undefined
        ? 'the directory must exist already: it is not created'
        : `the directory is created at the first mount for ${action.creation.ownerUid}:${action.creation.ownerGid}`,
    ],
    byHand: createCommand(action, given),
    undo:
      made === undefined
        ? { cannot: 'Its id is not known yet: list the access points of the file system first.' }
        : { command: deleteCommand(made, given), note: DATA_STAYS },
    check: made === undefined ? listCommand(action.fileSystemId, given) : showCommand(made, given),
  };
}

export function describeDeleteAccessPoint(action: DeleteAccessPoint, given: Given): Description {
  return {
    sign: '-',
    thing: action.fileSystemId,
    part: `access point ${action.accessPointId}`,
    change: 'directory and data stay',
    detail: [`of family ${action.family}`, 'tasks that name it cannot start any more; connected ones go on'],
    byHand: deleteCommand(action.accessPointId, given),
    undo: { cannot: 'A deleted access point never comes back under its id: provisioning the family makes a new one.' },
    check: listCommand(action.fileSystemId, given),
  };
}

/** The id of what this step made, under the journal's name or the name that later steps use for it. */
export function madeAccessPoint(
  action: CreateAccessPoint,
  made: Readonly<Record<string, string>> = {},
): string | undefined {
  return made['accessPointId'] ?? made[`access-point:${action.volume}:id`];
}

function createCommand(action: CreateAccessPoint, given: Given): string {
  const { user, creation, path, tags } = action;
  const tagWords = Object.entries(tags).map(([key, value]) => `Key=${key},Value=${value}`);
  const words = [
    ...['efs', 'create-access-point', '--file-system-id', action.fileSystemId],
    ...['--client-token', action.clientToken],
    ...(user === undefined ? [] : ['--posix-user', posixWord(user)]),
    ...['--root-directory', `Path=${path}${creation === undefined ? '' : `,CreationInfo=${creationWord(creation)}`}`],
    ...(tagWords.length === 0 ? [] : ['--tags', ...tagWords]),
  ];
  return aws(words, given);
}

function posixWord({ uid, gid, secondaryGids }: PosixUser): string {
  const more = secondaryGids === undefined || secondaryGids.length === 0 ? '' : `,SecondaryGids=${secondaryGids}`;
  return `Uid=${uid},Gid=${gid}${more}`;
}

function creationWord({ ownerUid, ownerGid, permissions }: CreationInfo): string {
  return `{OwnerUid=${ownerUid},OwnerGid=${ownerGid},Permissions=${permissions}}`;
}

function deleteCommand(accessPointId: string, given: Given): string {
  return aws(['efs', 'delete-access-point', '--access-point-id', accessPointId], given);
}

function showCommand(accessPointId: string, given: Given): string {
  return aws(['efs', 'describe-access-points', '--access-point-id', accessPointId], given);
}

function listCommand(fileSystemId: string, given: Given): string {
  return aws(['efs', 'describe-access-points', '--file-system-id', fileSystemId], given);
}
