import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { parse } from 'yaml';
import { tagProtection } from '../../lib/plan/tag-protection.ts';
import type { Call } from '../../lib/simulator/account.ts';
import { addRule, admitNfs } from '../../lib/simulator/estate/network.ts';
import { runEstate } from '../../lib/simulator/estate.ts';
import { left } from './left.ts';
import { operator } from './operator.ts';
import { provisioned } from './provision-stage.ts';
import { breakIt, decisions, mounts, type Stage, stage, touched } from './stage.ts';

jest.setTimeout(60_000);

function alerts({
  account,
}: Stage): readonly { readonly subject: string; readonly text: string; readonly chat: boolean }[] {
  return account.state.sns.published.map(({ subject = '', message, topicArn }) => ({
    subject,
    text: message,
    chat: topicArn.endsWith('chat'),
  }));
}

function mails(at: Stage) {
  return alerts(at).filter(({ chat }) => !chat);
}

function ourCalls({ account }: Stage, from = 0): readonly Call[] {
  return account.calls.slice(from).filter(({ caller }) => caller.includes(':role/mountkeeper-'));
}

function writes(at: Stage): readonly string[] {
  return ourCalls(at)
    .filter(({ service }) => service !== 'DynamoDB' && service !== 'SNS')
    .map(({ operation }) => operation)
    .filter((operation) => !/^(Describe|Get|List|Lookup|Filter)/.test(operation));
}

function heldBy(at: Stage): readonly string[] {
  return [...new Set(decisions(at.installed).flatMap(({ withheld }) => withheld.map((step) => step.heldBy)))];
}

