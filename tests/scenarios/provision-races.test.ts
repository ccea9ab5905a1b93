import { CreateAccessPointCommand, EFSClient } from '@aws-sdk/client-efs';
import type { Handlers } from '../../lib/simulator/account.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { registerTaskDefinition } from '../../lib/simulator/services/ecs-task-definitions.ts';
import {
  alerts,
  byHand,
  codes,
  done,
  grantOf,
  lastOutcome,
  managedPoints,
  newest,
  provisioned,
  register,
  revisions,
  setTags,
  untouched,
  withoutGrant,
  writes,
} from './provision-stage.ts';
import { breakIt, decisions, type Stage } from './stage.ts';

/** The pipeline's next revision, with another image. */
function nextImage(at: Stage) {
  const [first] = revisions(at.account, 'shop-api');
  const [container] = first?.definition.containerDefinitions ?? [];
  return {
    ...first?.definition,
    containerDefinitions: [{ ...container, image: 'example/app:2.0.0' }],
    tags: first?.tags,
  };
}

function imagesOf(at: Stage): readonly (string | undefined)[] {
  return revisions(at.account, 'shop-api').map(({ definition }) => definition.containerDefinitions[0]?.image);
}

describe('R1: somebody registers while we build', () => {
  test('before our call: nothing of ours is put in front of theirs', async () => {
    const at = untouched();
    at.account.clock.at(at.account.clock.nowMs() + 8_000, () => {
      registerTaskDefinition(at.account, nextImage(at) as never, 'arn:aws:iam::111122223333:role/ci-deploy');
    });
    await byHand(at);
    expect(imagesOf(at)).toEqual(['example/app:1.2.3', 'example/app:2.0.0', 'example/app:2.0.0']);
    expect(newest(at).tags).toContainEqual({ key: 'mountkeeper:wired-from', value: 'shop-api:2' });
  });

  test('right before our call took effect: theirs is built from before any service moves', async () => {
    const at = untouched({ standalone: false });
    setTags(at, { 'mountkeeper:start': 'empty' });
    let raced = false;
    const { handlers } = at.account;
    const ours = handlers['ECS.RegisterTaskDefinition'] as Handlers[string];
    Object.assign(at.account, {
      handlers: {
        ...handlers,
        'ECS.RegisterTaskDefinition': (...[account, request, caller]: Parameters<Handlers[string]>) => {
          if (!raced)
            registerTaskDefinition(account, nextImage(at) as never, 'arn:aws:iam::111122223333:role/ci-deploy');
          raced = true;
          return ours(account, request, caller);
        },
      },
    });
    await byHand(at);
    expect(imagesOf(at)).toEqual(['example/app:1.2.3', 'example/app:2.0.0', 'example/app:1.2.3', 'example/app:2.0.0']);
    expect(newest(at).tags).toContainEqual({ key: 'mountkeeper:wired-from', value: 'shop-api:2' });
    expect(writes(at)).not.toContain('UpdateService');
    await byHand(at);
    expect(imagesOf(at)).toHaveLength(4);
  });

  test('numbers that were deregistered long ago are no race', async () => {
    const at = untouched();
    const family = at.account.state.ecs.taskDefinitions['shop-api'];
    if (family) family.lastRevision = 6;
    await byHand(at);
    expect(newest(at).revision).toBe(7);
    expect(done(lastOutcome(at))).toContain('register-revision');
  });
});

test('R2: the same event ten times, at once and one after the other: one access point, one revision, one alert', async () => {
  const at = untouched({}, { patterns: {} });
  setTags(at, { 'mountkeeper:start': 'empty' });
  await register(at);
  const event = at.account.bus.events.at(-1);
  await Promise.all(Array.from({ length: 5 }, () => at.installed.deliver('provision', event)));
  for (let time = 0; time < 5; time += 1) await at.installed.deliver('provision', event);
  expect({ writes: writes(at), alerts: alerts(at).length }).toEqual({
    writes: ['CreateAccessPoint', 'PutRolePolicy', 'RegisterTaskDefinition'],
    alerts: 1,
  });
});

