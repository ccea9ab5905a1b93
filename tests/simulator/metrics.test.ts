import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { addPoint } from '../../lib/simulator/services/cloudwatch.ts';

const MINUTE_MS = 60_000;
const EFS = { namespace: 'AWS/EFS', dimensions: { FileSystemId: 'fs-1' } };

function measured(account: Account, minutes: number): void {
  const startMs = account.clock.nowMs();
  for (let minute = 0; minute < minutes; minute += 1) {
    const value = minute + 1;
    const point = { atMs: startMs + minute * MINUTE_MS, sum: value, min: value, max: value, samples: 1 };
    addPoint(account, { ...EFS, metric: 'MeteredIOBytes' }, point);
  }
}

function query(Id: string, Stat: string, Period = 60) {
  const Metric = {
    Namespace: 'AWS/EFS',
    MetricName: 'MeteredIOBytes',
    Dimensions: [{ Name: 'FileSystemId', Value: 'fs-1' }],
  };
  return { Id, MetricStat: { Metric, Period, Stat } };
}

async function setUp(minutes: number) {
  const account = createAccount();
  const startMs = account.clock.nowMs();
  measured(account, minutes);
  await account.clock.advance(60 * MINUTE_MS);
  const cloudwatch = account.client(CloudWatchClient);
  const span = { StartTime: new Date(startMs), EndTime: new Date(startMs + 60 * MINUTE_MS) };
  return { account, cloudwatch, span };
}

test('points come newest first, or oldest first where asked', async () => {
  const { cloudwatch, span } = await setUp(3);
  const values = async (ScanBy?: 'TimestampAscending') => {
    const input = { ...span, MetricDataQueries: [query('m', 'Sum')], ScanBy };
    return (await cloudwatch.send(new GetMetricDataCommand(input))).MetricDataResults?.[0]?.Values;
  };
  expect([await values(), await values('TimestampAscending')]).toEqual([
    [3, 2, 1],
    [1, 2, 3],
  ]);
});

test('longer periods gather minutes by their statistic', async () => {
  const { cloudwatch, span } = await setUp(5);
  const names = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'];
  const MetricDataQueries = names.map((name) => query(name.toLowerCase(), name, 300));
  const answer = await cloudwatch.send(new GetMetricDataCommand({ ...span, MetricDataQueries }));
  expect(answer.MetricDataResults?.map((result) => result.Values)).toEqual([[15], [3], [1], [5], [5]]);
});

test('the newest minutes have not arrived yet, and old ones are gone', async () => {
  const account = createAccount();
  const startMs = account.clock.nowMs();
  measured(account, 10);
  await account.clock.advance(10 * MINUTE_MS);
  const cloudwatch = account.client(CloudWatchClient);
  const span = { StartTime: new Date(startMs), EndTime: new Date(startMs + 20 * MINUTE_MS) };
  const count = async () => {
    const answer = await cloudwatch.send(new GetMetricDataCommand({ ...span, MetricDataQueries: [query('m', 'Sum')] }));
    return answer.MetricDataResults?.[0]?.Values?.length;
  };
  const early = await count();
  account.state.cloudwatch.metricDelayMs = 0;
  const complete = await count();
  await account.clock.advance(16 * 24 * 60 * MINUTE_MS);
  expect([early, complete, await count()]).toEqual([7, 10, 0]);
});

test('a metric that nobody measured is empty, not zero', async () => {
  const account = createAccount();
  const cloudwatch = account.client(CloudWatchClient);
  const span = { StartTime: new Date(account.clock.nowMs() - MINUTE_MS), EndTime: new Date(account.clock.nowMs()) };
  const answer = await cloudwatch.send(new GetMetricDataCommand({ ...span, MetricDataQueries: [query('m', 'Sum')] }));
  expect(answer.MetricDataResults).toMatchObject([{ Id: 'm', Values: [], StatusCode: 'Complete' }]);
});

test('pages hold whole metrics up to the limit of datapoints', async () => {
  const { cloudwatch, span } = await setUp(10);
  const MetricDataQueries = ['a', 'b', 'c'].map((id) => query(id, 'Sum'));
  const pages: unknown[] = [];
  for await (const page of paginateGetMetricData(
    { client: cloudwatch },
    { ...span, MetricDataQueries, MaxDatapoints: 20 },
  )) {
    pages.push(page.MetricDataResults?.map((result) => [result.Id, result.Values?.length]));
  }
  expect(pages).toEqual([
    [
      ['a', 10],
      ['b', 10],
    ],
    [['c', 10]],
  ]);
});

test.each([
  ['501 queries', Array.from({ length: 501 }, (_, index) => query(`m${index}`, 'Sum'))],
  ['the same id twice', [query('m', 'Sum'), query('m', 'Sum')]],
  ['an id with a capital', [query('M', 'Sum')]],
  ['a period of 90 seconds', [query('m', 'Sum', 90)]],
  ['an unknown statistic', [query('m', 'Total')]],
])('%s are refused', async (_what, MetricDataQueries) => {
  const { cloudwatch, span } = await setUp(1);
  const error = await cloudwatch
    .send(new GetMetricDataCommand({ ...span, MetricDataQueries }))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ValidationException' });
});

test('own metrics are kept, those of AWS cannot be put', async () => {
  const account = createAccount();
  const cloudwatch = account.client(CloudWatchClient);
  const put = (Namespace: string) =>
    cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'Repaired', Value: 1 }] }));
  await put('Mountkeeper');
  await expect(put('AWS/EFS')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  expect(Object.values(account.state.cloudwatch.series).map((one) => [one.metric, one.points.length])).toEqual([
    ['Repaired', 1],
  ]);
});
