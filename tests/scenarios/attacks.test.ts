import type { Volume } from '@aws-sdk/client-ecs';
import type { Outcome } from '../../lib/domain/plan.ts';
import { answerOf } from '../../lib/report/answer.ts';
import { auditOf } from '../../lib/report/audit.ts';
import { amendDefinition, amendVolume } from '../../lib/simulator/breaks/break.ts';
import type { Estate } from '../../lib/simulator/estate/spec.ts';
import {
  addAccessPoint,
  addFileSystem,
  addMountTarget,
  enforcingStatements,
  putPolicy,
} from '../../lib/simulator/estate/storage.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { tryRunTask } from '../../lib/simulator/run-task.ts';
import { left } from './left.ts';
import { breakIt, decisions, mounts, type Stage, stage } from './stage.ts';

jest.setTimeout(60_000);

/** Attacks beyond the list of threats: each one once led, or could lead, to more than the keys allow. */
const NOT_A_CHANGE = /^(Describe|Get|List|Lookup|Filter|BatchGet)/;

function writes({ account }: Stage): readonly string[] {
  return account.calls
    .filter(({ caller, error }) => caller.includes(':role/mountkeeper-') && error === undefined)
    .filter(({ service }) => service !== 'DynamoDB' && service !== 'SNS')
    .map(({ operation }) => operation)
    .filter((operation) => !NOT_A_CHANGE.test(operation));
}

function inputs({ account }: Stage, operation: string): readonly string[] {
  return account.calls
    .filter((call) => call.operation === operation && call.caller.includes(':role/mountkeeper-') && !call.error)
    .map(({ input }) => JSON.stringify(input));
}

function mails({ account }: Stage): readonly string[] {
  return account.state.sns.published
    .filter(({ topicArn }) => topicArn.endsWith('mountkeeper-alerts'))
    .map(({ subject = '', message }) => `${subject}\n${message}`);
}

function heldBy(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set(outcomes.flatMap(({ withheld }) => withheld.map((step) => step.heldBy)))];
}

function stopOf({ account }: Stage) {
  const stop = account.bus.events.findLast((event) => JSON.stringify(event).includes('"lastStatus":"STOPPED"'));
  if (!stop) throw new Error('no task has stopped');
  return stop;
}