function stopOf({ account }: Stage) {
  const stop = account.bus.events.findLast((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
  if (!stop) throw new Error('no task has stopped');
  return stop;
}

async function failed(...args: Parameters<typeof stage>): Promise<Stage> {
  const at = stage(...args);
  breakIt(at.account, at.estate, 'sg-ingress');
  await runEstate(at.account, at.estate);
  return at;
}

test('T14: a crash loop of fifty tasks is diagnosed once a minute, not fifty times', async () => {
  const at = await failed({ keys: { mountTargetGroup: false } }, { patterns: {} });
  const stop = stopOf(at);
  await at.installed.deliver('remediate', stop);
  const first = ourCalls(at).filter(({ service }) => service !== 'DynamoDB').length;
  const from = at.account.callCount();
  for (let time = 0; time < 50; time += 1) await at.installed.deliver('remediate', { ...stop, id: `event ${time}` });
  const more = ourCalls(at, from).filter(({ service }) => service !== 'DynamoDB' && service !== 'SSM');
  expect({ first: first > 10, more: more.length, told: mails(at).length }).toEqual({ first: true, more: 0, told: 1 });
});

describe('T15: a flood of alerts, and what must get through it', () => {
  test('the same trouble is told once an hour, with its count', async () => {
    const at = await failed({ keys: { mountTargetGroup: false } }, { patterns: {} });
    for (let time = 0; time < 30; time += 1) {
      await at.installed.deliver('remediate', stopOf(at));
      await at.account.clock.advance(4 * 60_000);
    }
    expect(mails(at)).toHaveLength(2);
    expect(mails(at)[1]?.subject).toMatch(/\(\d\d times\)/);
  });

  test('a new cause is told at once', async () => {
    const at = await failed({ keys: { mountTargetGroup: false } }, { patterns: {} });
    await at.installed.deliver('remediate', stopOf(at));
    breakIt(at.account, at.estate, 'no-task-role');
    await at.account.clock.advance(2 * 60_000);
    await runEstate(at.account, at.estate);
    await at.installed.deliver('remediate', stopOf(at));
    expect(mails(at)).toHaveLength(2);
  });
});

test('T16: words in a stop reason stay words', async () => {
  const at = await failed({}, { patterns: {} });
  const stop = stopOf(at);
  const detail = stop.detail as { readonly stoppedReason: string };
  const hostile = `${detail.stoppedReason} <!channel> @here https://evil.example/x \r\nRESOLVED\r\n\u001b[31m${'A'.repeat(5_000)}`;
  await at.installed.deliver('remediate', { ...stop, detail: { ...detail, stoppedReason: hostile } });
  for (const { subject, text } of alerts(at)) {
    expect(subject).toMatch(/^[\x20-\x7e]{0,99}$/);
    expect(text).not.toMatch(/<!channel>|@here|https:\/\/evil|^RESOLVED/m);
    expect(/\p{Cc}/u.test(text.replaceAll('\n', ''))).toBe(false);
    expect(Buffer.byteLength(text)).toBeLessThan(17_000);
  }
  expect(alerts(at).length).toBeGreaterThan(0);
});

test('T17: no secret of a task is told or kept', async () => {
  const at = await failed();
  await at.account.bus.drain();
  await at.installed.invoke('sweep', {});
  const { sns, dynamodb } = at.account.state;
  const everything = JSON.stringify([
    sns.published,
    dynamodb,
    decisions(at.installed).map(({ decision }) => decision.findings),
  ]);
  expect(JSON.stringify(at.account.state.ecs.taskDefinitions)).toContain('example-value-never-log-this');
  expect(everything).not.toContain('never-log-this');
});

describe('T18: something changes between the look and the change', () => {
  async function meddled(meddle: (at: Stage) => void): Promise<Stage> {
    const at = await failed();
    let done = false;
    // The guards ask the ledger after all facts are gathered: the latest moment before the re-check.
    at.account.authorize = (call) => {
      const isHold = call.service === 'DynamoDB' && JSON.stringify(call.input).includes('"held"');
      if (isHold && !done) {
        done = true;
        meddle(at);
      }
      return 'allowed';
    };
    await at.account.bus.drain();
    expect(done).toBe(true);
    return at;
  }

  test('the storage owner takes the key back', async () => {
    const at = await meddled(({ account, estate }) => {
      account.state.efs.fileSystems[estate.fileSystemId]?.tags.splice(0);
    });
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: expect.arrayContaining(['key']) });
  });

  test('the group’s owner takes the key back', async () => {
    const at = await meddled(({ account, estate }) => {
      account.state.ec2.securityGroups[estate.mountTargetGroupId]?.tags.splice(0);
    });
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: expect.arrayContaining(['key']) });
  });

  test('the group fills up', async () => {
    const at = await meddled(({ account, estate }) => {
      for (let port = 1; port <= 48; port += 1) {
        const rule = { isEgress: false, protocol: 'tcp', fromPort: port, toPort: port, cidrIpv4: '192.0.2.0/24' };
        addRule(account, estate.mountTargetGroupId, rule);
      }
    });
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: expect.arrayContaining(['quota']) });
  });
});

test.each([
  ['twice', (events: readonly unknown[]) => [...events, ...events]],
  ['in reverse', (events: readonly unknown[]) => events.toReversed()],
  ['late', (events: readonly unknown[]) => events.slice(-1)],
])('T19: events %s leave the account as in order', async (_how, order) => {
  async function run(arrange: (events: readonly unknown[]) => readonly unknown[]) {
    const at = stage({ keys: { service: false } }, { patterns: {} });
    await at.installed.invoke('sweep', {});
    const from = at.account.bus.events.length;
    await operator(at.account).revokeAll(at.estate.mountTargetGroupId, 'ingress');
    await operator(at.account).untag(at.estate.fileSystemId, 'team');
    await operator(at.account).tag(at.estate.fileSystemId, 'mountkeeper:max-mibps', '128');
    for (const event of arrange(at.account.bus.events.slice(from))) await at.installed.deliver('drift', event);
    return Object.values(at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.rules ?? {})
      .filter(({ isEgress }) => !isEgress)
      .map(({ fromPort, toPort, referencedGroup }) => [fromPort, toPort, referencedGroup?.groupId]);
  }
  expect(await run(order)).toEqual(await run((events) => events));
});

