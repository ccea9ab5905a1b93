import { wishOf } from '../../lib/domain/action-traits.ts';
import { amendDefinition } from '../../lib/simulator/breaks/break.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { BARE } from './bare.ts';
import {
  alerts,
  byHand,
  codes,
  deregister,
  done,
  lastOutcome,
  managedPoints,
  moveService,
  newest,
  planOf,
  provisioned,
  register,
  revisions,
  setTags,
  tag,
  untag,
  untouched,
  writes,
} from './provision-stage.ts';
import { decisions } from './stage.ts';

/** A family whose service runs the first revision, brand new: nothing has run before it opted in. */
function withService(tags: Readonly<Record<string, string>> = {}) {
  const at = untouched({ standalone: false });
  setTags(at, { 'mountkeeper:start': 'empty', ...tags });
  return at;
}

function serviceOf(at: ReturnType<typeof withService>) {
  const service = Object.values(at.account.state.ecs.services).find(({ arn }) => arn === at.estate.serviceArn);
  if (!service) throw new Error('no service');
  return service;
}

const TERRAFORM = 'HashiCorp Terraform/1.9.0 terraform-provider-aws/5.60.0';

describe('loops', () => {
  test('L1: our own registration, which carries the opt-in tag, leads to no other one', async () => {
    const at = untouched();
    setTags(at, { 'mountkeeper:start': 'empty' });
    await register(at);
    await at.account.bus.drain(50);
    expect(
      revisions(at.account, 'shop-api').map(({ tags }) => tags.some(({ key }) => key === 'mountkeeper:wired-from')),
    ).toEqual([false, false, true]);
    expect(at.installed.arrivals.at(-1)).toEqual({ kind: 'ignored', keeper: 'provision', why: 'the call is our own' });
  });

  test('L1: a wired revision registered by anybody under any role asks for nothing', async () => {
    const at = await provisioned();
    const { definition, tags } = newest(at);
    await register(at, { ...(definition as object), tags });
    await at.account.bus.drain(50);
    expect(planOf(lastOutcome(at))).toEqual([]);
    expect(revisions(at.account, 'shop-api')).toHaveLength(3);
  });

  test('L2: no tag is set afterwards', async () => {
    const at = await provisioned();
    expect(writes(at)).toEqual(['CreateAccessPoint', 'PutRolePolicy', 'RegisterTaskDefinition']);
  });

  test('L2: a tag of somebody else’s on the revision asks for nothing', async () => {
    const at = await provisioned();
    await tag(at, { team: 'shop' });
    await at.account.bus.drain();
    expect(at.installed.arrivals.at(-1)).toMatchObject({ kind: 'ignored', why: 'no tag of Mountkeeper was changed' });
  });

  test('L3: Terraform registers the family, so the ids are published and nothing is registered', async () => {
    const at = untouched();
    setTags(at, { 'mountkeeper:start': 'empty' });
    await register(at, {}, TERRAFORM);
    await at.account.bus.drain();
    expect(done(lastOutcome(at))).toEqual(['create-access-point', 'put-role-policy', 'publish-volume']);
    const [point] = managedPoints(at);
    const published = Object.values(at.account.state.ssm.parameters).filter(({ name }) => name.includes('/volumes/'));
    expect(published.map(({ name, value }) => [name, value])).toEqual([
      ['/mountkeeper/volumes/shop-api/data/access-point-id', point?.id],
      ['/mountkeeper/volumes/shop-api/data/file-system-id', at.estate.fileSystemId],
    ]);
    expect(alerts(at)[0]).toContain('aws_ssm_parameters_by_path');
    expect(alerts(at)[0]).toContain('valueFromLookup');
  });

  test('L3: who made the revision is remembered, and forgotten when a person registers it', async () => {
    const at = untouched();
    setTags(at, { 'mountkeeper:start': 'empty' });
    await register(at, {}, TERRAFORM);
    await at.account.bus.drain();
    await byHand(at);
    expect(planOf(lastOutcome(at))).toEqual([]);
    await register(at);
    await at.account.bus.drain();
    expect(done(decisions(at.installed).at(-1))).toEqual(['register-revision']);
  });

  test('L3: tags of CloudFormation say so too, and mountkeeper:wire = revision overrules both', async () => {
    const at = untouched();
    setTags(at, { 'aws:cloudformation:stack-name': 'shop' });
    await byHand(at);
    expect(done(lastOutcome(at))).toContain('publish-volume');
    setTags(at, { 'mountkeeper:wire': 'revision' });
    await byHand(at);
    expect(done(lastOutcome(at))).toEqual(['register-revision']);
    expect(newest(at).tags.map(({ key }) => key)).not.toContain('aws:cloudformation:stack-name');
  });

  test('L3: registered unwired three times within a day: published from then on, and told who is fought', async () => {
    const at = untouched();
    await byHand(at);
    for (let time = 0; time < 4; time += 1) {
      await at.account.clock.advance(3_600_000);
      await register(at);
      await at.account.bus.drain();
    }
    const ours = revisions(at.account, 'shop-api').filter(({ tags }) =>
      tags.some(({ key }) => key === 'mountkeeper:wired-from'),
    );
    expect({ ours: ours.length, codes: codes(lastOutcome(at)), plan: planOf(lastOutcome(at)) }).toEqual({
      ours: 3,
      codes: expect.arrayContaining(['owned-by-somebody-else']),
      plan: [],
    });
    await at.account.clock.advance(48 * 3_600_000);
    await register(at);
    await at.account.bus.drain();
    expect(planOf(lastOutcome(at))).toEqual([]);
  });

  test('L4: a roll-out that ECS rolled back is not tried again, and is told', async () => {
    const at = withService();
    await byHand(at);
    expect(serviceOf(at).taskDefinition).toBe(newest(at).arn);
    serviceOf(at).taskDefinition = revisions(at.account, 'shop-api')[0]?.arn ?? '';
    await byHand(at);
    await byHand(at);
    expect({ codes: codes(lastOutcome(at)), plan: planOf(lastOutcome(at)) }).toEqual({
      codes: expect.arrayContaining(['roll-out-rolled-back']),
      plan: [],
    });
  });

  test('L4: nor when the same task definition is registered again; a changed one is', async () => {
    const at = withService();
    await byHand(at);
    const again = await register(at);
    serviceOf(at).taskDefinition = again.arn;
    await byHand(at);
    expect(done(lastOutcome(at))).toEqual(['register-revision']);
    const [container] = again.definition.containerDefinitions;
    const changed = await register(at, { containerDefinitions: [{ ...container, image: 'example/app:1.2.4' }] });
    serviceOf(at).taskDefinition = changed.arn;
    await byHand(at);
    expect(done(lastOutcome(at))).toEqual(['register-revision', 'update-service']);
  });

  test('L5: a registration whose answer is lost is not made twice', async () => {
    const at = untouched();
    at.account.faults.inject({ match: { operation: 'RegisterTaskDefinition' }, kind: 'timeout-after', times: 1 });
    await byHand(at);
    await byHand(at);
    expect(revisions(at.account, 'shop-api')).toHaveLength(2);
    expect(managedPoints(at)).toHaveLength(1);
  });

  test('L6: the end of an old revision asks for nothing', async () => {
    const at = await provisioned();
    await deregister(at, revisions(at.account, 'shop-api')[0]?.arn ?? '');
    await at.account.bus.drain();
    expect({ plan: planOf(lastOutcome(at)), alerts: alerts(at).length }).toEqual({ plan: [], alerts: 1 });
  });

  test('L7: a grant that somebody takes away again and again is left to people', async () => {
    const at = await provisioned();
    for (let time = 0; time < 3; time += 1) {
      await at.account.clock.advance(4_000_000);
      const role = at.account.state.iam.roles[at.estate.taskRoleName];
      if (role) role.inlinePolicies = {};
      await byHand(at);
    }
    expect(lastOutcome(at)?.withheld.map(({ action, heldBy }) => [action.kind, heldBy])).toEqual([
      ['put-role-policy', 'breaker'],
    ]);
  });
});

