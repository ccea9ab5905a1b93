import { Stop } from '../exit.ts';
import type { MeteredPoint } from './what-if-series.ts';

const FORMS = [
  'expected a CSV with a column of times and one of MeteredIOBytes (Sum),',
  'or the JSON of "aws cloudwatch get-metric-statistics" or "get-metric-data" for MeteredIOBytes.',
].join(' ');

/** What a person exports from CloudWatch, in any of the forms that it has. */
export function pointsIn(text: string, name: string): readonly MeteredPoint[] {
  const points = text.trimStart().startsWith('{') || text.trimStart().startsWith('[') ? fromJson(text) : fromCsv(text);
  if (points.length === 0) throw new Stop(`${name} was not understood: ${FORMS}`);
  return points;
}

/** The console puts a few lines of description before the first row of numbers; they are passed over. */
function fromCsv(text: string): readonly MeteredPoint[] {
  const rows = text.split(/\r?\n/).map((line) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, '')));
  const head = rows.find((row) => row.some((cell) => /metered|bytes/i.test(cell)));
  const column = Math.max(1, head?.findIndex((cell) => /metered|bytes/i.test(cell)) ?? 1);
  return rows.flatMap((row) => pointOf(row[0], row[column]));
}

interface Statistic {
  readonly Timestamp?: unknown;
  readonly Sum?: unknown;
}

interface Answer {
  readonly Datapoints?: readonly Statistic[];
  readonly MetricDataResults?: readonly {
    readonly Id?: string;
    readonly Label?: string;
    readonly Timestamps?: readonly unknown[];
    readonly Values?: readonly unknown[];
  }[];
}

function fromJson(text: string): readonly MeteredPoint[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (Array.isArray(value))
    return value.flatMap((one: Record<string, unknown>) =>
      pointOf(one?.['at'] ?? one?.['Timestamp'], one?.['meteredBytes'] ?? one?.['Sum']),
    );
  const { Datapoints = [], MetricDataResults = [] } = value as Answer;
  const result = MetricDataResults.find(({ Id, Label }) => /metered/i.test(`${Id} ${Label}`)) ?? MetricDataResults[0];
  const { Timestamps = [], Values = [] } = result ?? {};
  return [
    ...Datapoints.flatMap(({ Timestamp, Sum }) => pointOf(Timestamp, Sum)),
    ...Timestamps.flatMap((time, index) => pointOf(time, Values[index])),
  ];
}

function pointOf(time: unknown, value: unknown): readonly MeteredPoint[] {
  if (value === undefined || value === '' || value === null) return [];
  const atMs = typeof time === 'number' ? time : Date.parse(withZone(String(time)));
  const bytes = Number(value);
  return Number.isNaN(atMs) || !(bytes >= 0) ? [] : [{ atMs, bytes }];
}

/** The console writes `2026/09/01 10:00:00` and means UTC. */
function withZone(time: string): string {
  return /^\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(time)
    ? `${time.replaceAll('/', '-').replace(' ', 'T')}Z`
    : time;
}