test('T20: a run that dies between the call and its record is settled by the next, and told', async () => {
  const at = await failed({ keys: { service: false } });
  at.account.faults.inject({ match: { operation: 'AuthorizeSecurityGroupIngress' }, kind: 'crash-after', times: 1 });
  await at.account.bus.drain();
  const changes = await at.installed.world('revert').ledger.changes({ family: at.estate.family });
  expect(changes.map(({ state }) => state)).toEqual(['done']);
  expect(changes[0]?.made).toEqual({ ruleId: expect.stringMatching(/^sgr-/) });
  expect(mails(at)).toHaveLength(1);
  await at.installed.invoke('revert', { family: at.estate.family });
  expect(await mounts(at)).toBe(false);
});

describe('T21: a person’s rule', () => {
  test('that came while the repair was planned is not taken away by a revert', async () => {
    const at = await failed({ keys: { service: false } });
    let before: unknown;
    at.account.authorize = (call) => {
      if (call.operation === 'AuthorizeSecurityGroupIngress' && before === undefined) {
        admitNfs(at.account, at.estate.mountTargetGroupId, at.estate.clientGroupId);
        before = left(at.account);
      }
      return 'allowed';
    };
    await at.account.bus.drain();
    await at.installed.invoke('revert', { family: at.estate.family });
    expect(before).toBeDefined();
    expect(left(at.account)).toEqual(before);
  });

  test('with our tags on it, forged, is not either', async () => {
    const at = await failed({ keys: { service: false } });
    await at.account.bus.drain();
    const rules = at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.rules ?? {};
    const ours = Object.values(rules).find(({ tags }) => tags.length > 0);
    if (!ours) throw new Error('no rule of ours');
    rules['sgr-0f0f0f0f0f0f0f0f0'] = { ...ours, id: 'sgr-0f0f0f0f0f0f0f0f0', fromPort: 2049, toPort: 2050 };
    await at.installed.invoke('revert', { family: at.estate.family });
    expect(Object.keys(rules)).toContain('sgr-0f0f0f0f0f0f0f0f0');
    expect(Object.keys(rules)).not.toContain(ours.id);
  });
});