test('L7: a change is counted under the name that it was planned by, also where it names what the same plan makes', async () => {
  const at = untouched();
  const dry = await at.installed.invoke('provision', { taskDefinition: 'shop-api', dryRun: true });
  const planned = dry.kind === 'walked' ? dry.settled.flatMap(({ outcome }) => outcome.withheld) : [];
  await byHand(at);
  const { ledger, nowMs } = at.installed.world('provision');
  const counts = planned.map(({ action }) => ledger.spent(`wish ${wishOf(action)}`, [86_400_000], nowMs()));
  expect(await Promise.all(counts)).toEqual([[1], [1], [1]]);
});

describe('opting out', () => {
  test('R11: a later revision without the tag does not opt the family out', async () => {
    const at = await provisioned();
    await register(at, { tags: [] });
    await at.account.bus.drain();
    expect(done(lastOutcome(at))).toEqual(['register-revision']);
  });

  test('R11: taking the tag off the newest revision does', async () => {
    const at = await provisioned();
    await untag(at, 'mountkeeper:enabled');
    await at.account.bus.drain();
    await register(at, { tags: [] });
    await at.account.bus.drain();
    expect(revisions(at.account, 'shop-api')).toHaveLength(3);
    expect(decisions(at.installed)).toHaveLength(1);
  });

  test('R11: taking it off an old revision does not', async () => {
    const at = await provisioned();
    await untag(at, 'mountkeeper:enabled', revisions(at.account, 'shop-api')[0]?.arn);
    await at.account.bus.drain();
    await register(at, { tags: [] });
    await at.account.bus.drain();
    expect(revisions(at.account, 'shop-api')).toHaveLength(4);
  });

  test('R11: false does, and true opts in again', async () => {
    const at = await provisioned();
    await tag(at, { 'mountkeeper:enabled': 'false' });
    await at.account.bus.drain();
    await register(at, { tags: [] });
    await at.account.bus.drain();
    expect(revisions(at.account, 'shop-api')).toHaveLength(3);
    await tag(at, { 'mountkeeper:enabled': 'true' });
    await at.account.bus.drain();
    expect(revisions(at.account, 'shop-api')).toHaveLength(4);
  });
});

