import {
  CreateFileSystemCommand,
  DescribeFileSystemsCommand,
  DescribeReplicationConfigurationsCommand,
  EFSClient,
  EFSServiceException,
  FileSystemAlreadyExists,
  FileSystemNotFound,
  paginateDescribeFileSystems,
  ThrottlingException,
} from '@aws-sdk/client-efs';
import { createAccount } from '../../lib/simulator/account.ts';
import { SimulatedCrash } from '../../lib/simulator/faults.ts';

function efsAccount() {
  const account = createAccount();
  return { account, efs: account.client(EFSClient) };
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );
}

test('a real client gets the typed exception of the service', async () => {
  const { efs } = efsAccount();
  const error = await caught(efs.send(new DescribeFileSystemsCommand({ FileSystemId: 'fs-0123456789abcdef0' })));
  expect(error).toBeInstanceOf(FileSystemNotFound);
  expect(error).toBeInstanceOf(EFSServiceException);
  expect(error).toMatchObject({
    name: 'FileSystemNotFound',
    message: "File system 'fs-0123456789abcdef0' does not exist.",
    ErrorCode: 'FileSystemNotFound',
    $fault: 'client',
    $metadata: { httpStatusCode: 404, attempts: 1 },
  });
});

test('the modelled members of an exception arrive', async () => {
  const { efs } = efsAccount();
  const { FileSystemId: id } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'one' }));
  const error = await caught(efs.send(new CreateFileSystemCommand({ CreationToken: 'one' })));
  expect(error).toBeInstanceOf(FileSystemAlreadyExists);
  expect(error).toMatchObject({ FileSystemId: id });
});

test('a throttled call is retried by the real retry strategy', async () => {
  const { account, efs } = efsAccount();
  account.faults.inject({ match: { operation: 'DescribeFileSystems' }, kind: 'throttle', times: 2 });
  await efs.send(new DescribeFileSystemsCommand({}));
  expect(account.calls.map((call) => [call.attempt, call.error])).toEqual([
    [1, 'ThrottlingException'],
    [2, 'ThrottlingException'],
    [3, undefined],
  ]);
});

test('a throttle that does not end surfaces as the typed exception', async () => {
  const { account, efs } = efsAccount();
  account.faults.inject({ match: {}, kind: 'throttle' });
  const error = await caught(efs.send(new DescribeFileSystemsCommand({})));
  expect(error).toBeInstanceOf(ThrottlingException);
  expect(account.callCount()).toBe(3);
});

test('paginators walk pages of a hundred', async () => {
  const { account, efs } = efsAccount();
  for (let index = 0; index < 201; index += 1) {
    await efs.send(new CreateFileSystemCommand({ CreationToken: `token-${index}` }));
  }
  const before = account.callCount();
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeFileSystems({ client: efs }, {})) sizes.push(page.FileSystems?.length);
  expect(sizes).toEqual([100, 100, 1]);
  expect(account.callCount() - before).toBe(3);
});

test('a call that nobody wrote fails with its own name', async () => {
  const { efs } = efsAccount();
  const error = await caught(efs.send(new DescribeReplicationConfigurationsCommand({})));
  expect(String(error)).toBe('Error: simulated account: EFS.DescribeReplicationConfigurations is not written');
});

test('a crash before the effect leaves nothing behind and is not retried', async () => {
  const { account, efs } = efsAccount();
  account.faults.inject({ match: { operation: 'CreateFileSystem' }, kind: 'crash-before' });
  const error = await caught(efs.send(new CreateFileSystemCommand({ CreationToken: 'one' })));
  expect(error).toBeInstanceOf(SimulatedCrash);
  expect([account.callCount(), Object.keys(account.state.efs.fileSystems).length]).toEqual([1, 0]);
});

test('a crash after the effect leaves the effect', async () => {
  const { account, efs } = efsAccount();
  account.faults.inject({ match: { operation: 'CreateFileSystem' }, kind: 'crash-after' });
  const error = await caught(efs.send(new CreateFileSystemCommand({ CreationToken: 'one' })));
  expect(error).toBeInstanceOf(SimulatedCrash);
  expect([account.callCount(), Object.keys(account.state.efs.fileSystems).length]).toEqual([1, 1]);
});

test('a lost answer after the effect makes the client retry into the 409', async () => {
  const { account, efs } = efsAccount();
  account.faults.inject({ match: { operation: 'CreateFileSystem' }, kind: 'timeout-after', times: 1 });
  const error = await caught(efs.send(new CreateFileSystemCommand({ CreationToken: 'one' })));
  expect(error).toBeInstanceOf(FileSystemAlreadyExists);
  expect(account.callCount()).toBe(2);
});

test('only the named attempt of the named caller is struck', async () => {
  const { account } = efsAccount();
  const caller = 'arn:aws:iam::111122223333:role/mountkeeper-remediate';
  const efs = account.client(EFSClient, caller);
  account.faults.inject({ match: { caller, nth: 2 }, kind: 'deny' });
  await efs.send(new DescribeFileSystemsCommand({}));
  const error = await caught(efs.send(new DescribeFileSystemsCommand({})));
  await account.client(EFSClient).send(new DescribeFileSystemsCommand({}));
  expect(error).toMatchObject({
    name: 'AccessDeniedException',
    message: `User: ${caller} is not authorized to perform: elasticfilesystem:DescribeFileSystems because no identity-based policy allows the elasticfilesystem:DescribeFileSystems action`,
    $metadata: { httpStatusCode: 403 },
  });
  expect(account.calls.map((call) => call.error)).toEqual([undefined, 'AccessDeniedException', undefined]);
});

test('calls at once are one round trip, calls after one another are several', async () => {
  const { account, efs } = efsAccount();
  const describe = () => efs.send(new DescribeFileSystemsCommand({}));
  await Promise.all([describe(), describe(), describe()]);
  await describe();
  expect([account.callCount(), account.roundTrips(), account.roundTrips(3)]).toEqual([4, 2, 1]);
});

test('latency moves the simulated clock', async () => {
  const { account, efs } = efsAccount();
  const before = account.clock.nowMs();
  account.faults.inject({ match: {}, kind: 'latency', latencyMs: 2_500, times: 1 });
  await efs.send(new DescribeFileSystemsCommand({}));
  expect(account.clock.nowMs() - before).toBe(2_500);
});

test('permission is asked for each call, with its resource and tags', async () => {
  const { account, efs } = efsAccount();
  const created = await efs.send(
    new CreateFileSystemCommand({ CreationToken: 'one', Tags: [{ Key: 'mountkeeper:allow', Value: 'billing' }] }),
  );
  account.authorize = (call) => `${call.caller} may not ${call.operation} on ${call.resource}`;
  const error = await caught(efs.send(new DescribeFileSystemsCommand({ FileSystemId: created.FileSystemId })));
  expect(error).toMatchObject({
    name: 'AccessDeniedException',
    message: `arn:aws:iam::111122223333:user/operator may not DescribeFileSystems on ${created.FileSystemArn}`,
  });
  expect(account.calls.map((call) => [call.requestTags, call.resourceTags])).toEqual([
    [{ 'mountkeeper:allow': 'billing' }, {}],
    [{}, { 'mountkeeper:allow': 'billing' }],
  ]);
});

test('the state stays plain JSON', async () => {
  const { account, efs } = efsAccount();
  await efs.send(new CreateFileSystemCommand({ CreationToken: 'one', AvailabilityZoneName: undefined }));
  expect(JSON.parse(JSON.stringify(account.state))).toStrictEqual(account.state);
});
