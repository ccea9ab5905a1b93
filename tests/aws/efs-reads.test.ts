import { absent } from '../../lib/domain/fact.ts';
import { called, onEstate, valueIn } from './on-estate.ts';

test('a file system is read with size, mode and tags; one that is not there is absent', async () => {
  const { world, estate } = onEstate({ fileSystemTags: { team: 'shop' } });
  expect(valueIn(await world.efs.fileSystem(estate.fileSystemId))).toMatchObject({
    id: estate.fileSystemId,
    arn: estate.fileSystemArn,
    ownerId: '111122223333',
    state: 'available',
    performanceMode: 'generalPurpose',
    throughputMode: expect.stringMatching(/bursting|elastic|provisioned/),
    sizeStandardBytes: expect.any(Number),
    tags: { team: 'shop', 'mountkeeper:allow': expect.any(String) },
  });
  expect(await world.efs.fileSystem('fs-0123456789abcdef0')).toEqual(absent);
});

test('after a listing no file system is asked for by itself', async () => {
  const { world, account, estate } = onEstate();
  expect(valueIn(await world.efs.fileSystems()).map((one) => one.id)).toEqual([estate.fileSystemId]);
  await world.efs.fileSystem(estate.fileSystemId);
  expect(called(account)).toEqual(['DescribeFileSystems']);
});

test('mount targets come with their groups, all zones at once', async () => {
  const { world, account, estate } = onEstate();
  const found = valueIn(await world.efs.mountTargets(estate.fileSystemId));
  expect(found).toMatchObject(
    estate.zones.map((zone) => ({
      fileSystemId: estate.fileSystemId,
      vpcId: estate.vpcId,
      subnetId: zone.dataSubnetId,
      zoneId: zone.id,
      zoneName: zone.name,
      state: 'available',
      ipv4: expect.stringMatching(/^10\./),
      networkInterfaceId: expect.stringMatching(/^eni-/),
      groupIds: { state: 'present', value: [estate.mountTargetGroupId] },
    })),
  );
  expect(account.roundTrips()).toBe(2);
  await world.efs.mountTarget(found[0]?.id ?? '');
  expect(account.callCount()).toBe(4);
  world.forget();
  expect(await world.efs.mountTarget(found[0]?.id ?? '')).toEqual({ state: 'present', value: found[0] });
});

test('groups that may not be read are unknown, the mount target is there all the same', async () => {
  const { world, account, estate } = onEstate({ zones: 1 });
  account.faults.inject({ match: { operation: 'DescribeMountTargetSecurityGroups' }, kind: 'deny' });
  const [found] = valueIn(await world.efs.mountTargets(estate.fileSystemId));
  expect(found?.groupIds).toEqual({
    state: 'unknown',
    why: 'denied: this role may not call elasticfilesystem:DescribeMountTargetSecurityGroups',
  });
});

test('mount targets of a file system that is not there are absent', async () => {
  const { world } = onEstate();
  expect(await world.efs.mountTargets('fs-0123456789abcdef0')).toEqual(absent);
  expect(await world.efs.mountTarget('fsmt-0123456789abcdef0')).toEqual(absent);
});

test('an access point shows path, identity and what its directory is made with', async () => {
  const { world, account, estate } = onEstate();
  const id = estate.accessPointId ?? '';
  const point = valueIn(await world.efs.accessPoint(id));
  const kept = account.state.efs.accessPoints[id];
  expect(point).toMatchObject({
    id,
    arn: estate.accessPointArn,
    fileSystemId: estate.fileSystemId,
    state: 'available',
    path: kept?.path,
    user: { uid: kept?.posixUser?.uid, gid: kept?.posixUser?.gid },
    creation: kept?.creationInfo,
  });
  expect(await world.efs.accessPoint('fsap-0123456789abcdef0')).toEqual(absent);
});

test('more than one page of access points is read to its end, and each is then known', async () => {
  const { world, account, estate } = onEstate();
  const sample = account.state.efs.accessPoints[estate.accessPointId ?? ''];
  for (let index = 0; index < 120; index += 1) {
    const id = `fsap-${String(index).padStart(17, '0')}`;
    if (sample) account.state.efs.accessPoints[id] = { ...sample, id, clientToken: id };
  }
  expect(valueIn(await world.efs.accessPoints(estate.fileSystemId))).toHaveLength(121);
  await world.efs.accessPoint('fsap-00000000000000007');
  expect(called(account)).toEqual(['DescribeAccessPoints', 'DescribeAccessPoints']);
});

test('no policy is absent; no file system is unknown, for no policy would mean that everybody may', async () => {
  const { world, estate } = onEstate();
  expect(JSON.parse(valueIn(await world.efs.policy(estate.fileSystemId)))).toMatchObject({ Version: '2012-10-17' });
  const open = onEstate({ policy: 'none' });
  expect(await open.world.efs.policy(open.estate.fileSystemId)).toEqual(absent);
  expect(await world.efs.policy('fs-0123456789abcdef0')).toMatchObject({ state: 'unknown' });
});
