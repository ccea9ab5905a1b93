import {
  AccessPointAlreadyExists,
  CreateAccessPointCommand,
  type CreateAccessPointCommandInput,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteAccessPointCommand,
  DeleteFileSystemCommand,
  DeleteFileSystemPolicyCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeFileSystemPolicyCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetSecurityGroupsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  ListTagsForResourceCommand,
  ModifyMountTargetSecurityGroupsCommand,
  PutFileSystemPolicyCommand,
  paginateDescribeAccessPoints,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFileSystemCommand,
} from '@aws-sdk/client-efs';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { addSecurityGroup, addSubnet, addVpc } from '../../lib/simulator/services/ec2-network.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

async function withFileSystem() {
  const account = createAccount();
  const efs = account.client(EFSClient);
  const { FileSystemId: id = '' } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'data' }));
  await account.clock.advance(MINUTE);
  return { account, efs, id };
}

function withNetwork(account: Account) {
  const vpc = addVpc(account, '10.0.0.0/16');
  const subnets = ['a', 'b'].map((letter, index) =>
    addSubnet(account, { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${letter}` }),
  );
  const group = addSecurityGroup(account, { vpcId: vpc.id, name: 'efs', description: 'mounts', tags: [] });
  return { vpc, group, first: subnets[0]?.id ?? '', second: subnets[1]?.id ?? '' };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (error: Error) => error.name,
  );
}

test('a new file system is creating, then available', async () => {
  const account = createAccount();
  const efs = account.client(EFSClient);
  const created = await efs.send(new CreateFileSystemCommand({ CreationToken: 'data' }));
  await account.clock.advance(MINUTE);
  const later = await efs.send(new DescribeFileSystemsCommand({ FileSystemId: created.FileSystemId }));
  expect([created.LifeCycleState, later.FileSystems?.[0]?.LifeCycleState]).toEqual(['creating', 'available']);
});

test('an access point is creating, then available, and keeps what it was asked for', async () => {
  const { account, efs, id } = await withFileSystem();
  const created = await efs.send(
    new CreateAccessPointCommand({
      FileSystemId: id,
      ClientToken: 'mk-1',
      PosixUser: { Uid: 10_000, Gid: 10_000 },
      RootDirectory: {
        Path: '/ecs/billing/data',
        CreationInfo: { OwnerUid: 10_000, OwnerGid: 10_000, Permissions: '0750' },
      },
      Tags: [{ Key: 'mountkeeper:managed', Value: 'true' }],
    }),
  );
  await account.clock.advance(MINUTE);
  const [later] =
    (await efs.send(new DescribeAccessPointsCommand({ AccessPointId: created.AccessPointId }))).AccessPoints ?? [];
  expect([created.LifeCycleState, later?.LifeCycleState]).toEqual(['creating', 'available']);
  expect(later).toMatchObject({
    AccessPointArn: `arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/${created.AccessPointId}`,
    RootDirectory: {
      Path: '/ecs/billing/data',
      CreationInfo: { OwnerUid: 10_000, OwnerGid: 10_000, Permissions: '0750' },
    },
  });
});

test('a repeated client token is a 409 that carries the id, even for another file system', async () => {
  const { account, efs, id } = await withFileSystem();
  const { FileSystemId: other } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'other' }));
  await account.clock.advance(MINUTE);
  const first = await efs.send(new CreateAccessPointCommand({ FileSystemId: id, ClientToken: 'mk-1' }));
  const error = await efs
    .send(new CreateAccessPointCommand({ FileSystemId: other, ClientToken: 'mk-1' }))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AccessPointAlreadyExists);
  expect(error).toMatchObject({ AccessPointId: first.AccessPointId, $metadata: { httpStatusCode: 409 } });
});

test('without a token every call makes another access point', async () => {
  const { account, efs, id } = await withFileSystem();
  await efs.send(new CreateAccessPointCommand({ FileSystemId: id } as CreateAccessPointCommandInput));
  await efs.send(new CreateAccessPointCommand({ FileSystemId: id } as CreateAccessPointCommandInput));
  expect(Object.keys(account.state.efs.accessPoints)).toHaveLength(2);
});

test.each([
  ['five components', { RootDirectory: { Path: '/a/b/c/d/e' } }],
  ['a component that begins with a dot', { RootDirectory: { Path: '/ecs/../etc' } }],
  ['a trailing slash', { RootDirectory: { Path: '/ecs/' } }],
  ['a path of 101 characters', { RootDirectory: { Path: `/${'a'.repeat(100)}` } }],
  [
    'permissions that are not octal',
    { RootDirectory: { CreationInfo: { OwnerUid: 1, OwnerGid: 1, Permissions: '0980' } } },
  ],
  ['a uid above 2^32', { PosixUser: { Uid: 4_294_967_296, Gid: 1 } }],
  ['17 secondary gids', { PosixUser: { Uid: 1, Gid: 1, SecondaryGids: Array.from({ length: 17 }, (_, gid) => gid) } }],
  ['a tag with a comma', { Tags: [{ Key: 'a', Value: 'b,c' }] }],
  ['a tag key of AWS', { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'x' }] }],
  ['a tag value of 257 characters', { Tags: [{ Key: 'a', Value: 'x'.repeat(257) }] }],
  ['51 tags', { Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })) }],
])('an access point with %s is refused', async (_what, members) => {
  const { efs, id } = await withFileSystem();
  const input = { FileSystemId: id, ClientToken: 'mk-1', ...members };
  expect(await codeOf(efs.send(new CreateAccessPointCommand(input as CreateAccessPointCommandInput)))).toBe(
    'BadRequest',
  );
});

test('access points come in pages of a hundred', async () => {
  const { efs, id } = await withFileSystem();
  for (let index = 0; index < 120; index += 1) {
    await efs.send(new CreateAccessPointCommand({ FileSystemId: id, ClientToken: `mk-${index}` }));
  }
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeAccessPoints({ client: efs }, { FileSystemId: id })) {
    sizes.push(page.AccessPoints?.length);
  }
  expect(sizes).toEqual([100, 20]);
});

test('with a list delay a new access point is known by its id before it is listed', async () => {
  const { account, efs, id } = await withFileSystem();
  account.state.efs.listDelayMs = 3 * SECOND;
  const { AccessPointId } = await efs.send(new CreateAccessPointCommand({ FileSystemId: id, ClientToken: 'mk-1' }));
  const listed = async () =>
    (await efs.send(new DescribeAccessPointsCommand({ FileSystemId: id }))).AccessPoints?.length;
  const byId = await efs.send(new DescribeAccessPointsCommand({ AccessPointId }));
  const before = await listed();
  await account.clock.advance(3 * SECOND);
  expect([byId.AccessPoints?.length, before, await listed()]).toEqual([1, 0, 1]);
});

test('a deleted access point goes through deleting, and its token is taken until it is gone', async () => {
  const { account, efs, id } = await withFileSystem();
  const { AccessPointId } = await efs.send(new CreateAccessPointCommand({ FileSystemId: id, ClientToken: 'mk-1' }));
  await efs.send(new DeleteAccessPointCommand({ AccessPointId }));
  const again = () => codeOf(efs.send(new CreateAccessPointCommand({ FileSystemId: id, ClientToken: 'mk-1' })));
  const during = await again();
  await account.clock.advance(MINUTE);
  expect([during, await codeOf(efs.send(new DescribeAccessPointsCommand({ AccessPointId }))), await again()]).toEqual([
    'AccessPointAlreadyExists',
    'AccessPointNotFound',
    'ok',
  ]);
});

test('a mount target is creating, has an interface, and takes the default group', async () => {
  const { account, efs, id } = await withFileSystem();
  const { vpc, first } = withNetwork(account);
  const target = await efs.send(new CreateMountTargetCommand({ FileSystemId: id, SubnetId: first }));
  expect(target).toMatchObject({ LifeCycleState: 'creating', AvailabilityZoneId: 'euw1-az1', IpAddress: '10.0.0.4' });
  expect(account.state.ec2.networkInterfaces[target.NetworkInterfaceId ?? '']).toMatchObject({
    groups: [vpc.defaultSecurityGroupId],
    description: `EFS mount target for ${id} (${target.MountTargetId})`,
  });
  await account.clock.advance(2 * MINUTE);
  const described = await efs.send(new DescribeMountTargetsCommand({ FileSystemId: id }));
  expect(described.MountTargets?.[0]?.LifeCycleState).toBe('available');
});

test('a zone takes one mount target, and all are in one VPC', async () => {
  const { account, efs, id } = await withFileSystem();
  const { first, second } = withNetwork(account);
  const elsewhere = withNetwork(account);
  const create = (SubnetId: string) => codeOf(efs.send(new CreateMountTargetCommand({ FileSystemId: id, SubnetId })));
  expect([await create(first), await create(first), await create(elsewhere.second), await create(second)]).toEqual([
    'ok',
    'MountTargetConflict',
    'MountTargetConflict',
    'ok',
  ]);
});

test('modifying the groups of a mount target replaces them, also on its interface', async () => {
  const { account, efs, id } = await withFileSystem();
  const { group, first } = withNetwork(account);
  const target = await efs.send(new CreateMountTargetCommand({ FileSystemId: id, SubnetId: first }));
  const MountTargetId = target.MountTargetId;
  const modify = () =>
    efs.send(new ModifyMountTargetSecurityGroupsCommand({ MountTargetId, SecurityGroups: [group.id] }));
  const early = await codeOf(modify());
  await account.clock.advance(2 * MINUTE);
  await modify();
  const now = await efs.send(new DescribeMountTargetSecurityGroupsCommand({ MountTargetId }));
  const card = account.state.ec2.networkInterfaces[target.NetworkInterfaceId ?? ''];
  expect([early, now.SecurityGroups, card?.groups]).toEqual(['IncorrectMountTargetState', [group.id], [group.id]]);
});

test('a file system with mount targets cannot be deleted', async () => {
  const { account, efs, id } = await withFileSystem();
  const { first } = withNetwork(account);
  const { MountTargetId } = await efs.send(new CreateMountTargetCommand({ FileSystemId: id, SubnetId: first }));
  const before = await codeOf(efs.send(new DeleteFileSystemCommand({ FileSystemId: id })));
  await efs.send(new DeleteMountTargetCommand({ MountTargetId }));
  await account.clock.advance(MINUTE);
  await efs.send(new DeleteFileSystemCommand({ FileSystemId: id }));
  await account.clock.advance(MINUTE);
  expect([before, Object.keys(account.state.efs.fileSystems)]).toEqual(['FileSystemInUse', []]);
});

const DENY_PLAIN = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

test('a policy is replaced whole, and its absence is PolicyNotFound', async () => {
  const { efs, id } = await withFileSystem();
  const read = () => efs.send(new DescribeFileSystemPolicyCommand({ FileSystemId: id }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [DENY_PLAIN] });
  const before = await codeOf(read());
  await efs.send(new PutFileSystemPolicyCommand({ FileSystemId: id, Policy }));
  const during = (await read()).Policy;
  await efs.send(new DeleteFileSystemPolicyCommand({ FileSystemId: id }));
  expect([before, during, await codeOf(read())]).toEqual(['PolicyNotFound', Policy, 'PolicyNotFound']);
});

test.each([
  ['not JSON', '{'],
  ['without statements', '{"Version":"2012-10-17"}'],
  [
    'for a role that does not exist',
    JSON.stringify({ Statement: { ...DENY_PLAIN, Principal: { AWS: 'arn:aws:iam::111122223333:role/ghost' } } }),
  ],
  ['with an action of another service', JSON.stringify({ Statement: { ...DENY_PLAIN, Action: 's3:GetObject' } })],
  ['that locks everybody out', JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: '*' } })],
  ['of 20,001 characters', JSON.stringify({ Statement: DENY_PLAIN, Id: 'x'.repeat(20_001) })],
])('a policy %s is refused', async (_what, Policy) => {
  const { efs, id } = await withFileSystem();
  expect(await codeOf(efs.send(new PutFileSystemPolicyCommand({ FileSystemId: id, Policy })))).toBe(
    'InvalidPolicyException',
  );
});

test('tags are added, replaced and removed by key', async () => {
  const { efs, id: ResourceId } = await withFileSystem();
  const tag = (Key: string, Value: string) => efs.send(new TagResourceCommand({ ResourceId, Tags: [{ Key, Value }] }));
  await tag('mountkeeper:allow', 'billing');
  await tag('mountkeeper:allow', 'billing orders-+');
  await tag('team', 'storage');
  await efs.send(new UntagResourceCommand({ ResourceId, TagKeys: ['team'] }));
  const listed = await efs.send(new ListTagsForResourceCommand({ ResourceId }));
  expect(listed.Tags).toEqual([{ Key: 'mountkeeper:allow', Value: 'billing orders-+' }]);
});

test('an update is accepted at once and shows after a minute', async () => {
  const { account, efs, id: FileSystemId } = await withFileSystem();
  const answer = await efs.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'elastic' }));
  const read = async () => (await efs.send(new DescribeFileSystemsCommand({ FileSystemId }))).FileSystems?.[0];
  const during = await read();
  const again = await codeOf(efs.send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'bursting' })));
  await account.clock.advance(MINUTE);
  const after = await read();
  expect([answer, during, after].map((one) => [one?.LifeCycleState, one?.ThroughputMode])).toEqual([
    ['updating', 'elastic'],
    ['updating', 'bursting'],
    ['available', 'elastic'],
  ]);
  expect(again).toBe('IncorrectFileSystemLifeCycleState');
});

test('an increase is never refused; a decrease within 24 hours says when it will be possible', async () => {
  const { account, efs, id: FileSystemId } = await withFileSystem();
  const provision = async (ProvisionedThroughputInMibps: number) => {
    const result = await efs
      .send(new UpdateFileSystemCommand({ FileSystemId, ThroughputMode: 'provisioned', ProvisionedThroughputInMibps }))
      .then(
        () => 'ok',
        (error: Error) => `${error.name} ${/Wait until \S+ UTC/.exec(error.message)?.[0]}`,
      );
    await account.clock.advance(MINUTE);
    return result;
  };
  const results = [await provision(10), await provision(20), await provision(5)];
  await account.clock.advance(24 * HOUR);
  expect([...results, await provision(5)]).toEqual([
    'ok',
    'ok',
    'TooManyRequests Wait until 2026-09-02T10:02:00Z UTC',
    'ok',
  ]);
});
