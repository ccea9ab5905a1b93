import { absent } from '../../lib/domain/fact.ts';
import { runTask } from '../../lib/simulator/run-task.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';
import type { EfsMetricQuery } from '../../lib/verbs.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

const MINUTE_MS = 60_000;

describe('RunTask records', () => {
  async function standalone() {
    const stage = onEstate({ standalone: true }, { rates: true });
    const { account, estate } = stage;
    const task = await runTask(account, {
      cluster: estate.clusterName,
      taskDefinition: estate.family,
      launchType: 'FARGATE',
      subnet: estate.zones[0]?.appSubnetId ?? '',
      securityGroups: [estate.clientGroupId],
    });
    return { ...stage, task };
  }

  test('groups and subnets of a standalone task are in its record', async () => {
    const { world, estate, task } = await standalone();
    expect(valueIn(await world.trail.runTask(task.arn, task.createdAtMs))).toEqual({
      subnetIds: [estate.zones[0]?.appSubnetId],
      groupIds: [estate.clientGroupId],
    });
  });

  test('a task without a record is unknown, not absent: records come late', async () => {
    const { world, task } = await standalone();
    expect(await world.trail.runTask(`${task.arn}0`, task.createdAtMs)).toMatchObject({ state: 'unknown' });
  });

  test('many tasks at once keep to two requests a second', async () => {
    const { world, account, task } = await standalone();
    const facts = await Promise.all(
      ['', '1', '2', '3', '4', '5'].map((end) => world.trail.runTask(task.arn + end, task.createdAtMs)),
    );
    expect(facts.map((fact) => fact.state)).toEqual(['present', ...Array(5).fill('unknown')]);
    expect(account.calls.filter((call) => call.error !== undefined)).toEqual([]);
    expect(called(account)).toHaveLength(6);
  });
});

describe('metrics', () => {
  const query = (fileSystemId: string, metric: EfsMetricQuery['metric'], nowMs: number): EfsMetricQuery => ({
    fileSystemId,
    metric,
    statistic: metric === 'MeteredIOBytes' ? 'Sum' : 'Minimum',
    fromMs: nowMs - 60 * MINUTE_MS,
    toMs: nowMs,
    periodSeconds: 60,
  });

  function measured() {
    const stage = onEstate();
    const { account } = stage;
    const startMs = account.clock.nowMs() - 30 * MINUTE_MS;
    for (const [fileSystemId, metric, values] of [
      ['fs-0a', 'BurstCreditBalance', [30, 20, 10]],
      ['fs-0a', 'MeteredIOBytes', [1, 2]],
      ['fs-0b', 'BurstCreditBalance', [7]],
    ] as const) {
      values.forEach((value, index) => {
        const name = { namespace: 'AWS/EFS', metric, dimensions: { FileSystemId: fileSystemId } };
        addPoint(account, name, { atMs: startMs + index * MINUTE_MS, sum: value, min: value, max: value, samples: 1 });
      });
    }
    return { ...stage, startMs };
  }

  test('all series come with one call, oldest first; one without data is empty', async () => {
    const { world, account, startMs } = measured();
    const nowMs = account.clock.nowMs();
    const asked = [
      query('fs-0a', 'BurstCreditBalance', nowMs),
      query('fs-0a', 'MeteredIOBytes', nowMs),
      query('fs-0b', 'BurstCreditBalance', nowMs),
      query('fs-0c', 'BurstCreditBalance', nowMs),
    ];
    const at = (count: number) => Array.from({ length: count }, (_, index) => startMs + index * MINUTE_MS);
    expect([...valueIn(await world.metrics.efs(asked))]).toEqual([
      ['fs-0a/BurstCreditBalance', { atMs: at(3), values: [30, 20, 10] }],
      ['fs-0a/MeteredIOBytes', { atMs: at(2), values: [1, 2] }],
      ['fs-0b/BurstCreditBalance', { atMs: at(1), values: [7] }],
      ['fs-0c/BurstCreditBalance', { atMs: [], values: [] }],
    ]);
    expect(called(account)).toEqual(['GetMetricData']);
  });

  test('more than 500 queries, or another window, take another call; none take none', async () => {
    const { world, account } = measured();
    const nowMs = account.clock.nowMs();
    const many = Array.from({ length: 501 }, (_, index) => query(`fs-${index}`, 'BurstCreditBalance', nowMs));
    const older = query('fs-old', 'BurstCreditBalance', nowMs - 60 * MINUTE_MS);
    expect(valueIn(await world.metrics.efs([...many, older])).size).toBe(502);
    expect(called(account)).toHaveLength(3);
    expect(valueIn(await world.metrics.efs([])).size).toBe(0);
    expect(called(account)).toHaveLength(3);
  });
});