describe('R3 and R4: client tokens', () => {
  async function tokenOf(at: Stage): Promise<string> {
    const arrived = await at.installed.invoke('provision', { taskDefinition: 'shop-api', dryRun: true });
    const action = arrived.kind === 'walked' ? arrived.settled[0]?.outcome.decision.plan.steps[0]?.action : undefined;
    return action?.kind === 'create-access-point' ? action.clientToken : '';
  }

  test('R3: is a hash of at most 64 characters, the same at every look', async () => {
    const at = untouched();
    const [one, two] = [await tokenOf(at), await tokenOf(at)];
    expect({ same: one === two, short: one.length > 20 && one.length <= 64 }).toEqual({ same: true, short: true });
  });

  test('R3: an access point that the token made and no list shows yet is adopted', async () => {
    const at = untouched();
    at.account.state.efs.listDelayMs = 600_000;
    at.account.faults.inject({ match: { operation: 'CreateAccessPoint' }, kind: 'crash-after', times: 1 });
    await expect(byHand(at)).rejects.toThrow('simulated crash');
    await at.account.clock.advance(6 * 60_000);
    await byHand(at);
    expect(managedPoints(at)).toHaveLength(1);
    expect(done(lastOutcome(at))).toContain('register-revision');
  });

  test('R3: one that differs in its path is not adopted, and nothing is wired', async () => {
    const at = untouched();
    const ClientToken = await tokenOf(at);
    const efs = at.account.client(EFSClient);
    await efs.send(
      new CreateAccessPointCommand({
        ClientToken,
        FileSystemId: at.estate.fileSystemId,
        RootDirectory: { Path: '/billing' },
        PosixUser: { Uid: 1000, Gid: 1000 },
      }),
    );
    at.account.state.efs.listDelayMs = 600_000;
    const outcome = await byHand(at);
    expect(outcome?.steps.map(({ result }) => result)).toEqual(['failed', 'not-reached', 'not-reached']);
    expect(revisions(at.account, 'shop-api')).toHaveLength(1);
  });

  test('R4: while the old access point goes away the new one has another token', async () => {
    const at = await provisioned();
    const [old] = managedPoints(at);
    if (old) old.lifeCycle = 'deleting';
    await byHand(at);
    const [, fresh] = managedPoints(at);
    expect(fresh?.clientToken).not.toBe(old?.clientToken);
    expect(newest(at).definition.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig?.accessPointId).toBe(
      fresh?.id,
    );
  });
});

