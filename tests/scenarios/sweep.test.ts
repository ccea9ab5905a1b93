import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionRequest,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { left } from './left.ts';
import { operator } from './operator.ts';
import { provisioned, untouched } from './provision-stage.ts';
import { type BreakName, breakIt, decisions, mounts, type Stage, stage, touched } from './stage.ts';

jest.setTimeout(60_000);

/** Nothing is ever heard: there is no trail. */
const DEAF = { patterns: {} };

async function sweep(at: Stage, request: object = {}): Promise<Stage> {
  await at.installed.invoke('sweep', request);
  return at;
}

function alerts({ account }: Stage): readonly { readonly subject: string; readonly text: string }[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith(':mountkeeper-alerts'))
    .map(({ subject = '', message }) => ({ subject, text: message }));
}

function said(at: Stage) {
  const outcome = decisions(at.installed).at(-1);
  return {
    findings: outcome?.decision.findings.map(({ code }) => code) ?? [],
    done: outcome?.steps.flatMap((step) => (step.result === 'done' ? [step.step.action.kind] : [])) ?? [],
    withheld: outcome?.withheld.map(({ heldBy }) => heldBy) ?? [],
  };
}

function revisions({ account, estate }: Stage) {
  return Object.values(account.state.ecs.taskDefinitions[estate.family]?.revisions ?? {});
}

async function hour({ account }: Stage): Promise<void> {
  await account.clock.advance(3_600_000);
}

describe('what nothing was heard of is found', () => {
  test.each<BreakName>(['sg-ingress', 'sg-egress', 'no-grant'])('and repaired: %s', async (name) => {
    const at = stage({}, DEAF);
    breakIt(at.account, at.estate, name);
    await sweep(at);
    expect(said(at).done).toHaveLength(1);
    expect(await mounts(at)).toBe(true);
  });

  test('a healthy account is left as it is, and nothing is told', async () => {
    const at = stage({}, DEAF);
    const before = touched(at.account);
    await sweep(at);
    expect(touched(at.account)).toEqual(before);
    expect(alerts(at)).toEqual([]);
  });

  test('a family that opted in and was never provisioned', async () => {
    const at = untouched({ standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } }, DEAF);
    await sweep(at);
    expect(said(at).done).toEqual(['create-access-point', 'put-role-policy', 'register-revision', 'update-service']);
    await at.account.clock.advance(600_000);
    expect(await mounts(at)).toBe(true);
  });

  test('an access point that was deleted', async () => {
    const at = await provisioned({ standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } }, DEAF);
    await sweep(at);
    const [point] = Object.values(at.account.state.efs.accessPoints);
    await operator(at.account).deleteAccessPoint(point?.id ?? '');
    await hour(at);
    await sweep(at);
    expect(said(at).done).toContain('create-access-point');
    await at.account.clock.advance(600_000);
    expect(await mounts(at)).toBe(true);
  });

  test('what lacks a key is withheld, told once a day, and done when the key is there', async () => {
    const at = stage({ keys: { mountTargetGroup: false } }, DEAF);
    breakIt(at.account, at.estate, 'sg-ingress');
    for (let time = 0; time < 5; time += 1) {
      await sweep(at);
      await hour(at);
    }
    expect(said(at)).toMatchObject({ done: [], withheld: ['key'] });
    expect(alerts(at)).toHaveLength(1);
    await operator(at.account).tagGroup(at.estate.mountTargetGroupId, 'mountkeeper:allow', 'true');
    await sweep(at);
    expect(said(at)).toMatchObject({ done: ['authorize-ingress'], withheld: [] });
  });

  test('a key that is gone is told', async () => {
    const at = await sweep(stage({}, DEAF));
    await operator(at.account).untagGroup(at.estate.mountTargetGroupId, 'mountkeeper:allow');
    await sweep(at);
    expect(said(at).findings).toEqual(['key-vanished']);
    expect(alerts(at)).toHaveLength(1);
  });

  test('opting out ends it', async () => {
    const at = await sweep(stage({}, DEAF));
    breakIt(at.account, at.estate, 'sg-ingress');
    for (const { tags } of revisions(at)) tags.splice(0, 10, { key: 'mountkeeper:enabled', value: 'false' });
    const before = left(at.account);
    await sweep(at);
    expect(left(at.account)).toEqual(before);
  });
});

test('revert, sweep, stop event: nothing is made again', async () => {
  const at = stage();
  breakIt(at.account, at.estate, 'sg-ingress');
  const before = left(at.account);
  await sweep(at);
  await at.installed.invoke('revert', { family: at.estate.family });
  expect(left(at.account)).toEqual(before);
  await hour(at);
  await sweep(at);
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  expect(left(at.account)).toEqual(before);
  expect(said(at)).toMatchObject({ done: [], withheld: expect.arrayContaining(['held']) });
});

