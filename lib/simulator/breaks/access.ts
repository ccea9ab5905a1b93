import type { Account } from '../account.ts';
import { grant } from '../estate/roles.ts';
import type { Estate } from '../estate/spec.ts';
import { denyStatement, enforcingStatements, putPolicy } from '../estate/storage.ts';
import { amendDefinition, amendVolume, type BreakTable, EVERYWHERE, withoutAuthorization } from './break.ts';

export const accessBreaks = {
  'tls-off': {
    description: 'the file-system policy asks for encryption in transit, and the volume has none',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      amendVolume(account, estate, (efs) => ({ ...withoutAuthorization(efs), transitEncryption: 'DISABLED' }));
      putPolicy(account, estate.fileSystemId, [
        ...enforcingStatements(estate.fileSystemArn),
        openStatement(estate.fileSystemArn),
      ]);
    },
  },
  'iam-off': {
    description: 'the file-system policy lets roles in only, and the volume does not use IAM',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      enforce(account, estate);
      amendVolume(account, estate, (efs) => {
        const accessPointId = efs.authorizationConfig?.accessPointId;
        return { ...withoutAuthorization(efs), ...(accessPointId && { authorizationConfig: { accessPointId } }) };
      });
    },
  },
  'no-task-role': {
    description: 'the volume uses IAM, and the task definition has no task role',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => amendDefinition(account, estate, ({ taskRoleArn: _gone, ...definition }) => definition),
  },
  'no-grant': {
    description: 'the file-system policy lets granted roles in only, and the task role has no grant',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      enforce(account, estate);
      dropGrants(account, estate);
    },
  },
  'grant-on-ap-arn': {
    description: 'the grant names the access point as its resource, which matches nothing',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      enforce(account, estate);
      const fileSystemArn =
        estate.accessPointArn ?? estate.fileSystemArn.replace('file-system/fs-', 'access-point/fsap-');
      grant(account, estate.taskRoleName, { fileSystemArn, actions: ['ClientMount', 'ClientWrite'] });
    },
  },
  'grant-on-execution-role': {
    description: 'the execution role has the grant instead of the task role',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      enforce(account, estate);
      dropGrants(account, estate);
      grant(account, estate.executionRoleName, { ...estate, actions: ['ClientMount', 'ClientWrite'] });
    },
  },
  'policy-deny': {
    description: 'the file-system policy denies the task role',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) =>
      putPolicy(account, estate.fileSystemId, [
        ...enforcingStatements(estate.fileSystemArn),
        denyStatement(estate.fileSystemArn, estate.taskRoleArn),
      ]),
  },
  'no-client-write': {
    description: 'the grant lets the task mount and read, and it has to write',
    kinds: EVERYWHERE,
    ends: 'app',
    apply: (account, estate) => {
      enforce(account, estate);
      grant(account, estate.taskRoleName, { ...estate, actions: ['ClientMount'] });
    },
  },
  'root-dir-not-found': {
    description: 'the volume’s root directory does not exist',
    kinds: EVERYWHERE,
    ends: 'stopped',
    apply: (account, estate) => {
      const actions = ['ClientMount', 'ClientWrite', 'ClientRootAccess'];
      grant(account, estate.taskRoleName, { fileSystemArn: estate.fileSystemArn, actions });
      amendVolume(account, estate, (efs) => {
        const iam = efs.authorizationConfig?.iam;
        const kept = { ...withoutAuthorization(efs), rootDirectory: '/missing' };
        return iam ? { ...kept, authorizationConfig: { iam } } : kept;
      });
    },
  },
} as const satisfies BreakTable;

function enforce(account: Account, estate: Estate): void {
  putPolicy(account, estate.fileSystemId, enforcingStatements(estate.fileSystemArn));
}

function openStatement(fileSystemArn: string): object {
  const actions = ['ClientMount', 'ClientWrite', 'ClientRootAccess'].map((action) => `elasticfilesystem:${action}`);
  return { Sid: 'Open', Effect: 'Allow', Principal: { AWS: '*' }, Action: actions, Resource: fileSystemArn };
}

/** As if the removal had gone everywhere already. */
function dropGrants(account: Account, { taskRoleName }: Estate): void {
  const role = account.state.iam.roles[taskRoleName];
  if (role) Object.assign(role, { inlinePolicies: {}, attachedPolicies: {}, lingering: [] });
}
