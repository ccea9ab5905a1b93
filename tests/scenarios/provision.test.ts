import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import {
  byHand,
  managedPoints,
  mountsOf,
  newest,
  provisioned,
  register,
  setTags,
  untouched,
  withoutGrant,
  writes,
} from './provision-stage.ts';
import { decisions, mounts, touched } from './stage.ts';

describe('a tag becomes a working mount', () => {
  test('access point, grant and wired revision, and the task writes as the right user', async () => {
    const at = untouched();
    await byHand(at);
    const steps = decisions(at.installed).flatMap((outcome) => outcome.steps);
    expect(steps.map((step) => [step.step.action.kind, step.result])).toEqual([
      ['create-access-point', 'done'],
      ['put-role-policy', 'done'],
      ['register-revision', 'done'],
    ]);
    expect(await mounts(at)).toBe(true);
    expect(mountsOf(at)).toMatchObject([{ path: '/ecs/shop-api/data', uid: 1000, gid: 1000, canWrite: true }]);
  });

  test('a used-up budget of repairs does not hold back who sets up; it does hold back what is lost afterwards', async () => {
    const at = untouched({}, { env: { MOUNTKEEPER_REPAIRS_PER_HOUR: '0' } });
    await byHand(at);
    expect(writes(at)).toEqual(['CreateAccessPoint', 'PutRolePolicy', 'RegisterTaskDefinition']);
    withoutGrant(at);
    const again = await byHand(at);
    expect(again?.withheld.map(({ action, heldBy }) => [action.kind, heldBy])).toEqual([['put-role-policy', 'budget']]);
  });

  test('also for a task definition that names no file system but in its tags', async () => {
    const at = untouched({ volume: false });
    setTags(at, { 'mountkeeper:file-system': at.estate.fileSystemId, 'mountkeeper:mount': '/data' });
    await byHand(at);
    expect(newest(at).definition.containerDefinitions[0]?.mountPoints).toEqual([
      { sourceVolume: 'data', containerPath: '/data', readOnly: false },
    ]);
    expect(await mounts(at)).toBe(true);
  });

  test('with the tags of the app team: path by family and volume, ids, permissions', async () => {
    const at = untouched({ fileSystemTags: { 'mountkeeper:base-path': '/teams/shop' } });
    setTags(at, { 'mountkeeper:uid': '7000', 'mountkeeper:gid/data': '7001', 'mountkeeper:permissions': '0770' });
    await byHand(at);
    expect(managedPoints(at)).toMatchObject([
      {
        path: '/teams/shop/shop-api/data',
        posixUser: { uid: 7000, gid: 7001 },
        creationInfo: { ownerUid: 7000, ownerGid: 7001, permissions: '0770' },
      },
    ]);
  });

  test('on EC2 in bridge mode as well', async () => {
    const at = await provisioned({ launch: 'EC2' });
    expect(await mounts(at)).toBe(true);
    expect(mountsOf(at)).toMatchObject([{ path: '/ecs/shop-api/data', uid: 1000 }]);
  });
});

describe('laws', () => {
  test('a second run plans nothing', async () => {
    const at = await provisioned();
    const before = touched(at.account);
    const second = await byHand(at);
    expect({ plan: second?.decision.plan, account: touched(at.account) }).toEqual({
      plan: { steps: [], withheld: [] },
      account: before,
    });
  });

  test('a plan survives JSON', async () => {
    const at = await provisioned();
    const [outcome] = decisions(at.installed);
    expect(outcome?.decision.plan.steps.length).toBe(3);
    expect(JSON.parse(JSON.stringify(outcome?.decision))).toEqual(outcome?.decision);
  });

  test.each<['observe' | 'off' | null]>([['observe'], ['off'], [null]])(
    'in the mode %s the account stays as it is',
    async (mode) => {
      const at = untouched({}, { mode });
      const before = touched(at.account);
      await byHand(at);
      expect(touched(at.account)).toEqual(before);
    },
  );

  test('mountkeeper:mode = observe narrows it for one family', async () => {
    const at = untouched({ definitionTags: { 'mountkeeper:mode': 'observe' } });
    await byHand(at);
    expect(writes(at)).toEqual([]);
  });

  test('a dry run touches nothing, the ledger included, and shows the plan', async () => {
    const at = untouched();
    at.installed.world('provision');
    const before = structuredClone(at.account.state);
    const arrived = await at.installed.invoke('provision', { taskDefinition: 'shop-api', dryRun: true });
    expect({ ...at.account.state, trail: [] }).toEqual({ ...before, trail: [] });
    const kinds =
      arrived.kind === 'walked' ? arrived.settled[0]?.outcome.withheld.map(({ action }) => action.kind) : [];
    expect(kinds).toEqual(['create-access-point', 'put-role-policy', 'register-revision']);
  });

  test('of a family that did not opt in only its newest revision is read', async () => {
    const at = untouched({ keys: { taskDefinition: false } }, { patterns: {} });
    await register(at);
    const before = at.account.calls.length;
    await at.installed.deliver('provision', at.account.bus.events.at(-1));
    const read = at.account.calls.slice(before).filter(({ service }) => !['DynamoDB', 'SSM'].includes(service));
    expect(read.map(({ operation }) => operation)).toEqual(['DescribeTaskDefinition']);
  });

  test('the function of the stack is the one that is tested here', () => {
    expect(Object.keys(FUNCTIONS)).toContain('provision');
  });
});
