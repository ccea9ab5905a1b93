import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const { resources } = parse(read('serverless.yml'), { logLevel: 'silent' }) as {
  readonly resources: { readonly Resources: Readonly<Record<string, Resource>> };
};
const counted = [...read('lib/lambda.ts').matchAll(/addMetric\(([\s\S]*?)MetricUnit/g)].map(([, names]) => names ?? '');
const emitted = new Set(counted.flatMap((names) => names.match(/[A-Z][\w-]+/g) ?? []));
const isEmitted = (name: string) => emitted.has(name) || (name.startsWith('Withheld-') && emitted.has('Withheld-'));

const body = JSON.parse(String(resources.Resources['Dashboard']?.Properties['DashboardBody'])) as {
  readonly widgets: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
};

test('the dashboard draws nothing that no function counts', () => {
  const text = JSON.stringify(body);
  const drawn = [...text.matchAll(/\{Mountkeeper,service,keeper\} MetricName=\\+"([\w-]+)/g)].map(
    ([, name]) => name ?? '',
  );
  expect(drawn.length).toBeGreaterThan(8);
  expect(drawn.filter((name) => !isEmitted(name))).toEqual([]);
});

test('no alarm waits for what no function counts', () => {
  const alarms = Object.values(resources.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  const awaited = [...JSON.stringify(alarms).matchAll(/"Namespace":"Mountkeeper","MetricName":"([\w-]+)"/g)];
  expect(awaited.length).toBeGreaterThan(4);
  expect(awaited.map(([, name]) => name ?? '').filter((name) => !isEmitted(name))).toEqual([]);
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
