import type { FaultKind } from '../../lib/simulator/faults.ts';
import { scale } from '../scale.ts';
import { byHand, grantOf, managedPoints, newest, revisions, setTags, untouched } from './provision-stage.ts';
import { breakIt, type Stage } from './stage.ts';

const ROLE = 'arn:aws:iam::111122223333:role/mountkeeper-provision-eu-west-1';
const REQUEST = { taskDefinition: 'shop-api' };

/** Everything is missing: access point, rule, grant, revision, and a service that may be moved. */
function prepared(): Stage {
  const at = untouched({ standalone: false });
  setTags(at, { 'mountkeeper:start': 'empty' });
  breakIt(at.account, at.estate, 'sg-ingress');
  return at;
}

/** The first attempt dies or fails, Lambda delivers it again under the same id, and the sweep comes by later. */
async function withRetry(at: Stage): Promise<void> {
  try {
    await at.installed.deliver('provision', REQUEST, 'run of the event');
  } catch {
    // The process died; what it left is what the next attempt finds.
  }
  at.account.faults.clear();
  await at.account.clock.advance(60_000);
  await at.installed.deliver('provision', REQUEST, 'run of the event');
  await at.account.clock.advance(6 * 60_000);
  await byHand(at);
}

/** The end state, without ids. */
function endOf(at: Stage) {
  const { account, estate } = at;
  const wired = newest(at);
  const [point] = managedPoints(at);
  const rules = Object.values(account.state.ec2.securityGroups[estate.mountTargetGroupId]?.rules ?? {});
  const service = Object.values(account.state.ecs.services)[0];
  return {
    points: managedPoints(at).map(({ path, posixUser, lifeCycle }) => ({ path, posixUser, lifeCycle })),
    revisions: revisions(account, estate.family).length,
    wiredTo: wired.definition.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig?.accessPointId === point?.id,
    granted: grantOf(at)
      ?.Statement.flatMap(({ Condition }) => Condition.ArnEquals['elasticfilesystem:AccessPointArn'])
      .map((arn) => arn === point?.arn),
    rules: rules.length,
    moved: service?.taskDefinition === wired.arn,
  };
}

async function baseline() {
  const at = prepared();
  await at.installed.deliver('provision', REQUEST, 'run of the event');
  const calls = at.account.calls.filter(({ caller }) => caller === ROLE);
  return { at, calls, end: endOf(at) };
}

/** So many of them spread over the whole run, all of them in the soak test. */
function spread(count: number, most: number): readonly number[] {
  const size = Math.min(count, most);
  return Array.from({ length: size }, (_none, index) => 1 + Math.floor((index * count) / size));
}

describe('a crash at any call and the event again: the end state is the same', () => {
  test.each<[FaultKind]>([['crash-before'], ['crash-after']])(
    '%s',
    async (kind) => {
      const { calls, end } = await baseline();
      const different: unknown[] = [];
      for (const nth of spread(calls.length, scale(12))) {
        const at = prepared();
        at.account.faults.inject({ match: { caller: ROLE, nth }, kind, times: 1 });
        await withRetry(at);
        const found = endOf(at);
        if (JSON.stringify(found) !== JSON.stringify(end))
          different.push({ at: calls[nth - 1]?.operation, nth, found });
      }
      expect({ steps: end, different }).toEqual({ steps: end, different: [] });
      expect(end).toMatchObject({ revisions: 2, wiredTo: true, granted: [true], moved: true });
    },
    600_000,
  );
});

describe('a call that is throttled or gets no answer, until the SDK gives up', () => {
  test.each<[FaultKind]>([['throttle'], ['timeout'], ['timeout-after']])(
    '%s',
    async (kind) => {
      const { calls, end } = await baseline();
      const names = [...new Set(calls.map(({ service, operation }) => `${service}.${operation}`))];
      const different: unknown[] = [];
      for (const index of spread(names.length, scale(4))) {
        const [service = '', operation = ''] = names[index - 1]?.split('.') ?? [];
        const at = prepared();
        at.account.faults.inject({ match: { caller: ROLE, service, operation }, kind, times: 4 });
        await withRetry(at);
        const found = endOf(at);
        if (JSON.stringify(found) !== JSON.stringify(end)) different.push({ service, operation, found });
      }
      expect(different).toEqual([]);
    },
    600_000,
  );
});
