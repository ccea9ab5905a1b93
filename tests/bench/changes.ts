import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';
import type { Installation } from '../../lib/simulator/stack/installation.ts';
import { denyingPolicy, operator } from '../scenarios/operator.ts';
import { DRIFT, PROVISION, type Stage, SWEEP, WATCH } from './bounds.ts';
import { installed, type SlowAccount } from './slow-account.ts';

const MIB = 1024 ** 2;

export interface Change {
  readonly what: string;
  readonly keeper: 'drift' | 'provision' | 'sweep' | 'throughput';
  readonly bound: readonly Stage[];
  /** Gives the number of the first call that counts. */
  readonly run: (account: SlowAccount) => Promise<number>;
}

interface Scene {
  readonly account: SlowAccount;
  readonly estate: Estate;
  readonly installed: Installation;
}

/** A tag on a task definition becomes access point, grant and wired revision. */
export const SET_UP: Change = {
  what: 'access point, grant and revision',
  keeper: 'provision',
  bound: PROVISION,
  run: async (account) => {
    const estate = buildEstate(account, { accessPoint: false, iam: false, tls: false, standalone: true, user: '1000' });
    const role = account.state.iam.roles[estate.taskRoleName];
    if (role) role.inlinePolicies = {};
    const { invoke } = installed(account, { patterns: {} });
    account.slow = true;
    const since = account.callCount();
    await invoke('provision', { taskDefinition: estate.family });
    return since;
  },
};

/** What others change, while the family is healthy and known. */
export const CHANGES: readonly Change[] = [
  change('a rule is revoked', ({ account, estate }) =>
    operator(account).revokeAll(estate.mountTargetGroupId, 'ingress'),
  ),
  change('a policy denies', ({ account, estate }) =>
    operator(account).putPolicy(estate.fileSystemId, denyingPolicy(estate.fileSystemArn, estate.taskRoleArn)),
  ),
  change('a mount target is gone', ({ account }) => {
    const [target] = Object.values(account.state.efs.mountTargets);
    return operator(account).deleteMountTarget(target?.id ?? '');
  }),
];

/** What the schedules find, hour by hour, where all is well. */
export const ROUNDS: readonly Change[] = [
  {
    what: 'a family that is well',
    keeper: 'sweep',
    bound: SWEEP,
    run: async (account) => {
      buildEstate(account, {});
      const { invoke } = installed(account, { patterns: {} });
      await invoke('sweep', {});
      account.slow = true;
      const since = account.callCount();
      await invoke('sweep', {});
      return since;
    },
  },
  {
    what: 'a file system that is due',
    keeper: 'throughput',
    bound: WATCH,
    run: async (account) => {
      const { fileSystemId } = buildEstate(account, { fileSystemTags: { 'mountkeeper:throughput': 'auto' } });
      fullBucket(account, fileSystemId);
      const { deliver } = installed(account, { patterns: {} });
      account.slow = true;
      const since = account.callCount();
      await deliver('throughput', { source: 'aws.events', 'detail-type': 'Throughput Schedule' });
      return since;
    },
  },
];

/** Credits as at the start, and a little use. */
function fullBucket(account: SlowAccount, fileSystemId: string): void {
  const values = { BurstCreditBalance: 2.1 * 1024 ** 4, PermittedThroughput: 100 * MIB, MeteredIOBytes: 60 * MIB };
  for (let minute = 180; minute > 0; minute -= 1) {
    const atMs = account.clock.nowMs() - minute * 60_000;
    for (const [metric, value] of Object.entries(values)) {
      const name = { namespace: 'AWS/EFS', metric, dimensions: { FileSystemId: fileSystemId } };
      addPoint(account, name, { atMs, sum: value, min: value, max: value, samples: 1 });
    }
  }
}

function change(what: keyof typeof DRIFT, act: (scene: Scene) => Promise<unknown>): Change {
  return {
    what,
    keeper: 'drift',
    bound: DRIFT[what],
    run: async (account) => {
      const estate = buildEstate(account, {});
      const installation = installed(account);
      await installation.invoke('drift', { family: estate.family });
      await account.bus.drain();
      await act({ account, estate, installed: installation });
      account.slow = true;
      const since = account.callCount();
      await account.bus.drain();
      return since;
    },
  };
}
