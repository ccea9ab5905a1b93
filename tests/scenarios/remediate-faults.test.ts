import { runEstate } from '../../lib/simulator/estate.ts';
import type { FaultKind } from '../../lib/simulator/faults.ts';
import { functionRole } from '../../lib/simulator/stack/installation.ts';
import { scale } from '../scale.ts';
import { breakIt, mounts, type Stage, stage } from './stage.ts';

type Cause = 'sg-ingress' | 'no-grant';

/** What must hold at the end, however the run was disturbed: one change, told, and the next task mounts. */
async function endState(here: Stage): Promise<unknown> {
  const told = here.account.state.sns.published.filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'));
  const rules = Object.values(here.account.state.ec2.securityGroups).flatMap(({ rules: all }) =>
    Object.values(all).filter(({ tags }) => tags.some(({ Key }) => Key === 'mountkeeper:managed')),
  );
  const policies = Object.keys(here.account.state.iam.roles[here.estate.taskRoleName]?.inlinePolicies ?? {});
  return {
    mounts: await mounts(here),
    told: told.length >= 1,
    rules: rules.length,
    policies: policies.filter((name) => name.startsWith('mountkeeper-')).length,
  };
}

async function callsOf(cause: Cause): Promise<number> {
  const here = await broken(cause);
  const role = functionRole(here.account, 'remediate');
  await here.account.bus.drain();
  return here.account.calls.filter(({ caller }) => caller === role).length;
}

async function broken(cause: Cause): Promise<Stage> {
  const here = stage({ standalone: true });
  breakIt(here.account, here.estate, cause);
  await runEstate(here.account, here.estate);
  return here;
}

const EXPECTED: Readonly<Record<Cause, unknown>> = {
  'sg-ingress': { mounts: true, told: true, rules: 1, policies: 0 },
  'no-grant': { mounts: true, told: true, rules: 0, policies: 1 },
};

const FAULTS = [
  'crash-before',
  'crash-after',
  'timeout',
  'timeout-after',
  'throttle',
] as const satisfies readonly FaultKind[];

/** `npm test` disturbs every fifth call by each kind, each kind another one; the soak disturbs every call by every kind. */
const STRIDE = scale(1) > 1 ? 1 : FAULTS.length;

/** The event is delivered again by itself, as Lambda retries an invocation that failed. */
describe.each(['sg-ingress', 'no-grant'] as const)('%s, disturbed at every call', (cause) => {
  test.each(FAULTS)(
    '%s ends as the undisturbed run does',
    async (kind) => {
      const total = await callsOf(cause);
      expect(total).toBeGreaterThan(20);
      const ends: [number, unknown][] = [];
      for (let nth = 1 + FAULTS.indexOf(kind); nth <= total; nth += STRIDE) {
        const here = await broken(cause);
        here.account.faults.inject({ match: { caller: functionRole(here.account, 'remediate'), nth }, kind, times: 1 });
        await here.account.bus.drain();
        ends.push([nth, await endState(here)]);
      }
      const wrong = ends.filter(([, end]) => JSON.stringify(end) !== JSON.stringify(EXPECTED[cause]));
      expect(wrong).toEqual([]);
    },
    240_000,
  );
});