/** The point becomes one that Mountkeeper made for this family. */
function made(at: Stage, id: string, family: string): void {
  const tags = { 'mountkeeper:managed': 'true', 'mountkeeper:family': family, 'mountkeeper:volume': 'data' };
  at.account.state.efs.accessPoints[id]?.tags.push(...Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
}

function withPoint(at: Stage, accessPointId: string): void {
  amendVolume(at.account, at.estate, (efs) => ({
    ...efs,
    authorizationConfig: { ...efs.authorizationConfig, accessPointId },
  }));
}

function alsoMounts(at: Stage, volume: Volume, containerPath: string): void {
  amendDefinition(at.account, at.estate, (definition) => ({
    ...definition,
    volumes: [...(definition.volumes ?? []), volume],
    containerDefinitions: definition.containerDefinitions.map((container, index) =>
      index > 0
        ? container
        : {
            ...container,
            mountPoints: [...(container.mountPoints ?? []), { sourceVolume: volume.name ?? '', containerPath }],
          },
    ),
  }));
}

function beside(at: Stage, name: string): Estate {
  return buildEstate(at.account, { name, beside: at.estate });
}

describe('another team’s directory through its access point', () => {
  async function thief() {
    const at = stage({ fileSystemTags: { 'mountkeeper:allow': 'shop-api billing' }, keys: { fileSystem: false } });
    const billing = beside(at, 'billing');
    const id = billing.accessPointId ?? '';
    made(at, id, 'billing');
    withPoint(at, id);
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    return { at, id };
  }

  test('is not granted by remediate, and that is told', async () => {
    const { at, id } = await thief();
    await at.account.bus.drain();
    expect({ grants: inputs(at, 'PutRolePolicy'), held: heldBy(decisions(at.installed)) }).toEqual({
      grants: [],
      held: ['person'],
    });
    expect(mails(at).join()).toContain(id);
    expect(await mounts(at)).toBe(false);
  });

  test.each([
    ['sweep', {}],
    ['provision', { taskDefinition: 'shop-api' }],
  ] as const)('nor by %s', async (name, request) => {
    const { at } = await thief();
    await at.installed.invoke(name, request);
    expect(inputs(at, 'PutRolePolicy')).toEqual([]);
  });

  test('does not ride on a grant for the family’s own access point', async () => {
    const at = stage();
    const billing = beside(at, 'billing');
    const id = billing.accessPointId ?? '';
    made(at, id, 'billing');
    const efsVolumeConfiguration = {
      fileSystemId: at.estate.fileSystemId,
      transitEncryption: 'ENABLED' as const,
      authorizationConfig: { accessPointId: id, iam: 'ENABLED' as const },
    };
    alsoMounts(at, { name: 'theirs', efsVolumeConfiguration }, '/var/theirs');
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    const grants = inputs(at, 'PutRolePolicy');
    expect(grants.some((grant) => grant.includes(id))).toBe(false);
    expect(grants.some((grant) => grant.includes(at.estate.accessPointId ?? '-'))).toBe(true);
  });
});

describe('a task role that another family has, which the owner does not allow', () => {
  test.each(['an event', 'sweep', 'remediate'] as const)('gets no grant by %s', async (by) => {
    const at = stage({ fileSystemTags: { 'mountkeeper:allow': 'shop-api' }, keys: { fileSystem: false } });
    await at.installed.world('sweep').ledger.belongs({ resource: at.estate.taskRoleArn, family: 'billing' });
    breakIt(at.account, at.estate, 'no-grant');
    if (by === 'an event') {
      await runEstate(at.account, at.estate);
      await at.account.bus.drain();
    } else await at.installed.invoke(by, by === 'sweep' ? {} : { taskDefinition: 'shop-api' });
    expect({ grants: inputs(at, 'PutRolePolicy'), held: heldBy(decisions(at.installed)) }).toEqual({
      grants: [],
      held: ['person'],
    });
  });
});

describe('a group that is on the mount targets of two file systems', () => {
  test.each(['an event', 'sweep', 'remediate', 'provision'] as const)(
    'is not opened for a family that only one of their owners allows, by %s',
    async (by) => {
      const at = stage();
      const strangers = addFileSystem(at.account, []);
      for (const { dataSubnetId } of at.estate.zones) {
        const groupId = at.estate.mountTargetGroupId;
        addMountTarget(at.account, { fileSystemId: strangers, subnetId: dataSubnetId, groupId });
      }
      breakIt(at.account, at.estate, 'sg-ingress');
      if (by === 'an event') {
        await runEstate(at.account, at.estate);
        await at.account.bus.drain();
      } else await at.installed.invoke(by, by === 'sweep' ? {} : { taskDefinition: 'shop-api' });
      expect({
        rules: inputs(at, 'AuthorizeSecurityGroupIngress'),
        held: heldBy(decisions(at.installed)),
      }).toEqual({ rules: [], held: ['key'] });
      expect(mails(at).join()).toContain(strangers);
    },
  );
});

describe('a task in a task group of its caller’s choice', () => {
  test('brings no other service’s groups into the repair, and restarts no other service', async () => {
    const at = stage({ standalone: true });
    const victim = beside(at, 'billing');
    breakIt(at.account, at.estate, 'sg-ingress');
    const before = at.account.state.ecs.services[victim.serviceArn ?? '']?.deployments.length;
    await tryRunTask(at.account, {
      cluster: at.estate.clusterName,
      taskDefinition: at.estate.family,
      launchType: 'FARGATE',
      subnet: at.estate.zones[0]?.appSubnetId ?? '',
      securityGroups: [at.estate.clientGroupId],
      group: 'service:billing',
    });
    await at.account.bus.drain();
    expect(inputs(at, 'UpdateService')).toEqual([]);
    expect(inputs(at, 'AuthorizeSecurityGroupIngress').filter((one) => one.includes(victim.clientGroupId))).toEqual([]);
    expect(at.account.state.ecs.services[victim.serviceArn ?? '']?.deployments.length).toBe(before);
  });

  test('nor does an event that names another service', async () => {
    const at = stage({}, { patterns: {} });
    const victim = beside(at, 'billing');
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    const stop = stopOf(at);
    const forged = { ...stop, detail: { ...(stop.detail as object), group: 'service:billing' } };
    await at.installed.deliver('remediate', forged);
    expect(inputs(at, 'UpdateService')).toEqual([]);
    expect(inputs(at, 'AuthorizeSecurityGroupIngress').filter((one) => one.includes(victim.clientGroupId))).toEqual([]);
  });
});

describe('several volumes', () => {
  test('one file system with its owner’s key, one without: only the first is granted', async () => {
    const at = stage();
    const { account, estate } = at;
    const other = addFileSystem(account, []);
    account.state.efs.directories[other] = { '/': { uid: 0, gid: 0, mode: '0755' } };
    for (const zone of estate.zones)
      addMountTarget(account, {
        fileSystemId: other,
        subnetId: zone.dataSubnetId,
        groupId: estate.mountTargetGroupId,
      });
    const point = addAccessPoint(account, estate.spec, other);
    const { arn = '' } = account.state.efs.fileSystems[other] ?? {};
    putPolicy(account, other, enforcingStatements(arn));
    const efsVolumeConfiguration = {
      fileSystemId: other,
      transitEncryption: 'ENABLED' as const,
      authorizationConfig: { accessPointId: point, iam: 'ENABLED' as const },
    };
    alsoMounts(at, { name: 'theirs', efsVolumeConfiguration }, '/var/theirs');
    breakIt(account, estate, 'no-grant');
    await runEstate(account, estate);
    await account.bus.drain();
    expect(inputs(at, 'PutRolePolicy').filter((one) => one.includes(other))).toEqual([]);
    expect(heldBy(decisions(at.installed))).toContain('key');
  });

  test('an access point of another file system gets no grant', async () => {
    const at = stage();
    const other = addFileSystem(at.account, [{ Key: 'mountkeeper:allow', Value: '@any' }]);
    withPoint(at, addAccessPoint(at.account, at.estate.spec, other));
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    expect(writes(at)).toEqual([]);
  });
});

describe('keys that only look like keys', () => {
  test.each([
    ['Mountkeeper:Allow', '@any'],
    ['mountkeeper:allow', '@ANY'],
    ['mountkeeper:allow', 'Shop-API'],
    ['mountkeeper:allow', '+'],
    ['mountkeeper:allow', 'shop-api+x'],
    ['mountkeeper:allow', 'shop'],
    ['mountkeeper:allow', 'shop-api:1'],
    ['mountkeeper:allow', 'shop-api-+'],
    ['mountkeeper:allowed/x', '@any'],
    ['mountkeeper:allow-root', '@any'],
  ])('file system: %s = %s', async (tag, value) => {
    const at = stage({ keys: { fileSystem: false }, fileSystemTags: { [tag]: value } });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    expect({ writes: writes(at), held: heldBy(decisions(at.installed)) }).toEqual({ writes: [], held: ['key'] });
  });

  test.each([
    ['Mountkeeper:Allow', 'true'],
    ['mountkeeper:allow', 'True'],
    ['mountkeeper:allow', 'true '],
    ['mountkeeper:allow/x', 'true'],
  ])('group: %s = %s', async (Key, Value) => {
    const at = stage({ keys: { mountTargetGroup: false } });
    at.account.state.ec2.securityGroups[at.estate.mountTargetGroupId]?.tags.push({ Key, Value });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    expect({ writes: writes(at), held: heldBy(decisions(at.installed)) }).toEqual({ writes: [], held: ['key'] });
  });
});

describe('an inline policy of ours that somebody edited', () => {
  test.each([
    ['every action', { Action: 'elasticfilesystem:*' }],
    ['root', { Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'iam:*'] }],
    ['a Deny', { Effect: 'Deny' }],
    ['NotAction', { Action: undefined, NotAction: 's3:*' }],
    ['no condition', { Condition: undefined }],
    ['a wildcard', { Resource: '*' }],
    ['another Sid', { Sid: 'Ours' }],
  ])('%s: it is never built upon or overwritten', async (_what, change) => {
    const at = stage();
    breakIt(at.account, at.estate, 'no-grant');
    const { fileSystemArn, fileSystemId, taskRoleName } = at.estate;
    const statement = {
      Sid: 'MountkeeperRead',
      Effect: 'Allow',
      Action: ['elasticfilesystem:ClientMount'],
      Resource: fileSystemArn,
      Condition: {
        ArnEquals: {
          'elasticfilesystem:AccessPointArn': [
            `${fileSystemArn.split('file-system')[0]}access-point/fsap-0f0f0f0f0f0f0f0f0`,
          ],
        },
      },
      ...change,
    };
    const role = at.account.state.iam.roles[taskRoleName];
    if (!role) throw new Error('no role');
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    Object.assign(role.inlinePolicies, { [`mountkeeper-${fileSystemId}`]: { document: text, effectiveFromMs: 0 } });
    await runEstate(at.account, at.estate);
    const before = left(at.account);
    await at.account.bus.drain();
    expect(left(at.account)).toEqual(before);
    expect({ writes: writes(at), held: heldBy(decisions(at.installed)) }).toEqual({ writes: [], held: ['person'] });
  });
});

