import { runEstate } from '../../lib/simulator/estate.ts';
import {
  alerts,
  byHand,
  codes,
  deregister,
  done,
  heldBy,
  lastOutcome,
  managedPoints,
  mountsOf,
  newest,
  provisioned,
  register,
  setFileSystemTags,
  setTags,
  tag,
  untag,
  untouched,
  withoutGrant,
  writes,
} from './provision-stage.ts';
import { mounts, stage, touched } from './stage.ts';

/** A service whose data lies at the root of the file system, and that opts in by a tag on the revision that runs. */
async function running(tags: Readonly<Record<string, string>> = {}, fileSystemTags = {}) {
  const at = stage({ accessPoint: false, user: '1000', files: ['orders.db'], fileSystemTags });
  await runEstate(at.account, at.estate);
  await at.account.bus.drain();
  await tag(at, { 'mountkeeper:enabled': 'true', ...tags });
  await at.account.bus.drain();
  return at;
}

describe('data comes first', () => {
  test('a service with data on / opts in, nothing is made, and it still sees its data', async () => {
    const at = await running();
    expect(codes(lastOutcome(at))).toContain('volume-has-data');
    expect({ writes: writes(at), points: managedPoints(at) }).toEqual({ writes: [], points: [] });
    expect(await mounts(at)).toBe(true);
    expect(mountsOf(at).map(({ path, files }) => ({ path, files }))).toContainEqual({
      path: '/',
      files: ['orders.db'],
    });
    expect(alerts(at)).toHaveLength(1);
    expect(alerts(at)[0]).toContain('mountkeeper:start = keep');
  });

  test('with start = keep and the owner’s mountkeeper:adopt it gets an access point on its present path', async () => {
    const at = await running({ 'mountkeeper:start': 'keep' }, { 'mountkeeper:adopt': '/' });
    expect(managedPoints(at).map(({ path, posixUser, creationInfo }) => ({ path, posixUser, creationInfo }))).toEqual([
      { path: '/', posixUser: undefined, creationInfo: undefined },
    ]);
    expect(await mounts(at)).toBe(true);
    expect(mountsOf(at).at(-1)).toMatchObject({ path: '/', files: expect.arrayContaining(['orders.db']) });
  });

  test('with start = keep and no mountkeeper:adopt nothing is made', async () => {
    const at = await running({ 'mountkeeper:start': 'keep' }, { 'mountkeeper:adopt': '/shop' });
    expect({ codes: codes(lastOutcome(at)), writes: writes(at) }).toEqual({
      codes: expect.arrayContaining(['tag-invalid']),
      writes: [],
    });
  });

  test('with start = empty it gets a new directory', async () => {
    const at = await running({ 'mountkeeper:start': 'empty' });
    expect(managedPoints(at).map(({ path }) => path)).toEqual(['/ecs/shop-api/data']);
  });

  test('a revision without tags that ran long ago counts as well', async () => {
    const at = untouched();
    await at.account.clock.advance(3_600_000);
    const outcome = await byHand(at);
    expect({ codes: codes(outcome), held: heldBy(outcome), writes: writes(at) }).toEqual({
      codes: expect.arrayContaining(['volume-has-data']),
      held: expect.objectContaining({ 'create-access-point': 'person', 'register-revision': 'person' }),
      writes: [],
    });
  });

  test('an earlier revision that mounted the file system counts, also when it is inactive', async () => {
    const at = untouched();
    const first = newest(at);
    await register(at, { family: 'shop-api' });
    await deregister(at, first.arn);
    expect(codes(await byHand(at))).toContain('volume-has-data');
    expect(writes(at)).toEqual([]);
  });

  test('a volume that is renamed does not start empty', async () => {
    const at = await provisioned();
    const [container] = newest(at).definition.containerDefinitions;
    await register(at, {
      containerDefinitions: [
        { ...container, mountPoints: [{ sourceVolume: 'files', containerPath: '/var/data', readOnly: false }] },
      ],
      volumes: [{ name: 'files', efsVolumeConfiguration: { fileSystemId: at.estate.fileSystemId } }],
    });
    const outcome = await byHand(at);
    expect({ codes: codes(outcome), points: managedPoints(at).length }).toEqual({
      codes: expect.arrayContaining(['volume-has-data']),
      points: 1,
    });
  });

  test('a second volume on the same file system gets an access point of its own, the first one stays', async () => {
    const at = await provisioned();
    const [first] = managedPoints(at);
    const { containerDefinitions, volumes = [] } = newest(at).definition;
    const [container] = containerDefinitions;
    await register(at, {
      containerDefinitions: [
        {
          ...container,
          mountPoints: [
            ...(container?.mountPoints ?? []),
            { sourceVolume: 'cache', containerPath: '/var/cache', readOnly: false },
          ],
        },
      ],
      volumes: [...volumes, { name: 'cache', efsVolumeConfiguration: { fileSystemId: at.estate.fileSystemId } }],
    });
    await byHand(at);
    expect(managedPoints(at).map(({ id, path }) => [id === first?.id, path])).toEqual([
      [true, '/ecs/shop-api/data'],
      [false, '/ecs/shop-api/cache'],
    ]);
  });

  test('an access point that the volume names already is kept, and its path stays', async () => {
    const at = stage({ iam: false, standalone: true });
    withoutGrant(at);
    const outcome = await byHand(at);
    expect({ points: managedPoints(at), done: done(outcome) }).toEqual({
      points: [],
      done: ['put-role-policy', 'register-revision'],
    });
    expect(newest(at).definition.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig).toEqual({
      accessPointId: at.estate.accessPointId,
      iam: 'ENABLED',
    });
    expect(await mounts(at)).toBe(true);
    expect(mountsOf(at)).toMatchObject([{ path: '/shop-api', uid: 1000 }]);
  });

  test.each([
    ['uid', { 'mountkeeper:uid': '4000' }],
    ['gid', { 'mountkeeper:gid': '4000' }],
    ['permissions', { 'mountkeeper:permissions': '0777' }],
    ['share', { 'mountkeeper:share': 'media' }],
  ])('a changed tag that would alter the %s of an existing directory changes nothing', async (_what, tags) => {
    const at = await provisioned({ fileSystemTags: { 'mountkeeper:share/media': '@any' } });
    const before = touched(at.account);
    setTags(at, tags);
    const outcome = await byHand(at);
    expect({ codes: codes(outcome), points: managedPoints(at).length }).toEqual({
      codes: expect.arrayContaining(['identity-change-withheld']),
      points: 1,
    });
    expect((touched(at.account) as { efs: unknown }).efs).toEqual((before as { efs: unknown }).efs);
  });

  test('neither an untag nor the end of all revisions deletes anything; the orphan is told', async () => {
    const at = await provisioned();
    await untag(at, 'mountkeeper:enabled');
    await at.account.bus.drain();
    for (const { arn } of Object.values(at.account.state.ecs.taskDefinitions['shop-api']?.revisions ?? {}))
      await deregister(at, arn);
    const before = touched(at.account);
    await at.account.bus.drain();
    expect({ codes: codes(lastOutcome(at)), account: touched(at.account) }).toEqual({
      codes: ['access-point-orphaned'],
      account: before,
    });
  });

  test('an access point that was deleted is made again on the same path, with the same identity and a new token', async () => {
    const at = await provisioned({ user: 'app' });
    const [first] = managedPoints(at);
    if (first) delete at.account.state.efs.accessPoints[first.id];
    await byHand(at);
    const [second] = managedPoints(at);
    expect(second).toMatchObject({ path: first?.path, posixUser: first?.posixUser });
    expect(second?.clientToken).not.toBe(first?.clientToken);
    expect(newest(at).definition.volumes?.[0]?.efsVolumeConfiguration?.authorizationConfig?.accessPointId).toBe(
      second?.id,
    );
  });

  test('adopt covers component by component', async () => {
    const at = untouched({ rootDirectory: '/base2/data', fileSystemTags: { 'mountkeeper:adopt': '/base' } });
    setTags(at, { 'mountkeeper:start': 'keep' });
    expect(codes(await byHand(at))).toContain('tag-invalid');
    setFileSystemTags(at, { 'mountkeeper:adopt': '/base2' });
    await byHand(at);
    expect(managedPoints(at).map(({ path }) => path)).toEqual(['/base2/data']);
  });
});
