import { breakIt } from '../../lib/simulator/break-it.ts';
import { addGroup } from '../../lib/simulator/estate/network.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { BARE } from '../scenarios/bare.ts';
import { denyingPolicy, operator } from '../scenarios/operator.ts';
import { DRIFT, PROVISION, type Stage, SWEEP, WATCH } from './bounds.ts';
import { addMetrics } from './metrics.ts';
import { installed, type SlowAccount } from './slow-account.ts';

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
}

/** A tag on a task definition becomes access point, grant and wired revision. */
export const SET_UP: Change = {
  what: 'access point, grant and revision',
  keeper: 'provision',
  bound: PROVISION,
  run: async (account) => {
    const estate = buildEstate(account, { ...BARE, user: '1000' });
    const role = account.state.iam.roles[estate.taskRoleName];
    if (role) role.inlinePolicies = {};
    const { invoke } = installed(account, { patterns: {} });
    account.slow = true;
    const since = account.callCount();
    await invoke('provision', { taskDefinition: estate.family });
    return since;
  },
};

/**
 * What others change, while the family is healthy and known. What is not here takes the same way as something that is: a
 * mount target that is made, a file system that is updated or made (as a tag that is set), a rule that is modified (as one
 * that is revoked), a group or file system that is deleted (as a mount target).
 */
export const CHANGES: readonly Change[] = [
  change('a rule is revoked', ({ account, estate }) =>
    operator(account).revokeAll(estate.mountTargetGroupId, 'ingress'),
  ),
  change('an egress rule is revoked', ({ account, estate }) =>
    operator(account).revokeAll(estate.clientGroupId, 'egress'),
  ),
  change('a policy denies', ({ account, estate }) =>
    operator(account).putPolicy(estate.fileSystemId, denyingPolicy(estate.fileSystemArn, estate.taskRoleArn)),
  ),
  change('a policy is deleted, and the mounts work', ({ account, estate }) =>
    operator(account).deletePolicy(estate.fileSystemId),
  ),
  change('a mount target is gone', ({ account }) => operator(account).deleteMountTarget(aTarget(account))),
  change('a mount target gets groups without a key', ({ account, estate }) =>
    operator(account).setGroups(aTarget(account), [otherGroup({ account, estate })]),
  ),
  change('an access point is deleted', ({ account, estate }) =>
    operator(account).deleteAccessPoint(estate.accessPointId ?? ''),
  ),
  change('a tag of Mountkeeper is set', ({ account, estate }) =>
    operator(account).tag(estate.fileSystemId, 'mountkeeper:share/reports', 'shop-api'),
  ),
  change('a key is taken away', ({ account, estate }) =>
    operator(account).untag(estate.fileSystemId, 'mountkeeper:allow'),
  ),
  change(
    'a rule of ours keeps a group from being deleted',
    async ({ account, estate }) => {
      for (const arn of Object.keys(account.state.ecs.services)) delete account.state.ecs.services[arn];
      await operator(account)
        .deleteGroup(estate.clientGroupId)
        .catch(() => undefined);
    },
    ({ account, estate }) => breakIt(account, estate, 'sg-ingress'),
  ),
  change('a client connects, and no incident is open', ({ account, estate }) => runEstate(account, estate)),
  change('something changes that no mount rests on', ({ account, estate }) =>
    operator(account).revokeAll(otherGroup({ account, estate }), 'egress'),
  ),
];

function aTarget({ state }: SlowAccount): string {
  return Object.keys(state.efs.mountTargets)[0] ?? '';
}

function otherGroup({ account, estate }: Scene): string {
  return addGroup(account, { vpcId: estate.vpcId, name: 'other', keyed: false });
}

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
      addMetrics(account, [fileSystemId]);
      const { deliver } = installed(account, { patterns: {} });
      account.slow = true;
      const since = account.callCount();
      await deliver('throughput', { source: 'aws.events', 'detail-type': 'Throughput Schedule' });
      return since;
    },
  },
];

function change(
  what: keyof typeof DRIFT,
  act: (scene: Scene) => Promise<unknown>,
  before: (scene: Scene) => unknown = () => undefined,
): Change {
  return {
    what,
    keeper: 'drift',
    bound: DRIFT[what],
    run: async (account) => {
      const estate = buildEstate(account, { trail: true });
      const { invoke } = installed(account);
      before({ account, estate });
      await invoke('drift', { family: estate.family });
      await account.bus.drain();
      await act({ account, estate });
      account.slow = true;
      const since = account.callCount();
      await account.bus.drain();
      return since;
    },
  };
}
