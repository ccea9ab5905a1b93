import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { FIGURES } from '../../lib/domain/figure.ts';
import { GUARDS } from '../../lib/domain/plan.ts';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const { resources } = parse(read('serverless.yml'), { logLevel: 'silent' }) as {
  readonly resources: { readonly Resources: Readonly<Record<string, Resource>> };
};
const counted: readonly string[] = [...Object.keys(FIGURES), ...GUARDS.map((guard) => `Withheld-${guard}`)];

const body = JSON.parse(String(resources.Resources['Dashboard']?.Properties['DashboardBody'])) as {
  readonly widgets: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
};

/** By guard, and by alarms. A dry run holds back everything: that is no refusal. */
const DRAWN_OTHERWISE = ['Refused', 'BreakerOpen', 'BudgetUsedUp', 'Withheld-dry-run'];

test('the dashboard draws what the functions count, all of it and nothing else', () => {
  const text = JSON.stringify(body);
  const drawn = [...text.matchAll(/\{Mountkeeper,service,keeper\} MetricName=\\+"([\w-]+)/g)].map(([, name]) => name);
  const wanted = counted.filter((name) => !DRAWN_OTHERWISE.includes(name));
  expect([...new Set(drawn)].toSorted()).toEqual(wanted.toSorted());
});

test.each([
  ['BurstCreditBalance', 'AWS/EFS'],
  ['PermittedThroughput', 'AWS/EFS'],
  ['ApproximateNumberOfMessagesVisible', 'AWS/SQS'],
])('the dashboard draws %s of %s', (metric, namespace) => {
  const drawn = body.widgets.filter((widget) =>
    [metric, namespace].every((part) => JSON.stringify(widget).includes(part)),
  );
  expect(drawn).toHaveLength(1);
});

test('there is an alarm for each way in which Mountkeeper itself may fail', () => {
  const alarms = Object.values(resources.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  expect(alarms.map(({ Properties }) => Properties['AlarmName']).toSorted()).toEqual([
    'mountkeeper-breaker',
    'mountkeeper-budget',
    'mountkeeper-errors',
    'mountkeeper-event-age',
    'mountkeeper-failed',
    'mountkeeper-no-sweep',
    'mountkeeper-throughput-silent',
    'mountkeeper-undelivered',
  ]);
});

test('no alarm waits for what no function counts', () => {
  const alarms = Object.values(resources.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const awaited = [...JSON.stringify(alarms).matchAll(/"Namespace":"Mountkeeper","MetricName":"([\w-]+)"/g)];
  expect(awaited.length).toBeGreaterThan(4);
  expect(awaited.map(([, name]) => name ?? '').filter((name) => !counted.includes(name))).toEqual([]);
});

test('every alarm tells the topic when it fires and when it ends', () => {
  const alarms = Object.values(resources.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  expect(alarms.map(({ Properties }) => [Properties['AlarmActions'], Properties['OKActions']])).toEqual(
    alarms.map(() => [['Alerts'], ['Alerts']]),
  );
});

test('no widget of the dashboard lies over another, or beyond its 24 columns', () => {
  const cells = body.widgets.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_none, cell) => [x + (cell % width), y + Math.floor(cell / width)] as const,
    ),
  );
  expect(Math.max(...cells.map(([column]) => column))).toBeLessThan(24);
  expect(new Set(cells.map((cell) => cell.join(' '))).size).toBe(cells.length);
});
