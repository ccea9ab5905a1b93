import { readFileSync } from 'node:fs';
import { seen } from '../../domain/fact.ts';
import { BYTES_PER_MIB, FULL_BUCKET_MIB, maximumCreditMib } from '../../simulator/throughput/rates.ts';
import type { World } from '../../world.ts';
import { Stop } from '../exit.ts';
import type { LoadSeries } from '../what-if/terms.ts';
import { pointsIn } from './what-if-points.ts';

export interface Given {
  readonly sizeGib?: number;
  readonly creditTib?: number;
}

/** Metered bytes of one period; reads are metered at a third, so what is replayed is what burns credits. */
export interface MeteredPoint {
  readonly atMs: number;
  readonly bytes: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const LONGEST_MINUTES = 90 * DAY_MINUTES;
const MIB_IN_TIB = 1_048_576;

export function seriesFromFile(file: string, given: Given): LoadSeries {
  if (given.sizeGib === undefined)
    throw new Stop('Give the size of the file system in the Standard class: --size-gib 120.');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Stop(`${file} cannot be read.`);
  }
  return seriesOf(pointsIn(text, file), { ...given, sizeGib: given.sizeGib });
}

/** CloudWatch keeps one-minute points for 15 days. */
export async function seriesFromCloudWatch(fileSystemId: string, given: Given, world: World): Promise<LoadSeries> {
  const fileSystem = await world.efs.fileSystem(fileSystemId);
  if (fileSystem.state !== 'present')
    throw new Stop(
      `${fileSystemId} ${fileSystem.state === 'absent' ? 'does not exist here' : `could not be read: ${fileSystem.why}`}.`,
    );
  const toMs = Math.floor(world.nowMs() / MINUTE_MS) * MINUTE_MS;
  const window = { fileSystemId, fromMs: toMs - 15 * DAY_MINUTES * MINUTE_MS, toMs, periodSeconds: 60 };
  const series = await world.metrics.efs([
    { ...window, metric: 'MeteredIOBytes', statistic: 'Sum' },
    { ...window, metric: 'BurstCreditBalance', statistic: 'Maximum' },
  ]);
  if (series.state !== 'present')
    throw new Stop(
      `The metrics of ${fileSystemId} could not be read: ${series.state === 'unknown' ? series.why : 'none'}.`,
    );
  const metered = series.value.get(`${fileSystemId}/MeteredIOBytes`);
  const points = (metered?.atMs ?? []).map((atMs, index) => ({ atMs, bytes: metered?.values[index] ?? 0 }));
  if (points.length === 0) throw new Stop(`CloudWatch has no MeteredIOBytes of ${fileSystemId} in the last 15 days.`);
  const credit = series.value.get(`${fileSystemId}/BurstCreditBalance`)?.values[0];
  const creditTib = credit === undefined ? {} : { creditTib: credit / BYTES_PER_MIB / MIB_IN_TIB };
  const sizeGib = (seen(fileSystem)?.sizeStandardBytes ?? 0) / 1024 ** 3;
  return seriesOf(points, { sizeGib, ...creditTib, ...given });
}

/** Minute by minute: a longer period is spread evenly, what is missing is no load. */
function seriesOf(
  points: readonly MeteredPoint[],
  { sizeGib, creditTib }: Given & { readonly sizeGib: number },
): LoadSeries {
  const sorted = points.toSorted((one, other) => one.atMs - other.atMs);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) throw new Stop('There are no points in it.');
  const periodMinutes = periodOf(sorted);
  const minutes = Math.round((last.atMs - first.atMs) / MINUTE_MS) + periodMinutes;
  if (minutes > LONGEST_MINUTES) throw new Stop('The series is longer than 90 days: cut it.');
  const writeMibps = new Float64Array(minutes);
  for (const { atMs, bytes } of sorted) {
    const from = Math.round((atMs - first.atMs) / MINUTE_MS);
    writeMibps.fill(bytes / BYTES_PER_MIB / 60 / periodMinutes, from, Math.min(minutes, from + periodMinutes));
  }
  const creditMib = creditTib === undefined ? FULL_BUCKET_MIB : creditTib * MIB_IN_TIB;
  return {
    startMs: first.atMs,
    readMibps: new Float64Array(minutes),
    writeMibps,
    sizeGib: new Float64Array(minutes).fill(sizeGib),
    creditMib: Math.min(creditMib, maximumCreditMib(sizeGib)),
  };
}

/** The most frequent distance between neighbours. */
function periodOf(sorted: readonly MeteredPoint[]): number {
  const gaps = sorted.slice(1).map(({ atMs }, index) => Math.round((atMs - (sorted[index]?.atMs ?? atMs)) / MINUTE_MS));
  const groups = [
    ...Map.groupBy(
      gaps.filter((gap) => gap > 0),
      (gap) => gap,
    ),
  ];
  const [most] = groups.toSorted(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? 1;
}