describe('R5 and G11: identities', () => {
  function beside(at: Stage, name: string, wishes: object = {}): Stage {
    const estate = buildEstate(at.account, { ...at.estate.spec, name, beside: at.estate, ...wishes });
    return { ...at, estate };
  }

  test('two teams at once get different ids', async () => {
    const at = untouched({ user: 'app' });
    const others = ['billing', 'orders', 'search'].map((name) => beside(at, name));
    await Promise.all([byHand(at), ...others.map((other) => byHand(other))]);
    const ids = managedPoints(at).map(({ posixUser }) => posixUser?.uid);
    expect({ points: ids.length, different: new Set(ids).size }).toEqual({ points: 4, different: 4 });
  });

  test('also where there is room for no more than them; the next one is told', async () => {
    const at = untouched({ user: 'app', fileSystemTags: { 'mountkeeper:uid-range': '20000-20001' } });
    await Promise.all([byHand(at), byHand(beside(at, 'billing'))]);
    expect(
      managedPoints(at)
        .map(({ posixUser }) => posixUser?.uid)
        .toSorted(),
    ).toEqual([20000, 20001]);
    expect(codes(await byHand(beside(at, 'orders')))).toContain('identity-exhausted');
  });

  test('a uid of the containers that another family has leads to an allocated one, and says so', async () => {
    const at = await provisioned();
    const outcome = await byHand(beside(at, 'billing'));
    expect(managedPoints(at)[0]?.posixUser?.uid).toBe(1000);
    expect(managedPoints(at)[1]?.posixUser?.uid).toBeGreaterThanOrEqual(10_000);
    expect(outcome?.decision.findings.find(({ code }) => code === 'identity-allocated')?.evidence['why']).toBe(
      'the containers run as uid 1000, which family shop-api has on this file system; the access point maps it',
    );
  });

  test('a uid of a tag that another family has is refused', async () => {
    const at = await provisioned();
    const outcome = await byHand(beside(at, 'billing', { definitionTags: { 'mountkeeper:uid': '1000' } }));
    expect({ codes: codes(outcome), points: managedPoints(at).length }).toEqual({
      codes: expect.arrayContaining(['identity-taken']),
      points: 1,
    });
  });

  test('an id of an access point that others made is not given out', async () => {
    const at = untouched({ user: 'app', fileSystemTags: { 'mountkeeper:uid-range': '20000-20001' } });
    const efs = at.account.client(EFSClient);
    await efs.send(
      new CreateAccessPointCommand({
        ClientToken: 'by-hand',
        FileSystemId: at.estate.fileSystemId,
        PosixUser: { Uid: 20_000, Gid: 20_000 },
      }),
    );
    await byHand(at);
    expect(managedPoints(at)[0]?.posixUser).toEqual({ uid: 20_001, gid: 20_001 });
  });

  test('an id is not given to another family while its directory may exist', async () => {
    const at = untouched({ user: 'app', fileSystemTags: { 'mountkeeper:uid-range': '20000-20001' } });
    await byHand(at);
    const [point] = managedPoints(at);
    if (point) delete at.account.state.efs.accessPoints[point.id];
    await byHand(beside(at, 'billing'));
    expect(managedPoints(at)[0]?.posixUser?.uid).not.toBe(point?.posixUser?.uid);
  });

  test('where the ledger lost its rows the access points stand for them', async () => {
    const at = untouched({ user: 'app', fileSystemTags: { 'mountkeeper:uid-range': '20000-20001' } });
    await byHand(at);
    for (const table of Object.values(at.account.state.dynamodb.tables))
      for (const key of Object.keys(table.items)) delete table.items[key];
    await byHand(beside(at, 'billing'));
    expect(new Set(managedPoints(at).map(({ posixUser }) => posixUser?.uid)).size).toBe(2);
  });

  test('families in a share have one identity, which is nobody else’s', async () => {
    const tags = { 'mountkeeper:share': 'media' };
    const fileSystemTags = { 'mountkeeper:share/media': 'shop-api viewer:ro' };
    const at = untouched({ fileSystemTags, definitionTags: tags });
    const viewer = beside(at, 'viewer', { readOnly: true });
    await byHand(at);
    await byHand(viewer);
    await byHand(beside(at, 'billing', { definitionTags: {} }));
    const [one, two, other] = managedPoints(at);
    expect([one?.path, two?.path]).toEqual(['/ecs/shared/media', '/ecs/shared/media']);
    expect(one?.posixUser).toEqual(two?.posixUser);
    expect(other?.posixUser?.uid).not.toBe(one?.posixUser?.uid);
  });

  test('a family that may only read a share does not mount it writable', async () => {
    const fileSystemTags = { 'mountkeeper:share/media': 'shop-api:ro' };
    const at = untouched({ fileSystemTags, definitionTags: { 'mountkeeper:share': 'media' } });
    expect(codes(await byHand(at))).toContain('share-not-allowed');
  });

  test('the gid is the uid, and never 0 unasked', async () => {
    const at = untouched({ user: '1000:0' });
    await byHand(at);
    expect(managedPoints(at)[0]?.posixUser).toEqual({ uid: 1000, gid: 1000 });
  });

  test('a container that runs as root does not make the volume root’s', async () => {
    const at = untouched({ user: '0', fileSystemTags: { 'mountkeeper:allow-root': 'true' } });
    await byHand(at);
    expect(managedPoints(at)[0]?.posixUser?.uid).toBeGreaterThanOrEqual(10_000);
  });

  test('root where the tag asks for it and the owner allows it', async () => {
    const at = untouched({ fileSystemTags: { 'mountkeeper:allow-root': 'true' } });
    setTags(at, { 'mountkeeper:uid': '0' });
    await byHand(at);
    expect(managedPoints(at)[0]?.posixUser).toEqual({ uid: 0, gid: 0 });
    expect(grantOf(at)?.Statement[0]?.Action).toContain('elasticfilesystem:ClientRootAccess');
  });
});

