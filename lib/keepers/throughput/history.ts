import { MIB } from './allowance.ts';
import type { MinutePoint } from './terms.ts';

const KEPT_MINUTES = 15 * 1440;
const SLACK_MINUTES = 1440;
const MINUTE_MS = 60_000;
/** CloudWatch has no data from the future; clocks differ by a little. */
const AHEAD_MINUTES = 5;

/** The minutes of one file system, MiB/s and MiB; NaN where nothing is known. Grows in place as points come in. */
export interface History {
  /** Minute since the epoch of index 0. */
  firstMinute: number;
  /** Minutes from the first to the newest known, inclusive. */
  count: number;
  readonly servedMibps: Float64Array;
  readonly permittedMibps: Float64Array;
  readonly creditMib: Float64Array;
  /** What is thought to have been asked for, and up to which index that is final. */
  readonly demandMibps: Float64Array;
  settled: number;
}

export function emptyHistory(): History {
  const blank = (): Float64Array => new Float64Array(KEPT_MINUTES + SLACK_MINUTES).fill(Number.NaN);
  return {
    firstMinute: 0,
    count: 0,
    servedMibps: blank(),
    permittedMibps: blank(),
    creditMib: blank(),
    demandMibps: blank(),
    settled: 0,
  };
}

/** Files points under their minutes. Late, doubled and unordered ones are welcome; a later word about a minute wins. */
export function remember(history: History, points: readonly MinutePoint[], now: number): History {
  const newest = Math.floor(now / MINUTE_MS) + AHEAD_MINUTES;
  const oldest = newest - KEPT_MINUTES;
  for (const point of [...points].sort((a, b) => a.at - b.at)) {
    const minute = Math.floor(point.at / MINUTE_MS);
    if (minute > newest || minute < oldest) continue;
    const index = makeRoom(history, minute);
    if (index < 0) continue;
    history.settled = Math.min(history.settled, index);
    put(history.servedMibps, index, scaled(point.meteredBytes, 60 * MIB));
    put(history.permittedMibps, index, scaled(point.permittedBytesPerSecond, MIB));
    put(history.creditMib, index, scaled(point.creditBytes, MIB));
  }
  return history;
}

function scaled(bytes: number | null, by: number): number {
  return bytes === null || !Number.isFinite(bytes) || bytes < 0 ? Number.NaN : bytes / by;
}

function put(series: Float64Array, index: number, value: number): void {
  if (!Number.isNaN(value)) series[index] = value;
}

/** The index of a minute, after moving the window if the minute is beyond its end; -1 when it is before its start. */
function makeRoom(history: History, minute: number): number {
  if (history.count === 0) history.firstMinute = minute;
  const index = minute - history.firstMinute;
  if (index < 0) return -1;
  const room = history.servedMibps.length;
  const forget = index < room ? 0 : index - KEPT_MINUTES + 1;
  if (forget > 0) forgetFirst(history, forget);
  const at = minute - history.firstMinute;
  history.count = Math.max(history.count, at + 1);
  return at;
}

function forgetFirst(history: History, minutes: number): void {
  const { servedMibps, permittedMibps, creditMib, demandMibps } = history;
  for (const series of [servedMibps, permittedMibps, creditMib, demandMibps]) {
    series.copyWithin(0, Math.min(minutes, series.length));
    series.fill(Number.NaN, Math.max(0, series.length - minutes));
  }
  history.firstMinute += minutes;
  history.count = Math.max(0, history.count - minutes);
  history.settled = Math.max(0, history.settled - minutes);
}