describe('services', () => {
  test('one with the key and the ECS controller is moved to the wired revision', async () => {
    const at = withService();
    await byHand(at);
    expect(serviceOf(at).taskDefinition).toBe(newest(at).arn);
  });

  test.each(['CODE_DEPLOY', 'EXTERNAL'])('one with the controller %s is not', async (type) => {
    const at = withService();
    Object.assign(serviceOf(at), { deploymentController: type });
    const before = serviceOf(at).taskDefinition;
    await byHand(at);
    expect({ now: serviceOf(at).taskDefinition, codes: codes(lastOutcome(at)) }).toEqual({
      now: before,
      codes: expect.arrayContaining(['not-in-use-yet']),
    });
  });

  test('one without the key is not, and the command is given', async () => {
    const at = withService();
    serviceOf(at).tags = [];
    await byHand(at);
    expect(writes(at)).not.toContain('UpdateService');
    expect(alerts(at)[0]).toContain(
      'aws ecs update-service --cluster shop --service shop-api --task-definition shop-api',
    );
  });

  test('one that its owner keeps on an older revision stays there', async () => {
    const at = withService();
    const second = await register(at);
    await byHand(at);
    expect(serviceOf(at).taskDefinition).not.toBe(newest(at).arn);
    await moveService(at, second.arn);
    await at.account.bus.drain();
    expect(serviceOf(at).taskDefinition).toBe(newest(at).arn);
  });
});

test('a family with very many volumes leaves half of the budget to the others', async () => {
  const at = untouched({}, { env: { MOUNTKEEPER_PROVISIONS_PER_HOUR: '8' } });
  setTags(at, { 'mountkeeper:start': 'empty' });
  buildEstate(at.account, { ...BARE, name: 'billing', beside: at.estate, user: '2000' });
  amendDefinition(at.account, at.estate, (definition) => ({
    ...definition,
    volumes: Array.from({ length: 12 }, (_one, index) => ({
      name: `v${index}`,
      efsVolumeConfiguration: { fileSystemId: at.estate.fileSystemId },
    })),
  }));
  const outcome = await byHand(at);
  expect(managedPoints(at)).toHaveLength(4);
  expect(outcome?.withheld.some(({ why }) => why.includes('shop-api has used its half'))).toBe(true);
  const other = await byHand(at, 'billing');
  expect([other?.withheld, managedPoints(at).length]).toEqual([[], 5]);
  // The rest is made in the hours after.
  for (let hour = 0; hour < 5; hour += 1) {
    await at.account.clock.advance(61 * 60_000);
    await byHand(at);
  }
  expect(managedPoints(at)).toHaveLength(13);
});