test('R6: access point, network, grant, a wait, revision, service: in this order', async () => {
  const at = untouched({ standalone: false });
  setTags(at, { 'mountkeeper:start': 'empty' });
  breakIt(at.account, at.estate, 'sg-ingress');
  await byHand(at);
  expect(writes(at)).toEqual([
    'CreateAccessPoint',
    'AuthorizeSecurityGroupIngress',
    'PutRolePolicy',
    'RegisterTaskDefinition',
    'UpdateService',
  ]);
  const timeOf = (name: string) => at.account.calls.find(({ operation }) => operation === name)?.atMs ?? 0;
  expect(timeOf('RegisterTaskDefinition') - timeOf('PutRolePolicy')).toBeGreaterThanOrEqual(10_000);
});

test('R7: two families on one role at once both have their grant', async () => {
  const at = untouched();
  const estate = buildEstate(at.account, { ...at.estate.spec, name: 'billing', beside: at.estate });
  const other: Stage = { ...at, estate };
  const [definition] = revisions(at.account, 'billing');
  if (definition) definition.definition = { ...definition.definition, taskRoleArn: at.estate.taskRoleArn };
  withoutGrant(at);
  await Promise.all([byHand(at), byHand(other)]);
  const granted = grantOf(at)?.Statement.flatMap(
    ({ Condition }) => Condition.ArnEquals['elasticfilesystem:AccessPointArn'],
  );
  expect(granted?.toSorted()).toEqual(
    managedPoints(at)
      .map(({ arn }) => arn)
      .toSorted(),
  );
});

test('R8: neither the groups of a mount target nor a file-system policy is ever replaced', async () => {
  const at = await provisioned();
  expect(writes(at).filter((name) => /ModifyMountTarget|FileSystemPolicy/.test(name))).toEqual([]);
});

test('R9: it waits for an access point, and says in which zone of the service there is no mount target', async () => {
  const at = untouched({ standalone: false, mountTargets: 2 });
  setTags(at, { 'mountkeeper:start': 'empty' });
  const outcome = await byHand(at);
  expect(managedPoints(at)[0]?.lifeCycle).toBe('available');
  expect(codes(outcome)).toContain('no-mount-target-in-zone');
});

test('R10: whose an access point is stays known when it is gone', async () => {
  const at = await provisioned();
  const [point] = managedPoints(at);
  expect(await at.installed.world('provision').ledger.whose(point?.id ?? '')).toMatchObject([
    { family: 'shop-api', fileSystemId: at.estate.fileSystemId, volume: 'data' },
  ]);
});

test('R12: a grant that somebody removed is written again at the next look, though no event tells of it', async () => {
  const at = await provisioned();
  withoutGrant(at);
  await byHand(at);
  expect(done(lastOutcome(at))).toEqual(['put-role-policy']);
  expect(grantOf(at)?.Statement).toHaveLength(1);
});

test('a family that nobody opted in is left alone without a word', async () => {
  const at = untouched({ keys: { taskDefinition: false } });
  await register(at);
  await at.account.bus.drain();
  expect({ decisions: decisions(at.installed), writes: writes(at), alerts: alerts(at) }).toEqual({
    decisions: [],
    writes: [],
    alerts: [],
  });
});