describe('words of ours in somebody’s environment', () => {
  test.each(['access-point:nope:id', 'revision:arn', 'access-point:data:arn'])('%s', async (name) => {
    const value = `\${${name}}`;
    const at = stage({ accessPoint: false, standalone: true, definitionTags: { 'mountkeeper:start': 'empty' } });
    amendDefinition(at.account, at.estate, (definition) => ({
      ...definition,
      containerDefinitions: definition.containerDefinitions.map((one) => ({
        ...one,
        environment: [{ name: 'TEMPLATE', value }],
      })),
    }));
    await at.installed.invoke('provision', { taskDefinition: at.estate.family });
    const { lastRevision, revisions } = at.account.state.ecs.taskDefinitions[at.estate.family] ?? {};
    expect(lastRevision).toBe(2);
    expect(revisions?.['2']?.definition.containerDefinitions[0]?.environment).toEqual([{ name: 'TEMPLATE', value }]);
  });
});

describe('a ledger that does not answer', () => {
  test.each([
    ['denies everything', { service: 'DynamoDB' }],
    ['denies reading', { operation: 'GetItem' }],
    ['denies listing', { operation: 'Query' }],
    ['denies writing', { operation: 'PutItem' }],
  ] as const)('%s: nothing is changed, and the run fails for all to hear', async (_what, match) => {
    const at = stage({}, { patterns: {} });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    at.account.faults.inject({ match, kind: 'deny' });
    await expect(at.installed.deliver('remediate', stopOf(at))).rejects.toThrow();
    expect(writes(at)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'a throttle of its write number %i leaves one rule, and is told',
    async (nth) => {
      const at = stage({ keys: { service: false } });
      breakIt(at.account, at.estate, 'sg-ingress');
      await runEstate(at.account, at.estate);
      for (const more of [0, 1, 2])
        at.account.faults.inject({ match: { operation: 'PutItem', nth: nth + more }, kind: 'throttle' });
      await at.account.bus.drain();
      expect(inputs(at, 'AuthorizeSecurityGroupIngress')).toHaveLength(1);
      expect(mails(at).length).toBeGreaterThan(0);
    },
  );
});

describe('an alert that does not get through at once', () => {
  test.each([
    ['a change', 'throttle', {}],
    ['what is withheld', 'throttle', { mountTargetGroup: false }],
    ['what is withheld', 'crash-before', { mountTargetGroup: false }],
  ] as const)('of %s (%s) is told by the retry', async (_what, kind, keys) => {
    const at = stage({ keys: { service: false, ...keys } });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    at.account.faults.inject({ match: { service: 'SNS' }, kind, times: kind === 'throttle' ? 6 : 1 });
    await at.account.bus.drain();
    expect(mails(at)).toHaveLength(1);
  });
});

describe('the stop button pressed while a run is at it', () => {
  test.each(['off', 'observe'] as const)('%s: what was not begun is not done', async (mode) => {
    const at = stage();
    breakIt(at.account, at.estate, 'sg-ingress');
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    at.account.authorize = ({ operation }) => {
      if (operation === 'DescribeTasks') {
        const parameter = at.account.state.ssm.parameters['/mountkeeper/mode'];
        if (parameter) Object.assign(parameter, { value: mode });
        // Longer than an answer is kept.
        void at.account.clock.advance(20_000);
      }
      return 'allowed';
    };
    await at.account.bus.drain();
    expect(writes(at)).toEqual([]);
  });
});

describe('what a stop reason may carry', () => {
  test.each([
    [
      'a credentials URI',
      'GET http://169.254.170.2/v2/credentials/0f0f0f0f-1111-2222-3333-444455556666',
      '0f0f0f0f-1111',
    ],
    ['its relative form', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/v2/credentials/0f0f0f0f-1111', '0f0f0f0f-1111'],
    ['keys', 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIEXAMPLEKEY', 'wJalrXUtnFEMI'],
  ])('%s is not told or kept', async (_what, words, secret) => {
    const at = stage({ keys: false }, { patterns: {} });
    at.account.state.ecs.taskDefinitions[at.estate.family]?.revisions['1']?.tags.push({
      key: 'mountkeeper:enabled',
      value: 'true',
    });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    const stop = stopOf(at);
    const detail = stop.detail as { readonly stoppedReason: string };
    const stoppedReason = `${detail.stoppedReason} ${words}`;
    const arrived = await at.installed.deliver('remediate', { ...stop, detail: { ...detail, stoppedReason } });
    expect(mails(at)).toHaveLength(1);
    const everything = JSON.stringify([
      at.account.state.sns.published,
      at.account.state.dynamodb,
      auditOf(arrived),
      answerOf(arrived),
    ]);
    expect(everything).not.toContain(secret);
  });

  test.each([
    ['huge', 'x'.repeat(300_000)],
    ['unicode', '\u202e\ud83d\ude00\ufeff\u0000 \u2028 Ḿ'],
    ['half a character', '\ud83d'],
  ])('%s words crash nothing', async (_what, words) => {
    const at = stage({ keys: { service: false } }, { patterns: {} });
    breakIt(at.account, at.estate, 'sg-ingress');
    await runEstate(at.account, at.estate);
    const stop = stopOf(at);
    const detail = stop.detail as { readonly stoppedReason: string };
    const stoppedReason = `${words} ${detail.stoppedReason}`;
    await at.installed.deliver('remediate', { ...stop, detail: { ...detail, stoppedReason } });
    expect(inputs(at, 'AuthorizeSecurityGroupIngress')).toHaveLength(1);
  });
});

describe('the narrowest grant', () => {
  function granted(at: Stage): readonly string[] {
    const [input = '{}'] = inputs(at, 'PutRolePolicy');
    const { PolicyDocument = '{"Statement":[]}' } = JSON.parse(input) as { readonly PolicyDocument?: string };
    return (JSON.parse(PolicyDocument) as { Statement: { Action: string[] }[] }).Statement.flatMap(
      ({ Action }) => Action,
    );
  }

  test.each([
    ['read-only', { readOnly: true }, ['elasticfilesystem:ClientMount']],
    ['writable', {}, ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']],
  ])('of a %s mount', async (_what, wishes, expected) => {
    const at = stage(wishes);
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    expect(granted(at)).toEqual(expected);
  });

  test.each([
    ['not allowed', {}, false],
    ['allowed with another word', { 'mountkeeper:allow-root': 'yes' }, false],
    ['allowed', { 'mountkeeper:allow-root': 'true' }, true],
  ])('of an access point of root, %s by the owner', async (_what, fileSystemTags, root) => {
    const at = stage({ fileSystemTags });
    const point = at.account.state.efs.accessPoints[at.estate.accessPointId ?? ''];
    Object.assign(point ?? {}, { posixUser: { uid: 0, gid: 0 } });
    breakIt(at.account, at.estate, 'no-grant');
    await runEstate(at.account, at.estate);
    await at.account.bus.drain();
    expect(granted(at).includes('elasticfilesystem:ClientRootAccess')).toBe(root);
  });
});

test.each(['CODE_DEPLOY', 'EXTERNAL'] as const)('a service of the controller %s is not deployed', async (type) => {
  const at = stage();
  const service = at.account.state.ecs.services[at.estate.serviceArn ?? ''];
  Object.assign(service ?? {}, { deploymentController: type });
  breakIt(at.account, at.estate, 'sg-ingress');
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  expect(writes(at)).toEqual(['AuthorizeSecurityGroupIngress']);
});
