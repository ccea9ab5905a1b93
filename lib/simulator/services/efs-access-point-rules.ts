import type { CreateAccessPointRequest } from '@aws-sdk/client-efs';
import { simError } from '../errors.ts';
import { tagTrouble } from '../tags.ts';

/** The pattern of `Path` in the EFS API model: one to four components, none beginning with a dot. */
const PATH = /^(\/|(\/(?!\.)+[^$#<>;`|&?{}^*/\n]+){1,4})$/;
const LONGEST_PATH = 100;
const PERMISSIONS = /^[0-7]{3,4}$/;
const LARGEST_ID = 4_294_967_295;
const MOST_SECONDARY_GIDS = 16;
const LONGEST_TOKEN = 64;

function isId(value: number | undefined): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID;
}

type Rule = readonly [text: string, holds: (input: CreateAccessPointRequest) => boolean];

const RULES: readonly Rule[] = [
  [
    'RootDirectory.Path must match the pattern of an access point path and have at most 100 characters',
    ({ RootDirectory: root }) => root?.Path === undefined || (PATH.test(root.Path) && root.Path.length <= LONGEST_PATH),
  ],
  [
    'PosixUser.Uid and PosixUser.Gid must be between 0 and 4294967295',
    ({ PosixUser: user }) => user === undefined || (isId(user.Uid) && isId(user.Gid)),
  ],
  [
    'PosixUser.SecondaryGids takes at most 16 ids',
    ({ PosixUser: user }) => (user?.SecondaryGids ?? []).length <= MOST_SECONDARY_GIDS,
  ],
  [
    'PosixUser.SecondaryGids must be between 0 and 4294967295',
    ({ PosixUser: user }) => (user?.SecondaryGids ?? []).every(isId),
  ],
  [
    'CreationInfo needs OwnerUid and OwnerGid between 0 and 4294967295',
    ({ RootDirectory: root }) =>
      root?.CreationInfo === undefined || (isId(root.CreationInfo.OwnerUid) && isId(root.CreationInfo.OwnerGid)),
  ],
  [
    'CreationInfo.Permissions must match ^[0-7]{3,4}$',
    ({ RootDirectory: root }) =>
      root?.CreationInfo === undefined || PERMISSIONS.test(root.CreationInfo.Permissions ?? ''),
  ],
  [
    'ClientToken must have 1 to 64 characters',
    ({ ClientToken: token }) => token === undefined || (token.length >= 1 && token.length <= LONGEST_TOKEN),
  ],
];

/** Throws BadRequest for what the EFS API model forbids. */
export function checkAccessPointRequest(input: CreateAccessPointRequest): void {
  const broken = RULES.find(([, holds]) => !holds(input))?.[0] ?? tagTrouble(input.Tags ?? []);
  if (broken !== undefined) throw simError('BadRequest', 400, broken);
}
