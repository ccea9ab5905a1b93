import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateFileSystemCommand, EFSClient, UpdateFileSystemCommand } from '@aws-sdk/client-efs';
import { createAccount } from '../../lib/simulator/account.ts';
import { type LiveOptions, liveThroughput } from '../../lib/simulator/live-throughput.ts';

const MINUTE_MS = 60_000;
const GIB = 1024 ** 3;

/** 100 GiB earn 4.88 MiB/s and may burst to 100 MiB/s. */
async function alive(options: LiveOptions) {
  const account = createAccount();
  const efs = account.client(EFSClient);
  const { FileSystemId: id = '' } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'data' }));
  await account.clock.advance(MINUTE_MS);
  const fileSystem = account.state.efs.fileSystems[id];
  if (fileSystem !== undefined) fileSystem.sizeBytes.standard = 100 * GIB;
  return { account, efs, id, live: liveThroughput(account, id, options) };
}

const writes = (writeMibps: number) => () => ({ readMibps: 0, writeMibps });

test('a minute of writing burns what it writes and earns what the size earns', async () => {
  const { account, live } = await alive({ load: writes(50), creditMib: 100_000 });
  await account.clock.advance(MINUTE_MS);
  expect(live.work().creditMib).toBeCloseTo(100_000 - 50 * 60 + (100 * 50 * 60) / 1024, 6);
});

test('without credits the baseline is all there is, and the minute counts as throttled', async () => {
  const { account, live } = await alive({ load: writes(50), creditMib: 0 });
  await account.clock.advance(10 * MINUTE_MS);
  expect([live.throttledMinutes(), Math.round(live.work().backlogWriteMib)]).toEqual([
    10,
    Math.round(10 * 60 * (50 - 5000 / 1024)),
  ]);
});

test('a switch that the account accepted is in force after its minute of updating', async () => {
  const { account, efs, id, live } = await alive({ load: writes(50), creditMib: 0 });
  const setting = { ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 200 } as const;
  await efs.send(new UpdateFileSystemCommand({ FileSystemId: id, ...setting }));
  await account.clock.advance(10 * MINUTE_MS);
  expect([live.throttledMinutes(), live.work().backlogWriteMib, live.usd() > 0]).toEqual([1, 0, true]);
});

test('CloudWatch gets one point a minute, in bytes', async () => {
  const { account, id } = await alive({ load: writes(2), creditMib: 1_000 });
  const StartTime = new Date(account.clock.nowMs());
  await account.clock.advance(10 * MINUTE_MS);
  const Dimensions = [{ Name: 'FileSystemId', Value: id }];
  const Metric = { Namespace: 'AWS/EFS', MetricName: 'MeteredIOBytes', Dimensions };
  const answer = await account.client(CloudWatchClient).send(
    new GetMetricDataCommand({
      StartTime,
      EndTime: new Date(account.clock.nowMs()),
      MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
    }),
  );
  expect(answer.MetricDataResults?.[0]?.Values).toEqual(Array.from({ length: 7 }, () => 2 * 60 * 1024 ** 2));
});

test('it ends when it is stopped', async () => {
  const { account, live } = await alive({ load: writes(50), creditMib: 0 });
  await account.clock.advance(2 * MINUTE_MS);
  live.stop();
  await account.clock.advance(10 * MINUTE_MS);
  expect(live.throttledMinutes()).toBe(2);
});