describe('the end of an incident', () => {
  test('a task that runs for five minutes ends it, and how long it lasted is told', async () => {
    const at = stage({}, DEAF);
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    await at.account.clock.advance(60_000);
    await runEstate(at.account, at.estate);
    await sweep(at);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired']);
    await at.account.clock.advance(6 * 60_000);
    await sweep(at);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired', 'Resolved']);
    await sweep(at);
    expect(alerts(at)).toHaveLength(2);
  });

  test('also of a family that no service runs', async () => {
    const at = stage({ standalone: true });
    await sweep(at);
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    await at.account.clock.advance(60_000);
    await runEstate(at.account, at.estate);
    await at.account.clock.advance(6 * 60_000);
    await sweep(at);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired', 'Resolved']);
  });

  test('a task of a revision without the volume proves nothing', async () => {
    const at = stage({}, DEAF);
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    const [{ definition, tags } = { definition: undefined, tags: [] }] = revisions(at);
    const { volumes: _volumes, containerDefinitions = [], ...rest } = definition ?? {};
    const containers = containerDefinitions.map(({ mountPoints: _points, ...one }) => one);
    const ecs = at.account.client(ECSClient, `arn:aws:iam::${at.account.accountId}:role/ci-deploy`);
    const made = await ecs.send(
      new RegisterTaskDefinitionCommand({
        ...rest,
        tags,
        containerDefinitions: containers,
      } as RegisterTaskDefinitionRequest),
    );
    const taskDefinition = made.taskDefinition?.taskDefinitionArn;
    await ecs.send(
      new UpdateServiceCommand({ cluster: at.estate.clusterName, service: at.estate.family, taskDefinition }),
    );
    await at.account.clock.advance(60_000);
    await runEstate(at.account, at.estate);
    await at.account.clock.advance(6 * 60_000);
    const running = Object.values(at.account.state.ecs.tasks).filter(({ lastStatus }) => lastStatus === 'RUNNING');
    expect(running.map(({ taskDefinitionArn }) => taskDefinitionArn)).toContain(taskDefinition);
    await sweep(at);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired']);
  });

  test('an old task that keeps running proves nothing', async () => {
    const at = stage({}, DEAF);
    await runEstate(at.account, at.estate);
    await at.account.clock.advance(10 * 60_000);
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    await at.account.clock.advance(10 * 60_000);
    await sweep(at);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired']);
  });

  test('EFS admitting a new task ends it at once', async () => {
    const at = stage({ trail: true });
    await sweep(at);
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    await at.account.clock.advance(60_000);
    await runEstate(at.account, at.estate);
    const connection = at.account.bus.events.find((event) => event['detail-type'].startsWith('AWS Service Event'));
    await at.installed.deliver('drift', connection);
    expect(alerts(at).map(({ subject }) => subject.split(':')[0])).toEqual(['Repaired', 'Resolved']);
    expect(alerts(at)[1]?.text).toContain('NewClientConnection');
  });
});

describe('what is left over', () => {
  async function abandoned(): Promise<Stage> {
    const at = stage({}, DEAF);
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    const { ecs } = at.account.state;
    for (const arn of Object.keys(ecs.services)) delete ecs.services[arn];
    for (const revision of revisions(at)) revision.status = 'INACTIVE';
    return at;
  }

  test('of a family that is gone is reported; its rule goes with its group', async () => {
    const at = await abandoned();
    await sweep(at);
    const outcomes = decisions(at.installed).slice(-2);
    expect(outcomes.map(({ decision }) => decision.findings[0]?.code)).toEqual(['orphan-rule', 'rule-in-the-way']);
    const rules = at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.rules ?? {};
    expect(Object.values(rules).filter(({ isEgress }) => !isEgress)).toEqual([]);
    await operator(at.account).deleteGroup(at.estate.clientGroupId);
  });

  test('a rule in the way of deleting its group goes at once', async () => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    await sweep(at);
    const ecs = at.account.client(ECSClient);
    await ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'shop-api', desiredCount: 0 }));
    for (const arn of Object.keys(at.account.state.ecs.services)) delete at.account.state.ecs.services[arn];
    await at.account.bus.drain();
    const terraform = operator(at.account, 'terraform');
    await expect(terraform.deleteGroup(at.estate.clientGroupId)).rejects.toThrow();
    await at.account.bus.drain();
    expect(said(at).done).toEqual(['revoke-rule']);
    await terraform.deleteGroup(at.estate.clientGroupId);
    expect(at.account.state.ec2.securityGroups[at.estate.clientGroupId]).toBeUndefined();
  });
});

test('a lost ledger: the ids of access points that are there are reserved again', async () => {
  const at = await provisioned({ standalone: false, definitionTags: { 'mountkeeper:start': 'empty' } }, DEAF);
  const before = await at.installed.world('sweep').ledger.reservations(at.estate.fileSystemId);
  const table = at.account.state.dynamodb.tables['mountkeeper-ledger'];
  for (const key of Object.keys(table?.items ?? {})) delete table?.items[key];
  await sweep(at);
  const after = await at.installed.world('sweep').ledger.reservations(at.estate.fileSystemId);
  expect(before.length).toBeGreaterThan(0);
  expect(after).toEqual(before);
});

test('several families: what is shared is read once', async () => {
  const at = stage({}, DEAF);
  for (const name of ['billing', 'orders', 'search']) buildEstate(at.account, { name, beside: at.estate });
  const from = at.account.callCount();
  await sweep(at);
  const calls = at.account.calls.slice(from);
  const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
  expect({
    DescribeMountTargets: count('DescribeMountTargets'),
    DescribeFileSystemPolicy: count('DescribeFileSystemPolicy'),
    DescribeFileSystems: count('DescribeFileSystems'),
    DescribeTaskDefinition: count('DescribeTaskDefinition'),
  }).toEqual({
    DescribeMountTargets: 1,
    DescribeFileSystemPolicy: 1,
    DescribeFileSystems: 1,
    DescribeTaskDefinition: 4,
  });
});
