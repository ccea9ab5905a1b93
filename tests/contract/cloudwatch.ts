import type { Case, Data, Step } from './case.ts';

const Namespace = 'Contract';
const Dimensions = [{ Name: 'FileSystemId', Value: 'fs-0123456789abcdef0' }];

function put(MetricData: readonly Data[]): Step {
  return { call: 'CloudWatch.PutMetricData', input: { Namespace, MetricData } };
}

function datum(Timestamp: string, Value: number, more: { readonly [name: string]: Data } = {}): Data {
  return { MetricName: 'BurstCreditBalance', Dimensions, Timestamp, Value, ...more };
}

function query(Stat: string, Period: number, more: { readonly [name: string]: Data } = {}): Data {
  const Metric = { Namespace, MetricName: 'BurstCreditBalance', Dimensions, ...more };
  return { Id: Stat.toLowerCase(), MetricStat: { Metric, Stat, Period } };
}

/** Of the quarter of an hour before the last full one. */
function get(MetricDataQueries: readonly Data[], expect: Data, more: { readonly [name: string]: Data } = {}): Step {
  const input = { MetricDataQueries, StartTime: '@-30', EndTime: '@-15', ...more };
  return { call: 'CloudWatch.GetMetricData', input, expect };
}

const POINTS = put([datum('@-29', 10), datum('@-28', 30), datum('@-27', 20), datum('@-22', 5)]);

export const cloudWatchCases: readonly Case[] = [
  {
    name: 'minutes of a metric are told newest first',
    steps: [
      POINTS,
      get([query('Minimum', 60)], {
        MetricDataResults: [
          {
            Id: 'minimum',
            StatusCode: 'Complete',
            Timestamps: ['@-22', '@-27', '@-28', '@-29'],
            Values: [5, 20, 30, 10],
          },
        ],
      }),
    ],
  },
  {
    name: 'minutes of a metric are told oldest first when asked so',
    steps: [
      POINTS,
      get(
        [query('Minimum', 60)],
        { MetricDataResults: [{ Timestamps: ['@-29', '@-28', '@-27', '@-22'], Values: [10, 30, 20, 5] }] },
        { ScanBy: 'TimestampAscending' },
      ),
    ],
  },
  {
    name: 'a longer period puts minutes together, by the statistic that is asked for, under the time when it began',
    steps: [
      POINTS,
      get(
        ['Minimum', 'Maximum', 'Average', 'Sum', 'SampleCount'].map((stat) => query(stat, 300)),
        {
          MetricDataResults: [
            { Id: 'minimum', Timestamps: ['@-25', '@-30'], Values: [5, 10] },
            { Id: 'maximum', Values: [5, 30] },
            { Id: 'average', Values: [5, 20] },
            { Id: 'sum', Values: [5, 60] },
            { Id: 'samplecount', Values: [1, 3] },
          ],
        },
      ),
    ],
  },
  {
    name: 'what lies outside of the asked time is not told; its end is outside',
    steps: [
      put([datum('@-31', 1), datum('@-30', 2), datum('@-15', 3)]),
      get([query('Sum', 60)], { MetricDataResults: [{ Timestamps: ['@-30'], Values: [2] }] }),
    ],
  },
  {
    name: 'a metric is told apart by its dimensions',
    steps: [
      POINTS,
      put([datum('@-29', 99, { Dimensions: [{ Name: 'FileSystemId', Value: 'fs-0fedcba9876543210' }] })]),
      get([query('Maximum', 900)], { MetricDataResults: [{ Values: [30] }] }),
    ],
  },
  {
    name: 'a metric that nobody wrote is complete and empty',
    steps: [
      get([query('Sum', 60, { MetricName: 'Unwritten' })], {
        MetricDataResults: [{ StatusCode: 'Complete', Timestamps: [], Values: [] }],
      }),
    ],
  },
  {
    name: 'metrics of EFS for a file system that is not there are complete and empty',
    steps: [
      get(
        [
          query('Minimum', 60, { Namespace: 'AWS/EFS' }),
          query('Sum', 60, { Namespace: 'AWS/EFS', MetricName: 'MeteredIOBytes' }),
        ],
        {
          MetricDataResults: [
            { Id: 'minimum', StatusCode: 'Complete', Values: [] },
            { Id: 'sum', StatusCode: 'Complete', Values: [] },
          ],
        },
      ),
    ],
  },
  {
    name: 'a time that ends before it begins is refused',
    steps: [
      {
        call: 'CloudWatch.GetMetricData',
        input: { MetricDataQueries: [query('Sum', 60)], StartTime: '@-15', EndTime: '@-30' },
        fails: { name: 'ValidationException' },
      },
    ],
  },
  {
    name: 'two queries of one id are refused',
    steps: [
      {
        call: 'CloudWatch.GetMetricData',
        input: { MetricDataQueries: [query('Sum', 60), query('Sum', 300)], StartTime: '@-30', EndTime: '@-15' },
        fails: { name: 'ValidationException' },
        differs: {
          moto: 'both are answered',
          source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html',
        },
      },
    ],
  },
  {
    name: 'nobody but AWS writes into the namespaces of AWS',
    steps: [
      {
        call: 'CloudWatch.PutMetricData',
        input: { Namespace: 'AWS/EFS', MetricData: [datum('@-29', 1)] },
        fails: { name: 'InvalidParameterValueException' },
        differs: {
          moto: 'it is written, which lets the tests give a file system its credits',
          source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html',
        },
      },
    ],
  },
];
