import { addFileSystem } from '../estate/storage.ts';
import { amendAccessPoint, amendVolume, type BreakTable, EVERYWHERE } from './break.ts';

export const accessPointBreaks = {
  'ap-missing': {
    description: 'the access point was deleted',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      delete account.state.efs.accessPoints[estate.accessPointId ?? ''];
    },
  },
  'ap-other-fs': {
    description: 'the access point belongs to another file system',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      const fileSystemId = addFileSystem(account, []);
      amendAccessPoint(account, estate, (point) => ({ ...point, fileSystemId }));
    },
  },
  'ap-creating': {
    description: 'the access point is not available',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => amendAccessPoint(account, estate, (point) => ({ ...point, lifeCycle: 'creating' })),
  },
  'ap-no-directory': {
    description: 'the access point’s directory does not exist, and it does not say how to make it',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      amendAccessPoint(account, estate, ({ creationInfo: _gone, ...point }) => point);
      delete account.state.efs.directories[estate.fileSystemId]?.[`/${estate.family}`];
    },
  },
  'root-dir-with-ap': {
    description: 'the volume names a root directory beside its access point',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => amendVolume(account, estate, (efs) => ({ ...efs, rootDirectory: '/data' })),
  },
} as const satisfies BreakTable;