describe('logs', () => {
  function logged(keys: boolean) {
    const stage = onEstate({ keys: { logGroup: keys } });
    const { account, estate } = stage;
    const nowMs = account.clock.nowMs();
    const lines = ['open /var/data/x: Permission denied', 'a "quoted" word', 'old: No such file'];
    const group = account.state.logs.groups[estate.logGroup];
    lines.forEach((message, index) => {
      group?.events.push({ stream: 's', atMs: nowMs - (index + 1) * MINUTE_MS, message });
    });
    const ask = (phrases: readonly string[], limitMs = 2.5 * MINUTE_MS) =>
      stage.world.logs.phrases({ logGroup: estate.logGroup, phrases, fromMs: nowMs - limitMs, toMs: nowMs });
    return { ...stage, ask };
  }

  test('phrases that occur in the window are named, never the lines', async () => {
    const { ask, account } = logged(true);
    expect(valueIn(await ask(['Permission denied', 'No such file', '"quoted"', 'permission DENIED']))).toEqual([
      'Permission denied',
      '"quoted"',
    ]);
    expect(called(account)).toEqual(['ListTagsForResource', 'FilterLogEvents']);
    expect(valueIn(await ask(['nothing of the kind']))).toEqual([]);
  });

  test('a log group without the key is not looked at, and that is said', async () => {
    const { ask, account, estate } = logged(false);
    expect(await ask(['Permission denied'])).toEqual({
      state: 'unknown',
      why: `not looked at: the log group ${estate.logGroup} does not carry the tag mountkeeper:allow = true`,
    });
    expect(called(account)).toEqual(['ListTagsForResource']);
  });

  test('a log group that is not there is absent', async () => {
    const { world } = logged(true);
    const query = { logGroup: '/ecs/nothing', phrases: ['x'], fromMs: 0, toMs: 1 };
    expect(await world.logs.phrases(query)).toEqual(absent);
  });

  test('one question is all that is asked, and it is bounded', async () => {
    const { ask, account, estate } = logged(true);
    const group = account.state.logs.groups[estate.logGroup];
    const atMs = account.clock.nowMs() - MINUTE_MS;
    for (let index = 0; index < 150; index += 1) group?.events.push({ stream: 's', atMs, message: `b ${index}` });
    expect(valueIn(await ask(['b ', 'b 149']))).toEqual(['b ']);
    expect(called(account).filter((name) => name === 'FilterLogEvents')).toHaveLength(1);
  });

  test('an empty page that is not the last proves nothing', async () => {
    const { ask, account } = logged(true);
    const emptyPage = { 'CloudWatchLogs.FilterLogEvents': () => ({ events: [], nextToken: 'more' }) };
    Object.assign(account, { handlers: { ...account.handlers, ...emptyPage } });
    expect(await ask(['Permission denied'])).toMatchObject({ state: 'unknown' });
  });
});

test('task definitions that carry the opt-in tag are found, whatever its value, page after page', async () => {
  const { world, account, estate } = onEstate();
  const kept = account.state.ecs.taskDefinitions[estate.family]?.revisions['1'];
  for (let index = 0; index < 120; index += 1) {
    const family = `more-${index}`;
    const arn = `arn:aws:ecs:eu-west-1:111122223333:task-definition/${family}:1`;
    const tags = index % 2 === 0 ? [{ key: 'mountkeeper:enabled', value: 'false' }] : [{ key: 'team', value: 'x' }];
    if (kept)
      account.state.ecs.taskDefinitions[family] = {
        lastRevision: 1,
        revisions: { '1': { ...kept, arn, family, tags } },
      };
  }
  const found = valueIn(await world.tagged.taskDefinitions());
  expect(found).toHaveLength(61);
  expect(found).toContainEqual({ arn: estate.taskDefinitionArn, tags: { 'mountkeeper:enabled': 'true' } });
});

describe('parameters', () => {
  test('a parameter is put, read anew after it, listed and removed, even twice', async () => {
    const { world } = onEstate();
    const name = '/mountkeeper/volumes/orders/data/access-point';
    expect(await world.parameters.get(name)).toEqual(absent);
    await world.parameters.put(name, 'fsap-0a');
    await world.parameters.put(name, 'fsap-0b');
    expect(valueIn(await world.parameters.get(name))).toBe('fsap-0b');
    expect(valueIn(await world.parameters.under('/mountkeeper/volumes'))).toEqual({ [name]: 'fsap-0b' });
    await world.parameters.remove(name);
    await world.parameters.remove(name);
    expect(valueIn(await world.parameters.under('/mountkeeper/volumes'))).toEqual({});
  });

  test('a long list is read to its end', async () => {
    const { world } = onEstate();
    for (let index = 0; index < 25; index += 1) await world.parameters.put(`/mountkeeper/volumes/f/v${index}/id`, 'x');
    expect(Object.keys(valueIn(await world.parameters.under('/mountkeeper/volumes')))).toHaveLength(25);
  });
});

describe('alerts', () => {
  const message = {
    subject: 'orders cannot mount fs-0a',
    text: 'What happened …',
    attributes: { severity: 'must-fix', family: 'orders', fileSystem: '' },
    chat: '{"version":"1.0","source":"custom"}',
  };

  test('people and the chat get the same alert in their own form; empty attributes are left out', async () => {
    const { world, account } = onEstate();
    await world.publish(message);
    expect(account.state.sns.published).toMatchObject([
      {
        topicArn: expect.stringMatching(/:mountkeeper-alerts$/),
        subject: message.subject,
        message: message.text,
        attributes: { severity: 'must-fix', family: 'orders' },
      },
      { topicArn: expect.stringMatching(/:mountkeeper-chat$/), message: message.chat, attributes: {} },
    ]);
  });

  test('without a form for the chat the chat gets nothing', async () => {
    const { world, account } = onEstate();
    const { chat: _chat, ...plain } = message;
    await world.publish(plain);
    expect(account.state.sns.published).toHaveLength(1);
  });

  test('an alert with a subject that SNS does not take is sent without one', async () => {
    const { world, account } = onEstate();
    await world.publish({ ...message, subject: 'line\nbreak' });
    expect(account.state.sns.published.some((sent) => sent.message === message.text && !sent.subject)).toBe(true);
  });

  test('an alert that cannot be sent is a refusal; the chat is tried all the same', async () => {
    const { world, account } = onEstate();
    account.faults.inject({ match: { service: 'SNS', nth: 1 }, kind: 'deny' });
    await expect(world.publish(message)).rejects.toMatchObject({
      kind: 'denied',
      message: 'denied: this role may not call sns:Publish',
    });
    expect(account.state.sns.published).toHaveLength(1);
  });
});
