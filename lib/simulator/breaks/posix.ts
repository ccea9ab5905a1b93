import type { EfsState } from '../efs-state.ts';
import { amendAccessPoint, type BreakTable, EVERYWHERE, ON_INSTANCES } from './break.ts';

export const posixBreaks = {
  'root-squash': {
    description: 'the access point’s user is root, and nobody grants ClientRootAccess',
    kinds: EVERYWHERE,
    ends: 'app',
    apply: (account, estate) => {
      amendAccessPoint(account, estate, (point) => ({
        ...point,
        posixUser: { uid: 0, gid: 0 },
        creationInfo: { ownerUid: 0, ownerGid: 0, permissions: '0755' },
      }));
      ownDirectory(account.state.efs.directories, estate, { uid: 0, mode: '0755' });
    },
  },
  'posix-mismatch': {
    description: 'the directory belongs to another user than the access point’s',
    kinds: EVERYWHERE,
    ends: 'app',
    apply: (account, estate) => {
      amendAccessPoint(account, estate, (point) => point);
      ownDirectory(account.state.efs.directories, estate, { uid: 2000, mode: '0750' });
    },
  },
  'copy-up-chown': {
    description: 'the image has the mounted directory with another owner, and Docker may not copy that',
    kinds: ON_INSTANCES,
    ends: 'container',
    apply: (account, estate) => {
      account.state.ecs.images[estate.image] = { directories: { [estate.containerPath]: { uid: 33, gid: 33 } } };
    },
  },
} as const satisfies BreakTable;

function ownDirectory(
  directories: EfsState['directories'],
  { fileSystemId, family }: { readonly fileSystemId: string; readonly family: string },
  owner: { readonly uid: number; readonly mode: string },
): void {
  directories[fileSystemId] ??= {};
  directories[fileSystemId][`/${family}`] = { uid: owner.uid, gid: owner.uid, mode: owner.mode };
}
