import type { MetricSeries } from '../../verbs.ts';
import { MINUTE_MS } from './schedule-row.ts';
import type { MinutePoint } from './terms.ts';

/** What CloudWatch gave of one file system in one window. */
export interface Series {
  readonly credit?: MetricSeries;
  readonly permitted?: MetricSeries;
  readonly metered?: MetricSeries;
  readonly ioLimit?: MetricSeries;
  readonly periodMinutes: number;
}

interface Building {
  at: number;
  creditBytes: number | null;
  permittedBytesPerSecond: number | null;
  meteredBytes: number | null;
}

/** Minute by minute; a longer period stands for each of its minutes alike. What is missing stays null. */
export function pointsOf(windows: readonly Series[]): readonly MinutePoint[] {
  const points = new Map<number, Building>();
  for (const { credit, permitted, metered, periodMinutes } of windows) {
    const put = (series: MetricSeries | undefined, set: (point: Building, value: number) => void): void => {
      for (const [index, atMs] of (series?.atMs ?? []).entries())
        for (let minute = 0; minute < periodMinutes; minute++)
          set(pointAt(points, atMs + minute * MINUTE_MS), series?.values[index] as number);
    };
    put(credit, (point, value) => {
      point.creditBytes = value;
    });
    put(permitted, (point, value) => {
      point.permittedBytesPerSecond = value;
    });
    put(metered, (point, value) => {
      point.meteredBytes = value / periodMinutes;
    });
  }
  return [...points.values()].sort((one, other) => one.at - other.at);
}

function pointAt(points: Map<number, Building>, at: number): Building {
  const known = points.get(at);
  if (known !== undefined) return known;
  const made: Building = { at, creditBytes: null, permittedBytesPerSecond: null, meteredBytes: null };
  points.set(at, made);
  return made;
}

export function newestOf(series: MetricSeries | undefined): number | undefined {
  return series?.values.at(-1);
}