describe('T22: tags of ours that are forged or taken away', () => {
  const policy = tagProtection({
    owners: ['arn:aws:iam::111122223333:role/storage-admin'],
    deployers: ['arn:aws:iam::111122223333:role/ci-deploy'],
    installations: [{ accountId: '111122223333', region: 'eu-west-1' }],
  });

  async function verdict(role: string, action: string, tagKeys: readonly string[]): Promise<string> {
    const [service] = action.split(':');
    const resources: Readonly<Record<string, string>> = {
      elasticfilesystem: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0',
      ec2: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0123456789abcdef0',
      iam: 'arn:aws:iam::111122223333:role/shop-task',
      ecs: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:7',
      logs: 'arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/shop',
    };
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const principalArn = `arn:aws:iam::111122223333:role/${role}`;
    const result = await runSimulation(
      {
        request: {
          principal: principalArn,
          action,
          resource: { resource: resources[service ?? ''] ?? '*', accountId: '111122223333' },
          contextVariables: { 'aws:TagKeys': [...tagKeys], 'aws:PrincipalArn': principalArn },
        },
        identityPolicies: [{ name: 'everything', policy: everything }],
        serviceControlPolicies: [
          {
            orgIdentifier: 'r-example',
            policies: [
              { name: 'FullAWSAccess', policy: everything },
              { name: 'tags', policy },
            ],
          },
        ],
        resourceControlPolicies: [],
      },
      {},
    );
    return result.resultType === 'error' ? JSON.stringify(result.errors) : result.overallResult;
  }

  test.each([
    ['developer', 'elasticfilesystem:TagResource', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['developer', 'elasticfilesystem:UntagResource', ['team', 'mountkeeper:managed'], 'ExplicitlyDenied'],
    ['developer', 'ec2:CreateTags', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['developer', 'iam:TagRole', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['developer', 'ecs:TagResource', ['mountkeeper:enabled'], 'ExplicitlyDenied'],
    ['developer', 'elasticfilesystem:TagResource', ['team'], 'Allowed'],
    ['ci-deploy', 'ecs:RegisterTaskDefinition', ['mountkeeper:enabled'], 'Allowed'],
    ['ci-deploy', 'elasticfilesystem:TagResource', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['storage-admin', 'elasticfilesystem:TagResource', ['mountkeeper:allow'], 'Allowed'],
    ['developer', 'logs:TagResource', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['developer', 'logs:TagLogGroup', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['developer', 'iam:CreateRole', ['mountkeeper:allow'], 'ExplicitlyDenied'],
    ['mountkeeper-provision-eu-west-1', 'elasticfilesystem:TagResource', ['mountkeeper:managed'], 'Allowed'],
    ['mountkeeper-self-made', 'elasticfilesystem:TagResource', ['mountkeeper:managed'], 'ExplicitlyDenied'],
    ['mountkeeper-provision-eu-west-2', 'ecs:TagResource', ['mountkeeper:enabled'], 'ExplicitlyDenied'],
  ] as const)('the policy of the README: %s, %s %j: %s', async (role, action, keys, expected) => {
    expect(await verdict(role, action, keys)).toBe(expected);
  });

  test('an access point of ours whose tags are taken off is told', async () => {
    const at = await provisioned();
    await at.installed.invoke('sweep', {});
    const [point] = Object.values(at.account.state.efs.accessPoints);
    const before = mails(at).length;
    await operator(at.account, 'developer').untag(point?.id ?? '', 'mountkeeper:managed', 'mountkeeper:family');
    await at.account.bus.drain();
    const codes = decisions(at.installed)
      .at(-1)
      ?.decision.findings.map(({ code }) => code);
    expect(codes).toContain('own-tags-changed');
    expect(mails(at)).toHaveLength(before + 1);
    expect(mails(at).at(-1)?.text).toContain('role/developer');
  });
});

describe('T23: a guard that cannot be evaluated refuses', () => {
  test.each([
    ['no mode parameter', {}, { mode: null }, 'observe'],
    ['no repairs an hour', {}, { env: { MOUNTKEEPER_REPAIRS_PER_HOUR: '0' } }, 'budget'],
    ['no repairs of one thing', {}, { env: { MOUNTKEEPER_REPAIRS_PER_THING_PER_DAY: '0' } }, 'breaker'],
    ['a mode tag that says nothing known', { definitionTags: { 'mountkeeper:mode': 'full' } }, {}, 'observe'],
    [
      'a key with another value',
      { keys: { fileSystem: false }, fileSystemTags: { 'mountkeeper:allow': ' ' } },
      {},
      'key',
    ],
  ] as const)('%s', async (_what, wishes, stack, guard) => {
    const at = await failed(wishes, stack);
    await at.account.bus.drain();
    expect({ writes: writes(at), held: heldBy(at) }).toEqual({ writes: [], held: expect.arrayContaining([guard]) });
  });

  test.each(['DescribeFileSystems', 'DescribeSecurityGroups', 'DescribeNetworkInterfaces'])(
    '%s is denied',
    async (operation) => {
      const at = await failed();
      at.account.faults.inject({ match: { operation }, kind: 'deny' });
      await at.account.bus.drain();
      expect(writes(at)).toEqual([]);
      expect(mails(at)).toHaveLength(1);
    },
  );
});

test.each(['provision', 'remediate', 'drift', 'sweep', 'revert'] as const)(
  'T24: with the stop button on off, %s does nothing at all',
  async (name) => {
    const at = await failed({}, { mode: 'off', patterns: {} });
    at.installed.world(name);
    const kept = structuredClone({ ...at.account.state, ssm: {} });
    const from = at.account.callCount();
    const request = { remediate: stopOf(at), sweep: {}, provision: { taskDefinition: 'shop-api' } } as const;
    const asked = name in request ? request[name as keyof typeof request] : { family: 'shop-api' };
    const arrived = await at.installed.invoke(name, asked);
    expect(arrived.kind).toBe('ignored');
    expect(structuredClone({ ...at.account.state, ssm: {} })).toEqual(kept);
    expect(ourCalls(at, from).filter(({ service }) => service !== 'SSM' && service !== 'DynamoDB')).toEqual([]);
  },
);

test('T25: a volume that is not EFS is left alone', async () => {
  const at = stage({ volume: false });
  await runEstate(at.account, at.estate, { failWith: 's3files' });
  const before = touched(at.account);
  await at.account.bus.drain();
  expect(touched(at.account)).toEqual(before);
});

test('T26: every change is in the journal before it is made, on the thing it changed, and in the alert', async () => {
  const at = await failed({ keys: { service: false } });
  let journaled = 0;
  at.account.authorize = (call) => {
    if (call.operation !== 'AuthorizeSecurityGroupIngress') return 'allowed';
    journaled = JSON.stringify(at.account.state.dynamodb).split('"intended"').length - 1;
    return 'allowed';
  };
  await at.account.bus.drain();
  const [change] = await at.installed.world('revert').ledger.changes({ family: at.estate.family });
  const rules = Object.values(at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.rules ?? {});
  const marks = rules.flatMap(({ tags }) => tags.filter(({ Key }) => Key === 'mountkeeper:journal'));
  expect(journaled).toBeGreaterThan(0);
  expect(marks).toEqual([{ Key: 'mountkeeper:journal', Value: change?.changeId }]);
  expect(mails(at)[0]?.text).toContain(change?.changeId);
});

describe('T27: a rule that outlives its workload', () => {
  test('is reported while its group lives, and goes with it', async () => {
    const at = await failed({ keys: { service: false } });
    await at.account.bus.drain();
    await at.installed.invoke('sweep', {});
    const { ecs } = at.account.state;
    for (const arn of Object.keys(ecs.services)) delete ecs.services[arn];
    for (const revision of Object.values(ecs.taskDefinitions[at.estate.family]?.revisions ?? {}))
      revision.status = 'INACTIVE';
    const [some] = Object.values(at.account.state.ec2.networkInterfaces);
    at.account.state.ec2.networkInterfaces['eni-0f0f0f0f0f0f0f0f0'] = {
      ...(some as NonNullable<typeof some>),
      id: 'eni-0f0f0f0f0f0f0f0f0',
      groups: [at.estate.clientGroupId],
    };
    await at.installed.invoke('sweep', {});
    expect(last(at)).toEqual({ codes: expect.arrayContaining(['orphan-rule']), done: [] });
    delete at.account.state.ec2.networkInterfaces['eni-0f0f0f0f0f0f0f0f0'];
    await at.installed.invoke('sweep', {});
    expect(last(at)).toEqual({ codes: ['rule-in-the-way'], done: ['revoke-rule'] });
  });

  function last({ installed }: Stage) {
    const outcome = decisions(installed).at(-1);
    return {
      codes: outcome?.decision.findings.map(({ code }) => code),
      done: outcome?.steps.flatMap((step) => (step.result === 'done' ? [step.step.action.kind] : [])),
    };
  }
});

test('every rule of EventBridge takes only events of its own account: the pattern of the stack cannot be wider', () => {
  const folder = resolve(__dirname, '..', '..', 'functions');
  for (const name of ['drift', 'provision', 'remediate']) {
    const { events } = parse(readFileSync(resolve(folder, name, 'function.yml'), 'utf8'), { logLevel: 'silent' });
    for (const { eventBridge } of events) expect(eventBridge.pattern.source).toHaveLength(1);
  }
});
