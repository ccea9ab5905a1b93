import { runEstate } from '../../lib/simulator/estate.ts';
import type { FaultKind } from '../../lib/simulator/faults.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { scale } from '../scale.ts';
import { operator } from './operator.ts';
import { provisioned } from './provision-stage.ts';
import { breakIt, mounts, type Stage, stage } from './stage.ts';

jest.setTimeout(240_000);

const KINDS = [
  'crash-before',
  'crash-after',
  'timeout',
  'timeout-after',
  'throttle',
] as const satisfies readonly FaultKind[];

function told({ account }: Stage): number {
  return account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts')).length;
}

function rulesOf({ account, estate }: Stage): number {
  const rules = Object.values(account.state.ec2.securityGroups[estate.mountTargetGroupId]?.rules ?? {});
  return rules.filter(({ isEgress }) => !isEgress).length;
}

interface Trouble {
  readonly keeper: 'drift' | 'sweep';
  /** Every so many of the run's calls are disturbed in `npm test`, more of them in `npm run soak`. */
  readonly every: number;
  readonly begin: () => Promise<Stage>;
  /** Once, and again where the invocation failed: Lambda tries twice more. */
  readonly trigger: (at: Stage) => unknown;
  readonly end: (at: Stage) => Promise<unknown>;
}

async function known(): Promise<Stage> {
  const at = stage({ keys: { service: false } }, { patterns: {} });
  await at.installed.invoke('sweep', {});
  return at;
}

async function made(): Promise<Stage> {
  const wishes = { standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } };
  const at = await provisioned(wishes, { patterns: {} });
  await at.installed.invoke('sweep', {});
  const [point] = Object.values(at.account.state.efs.accessPoints);
  await operator(at.account).deleteAccessPoint(point?.id ?? '');
  await at.account.clock.advance(3_600_000);
  return at;
}

const lastEvent =
  (name: string) =>
  ({ account }: Stage) =>
    account.bus.events.findLast(({ detail }) => JSON.stringify(detail).includes(`"eventName":"${name}"`));

const TROUBLES: Readonly<Record<string, Trouble>> = {
  'drift hears of a revoked rule': {
    keeper: 'drift',
    every: 13,
    begin: async () => {
      const at = await known();
      await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
      return at;
    },
    trigger: lastEvent('RevokeSecurityGroupIngress'),
    end: async (at) => ({ rules: rulesOf(at), mounts: await mounts(at), told: told(at) > 0 }),
  },
  'the sweep finds a grant that is gone': {
    keeper: 'sweep',
    every: 13,
    begin: async () => {
      const at = await known();
      breakIt(at.account, at.estate, 'no-grant');
      return at;
    },
    trigger: () => ({}),
    end: async (at) => ({
      policies: Object.keys(at.account.state.iam.roles[at.estate.taskRoleName]?.inlinePolicies ?? {}).length,
      mounts: await mounts(at),
      told: told(at) > 0,
    }),
  },
  'drift hears of a deleted access point': {
    keeper: 'drift',
    every: 50,
    begin: made,
    trigger: lastEvent('DeleteAccessPoint'),
    end: async (at) => {
      await at.account.clock.advance(600_000);
      const points = Object.values(at.account.state.efs.accessPoints).map(({ path, posixUser }) => ({
        path,
        posixUser,
      }));
      return { points, mounts: await mounts(at), told: told(at) > 0 };
    },
  },
};

async function deliver(at: Stage, { keeper, trigger }: Trouble, runId: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await at.installed.deliver(keeper, trigger(at), runId);
      return;
    } catch {
      // As Lambda does: the same invocation again, in a new process.
    }
  }
}

describe.each(Object.entries(TROUBLES))('%s', (_what, trouble) => {
  test.each(KINDS)('%s at any call ends as the undisturbed run does', async (kind) => {
    const calm = await trouble.begin();
    const from = calm.account.callCount();
    await deliver(calm, trouble, 'calm');
    const role = functionRole(calm.account, trouble.keeper);
    const total = calm.account.calls.slice(from).filter(({ caller }) => caller === role).length;
    const expected = await trouble.end(calm);
    expect(total).toBeGreaterThan(20);
    const wrong: [number, unknown][] = [];
    const step = Math.max(1, Math.round(trouble.every / scale(1)));
    for (let nth = 1 + KINDS.indexOf(kind); nth <= total; nth += step) {
      const at = await trouble.begin();
      at.account.faults.inject({ match: { caller: role, nth }, kind, times: 1 });
      await deliver(at, trouble, 'disturbed');
      at.account.faults.clear();
      // What a run could not finish is the next sweep's.
      await at.account.clock.advance(200_000);
      await at.installed.invoke('sweep', {});
      const end = await trouble.end(at);
      if (JSON.stringify(end) !== JSON.stringify(expected)) wrong.push([nth, end]);
    }
    expect({ wrong, expected }).toEqual({ wrong: [], expected });
  });
});

test('the same event ten times, at once and one after the other: one change, one alert', async () => {
  const at = await known();
  await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
  const event = lastEvent('RevokeSecurityGroupIngress')(at);
  await Promise.all(Array.from({ length: 5 }, () => at.installed.deliver('drift', event)));
  for (let time = 0; time < 5; time += 1) await at.installed.deliver('drift', event);
  const made = at.account.calls.filter(({ operation, error }) => operation.startsWith('Authorize') && !error);
  expect({ made: made.length, rules: rulesOf(at), told: told(at) }).toEqual({ made: 1, rules: 1, told: 1 });
});

test('drift, sweep and remediate meet the same trouble at once: one rule, and nothing is left open', async () => {
  const at = await known();
  await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
  const revoked = lastEvent('RevokeSecurityGroupIngress')(at);
  await runEstate(at.account, at.estate);
  const stopped = at.account.bus.events.findLast(({ detail }) =>
    JSON.stringify(detail).includes('"lastStatus":"STOPPED"'),
  );
  const arrived = await Promise.allSettled([
    at.installed.deliver('drift', revoked),
    at.installed.deliver('remediate', stopped),
    at.installed.deliver('sweep', {}),
    at.installed.deliver('drift', revoked),
  ]);
  expect(arrived.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(rulesOf(at)).toBe(1);
  expect(await mounts(at)).toBe(true);
});
