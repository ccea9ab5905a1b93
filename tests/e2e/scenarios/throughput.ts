import { type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeFileSystemsCommand } from '@aws-sdk/client-efs';
import type { Clients } from '../clients.ts';
import { buildEstate } from '../estate.ts';
import { assert, eventually, type Scenario } from '../scenario.ts';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
/** Two minutes of the schedule, and what a run takes on a busy machine. */
const WITHIN_MS = 300_000;

/** An hour of a file system that uses 30 MiB/s of its burst, with credits for little more. */
async function putHour({ cloudWatch }: Clients, fileSystemId: string): Promise<void> {
  const Dimensions = [{ Name: 'FileSystemId', Value: fileSystemId }];
  const lastMinuteMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
  const MetricData: MetricDatum[] = [];
  for (let minute = 0; minute < 60; minute += 1) {
    const at = { Dimensions, Timestamp: new Date(lastMinuteMs - minute * MINUTE_MS) };
    MetricData.push(
      { ...at, MetricName: 'BurstCreditBalance', Value: (2_000 + minute * 25 * 60) * MIB, Unit: 'Bytes' },
      { ...at, MetricName: 'PermittedThroughput', Value: 100 * MIB, Unit: 'Bytes/Second' },
      { ...at, MetricName: 'MeteredIOBytes', Value: 30 * 60 * MIB, Unit: 'Bytes' },
    );
  }
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/EFS', MetricData }));
}

async function modeOf({ efs }: Clients, FileSystemId: string) {
  const { FileSystems = [] } = await efs.send(new DescribeFileSystemsCommand({ FileSystemId }));
  return FileSystems[0];
}

export const throughputScenarios: readonly Scenario[] = [
  {
    name: 'throughput: credits that run out are seen by the schedule of one minute, which buys what is needed',
    run: async ({ clients, inbox }) => {
      const { fileSystemId, family } = await buildEstate(clients, { family: 'burst', throughput: 'auto' });
      await putHour(clients, fileSystemId);
      const bought = await eventually(
        () => modeOf(clients, fileSystemId),
        (found) => assert.equal(found?.ThroughputMode, 'provisioned'),
        WITHIN_MS,
      );
      assert.ok((bought?.ProvisionedThroughputInMibps ?? 0) >= 30, family);
      const alert = await inbox.first(fileSystemId);
      assert.match(alert.text, /price: \$\d+\.\d\d a day/);
    },
  },
];
