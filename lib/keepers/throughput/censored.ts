// MeteredIOBytes never exceeds PermittedThroughput: a pegged file system does not tell what it wants. Work waits, so what was
// asked for while pegged is served later; this file puts it back where it belongs, as far as it can be told.
import type { History } from './history.ts';

const PEGGED = 0.98;
/** A pegged file system wants at least this much more than it gets; where more and more was given and it stayed pegged, more. */
const UPLIFT = 1.15;
const MOST_UPLIFT = 2;
/** A usual level above this part of what is served makes it a busy time. */
const BUSY = 0.7;
const LEVEL_MINUTES = 15;

export interface Demand {
  /** MiB/s asked for, a minute each; NaN only where nothing can be said. */
  readonly mibps: Float64Array;
  readonly count: number;
  /** Work that is thought to wait after the last minute. */
  readonly backlogMib: number;
  readonly peggedOfLastFive: number;
  /** Minutes since the file system was last not pegged. */
  readonly peggedMinutes: number;
}

interface Spell {
  start: number;
  level: number;
  levelMinutes: number;
  /** Served when it began. */
  firstMibps: number;
  backlogMib: number;
}

/** What was asked for in each of the first `count` minutes. Goes on from where nothing can change any more. */
export function demandOf(history: History, count: number): Demand {
  const mibps = history.demandMibps.subarray(0, count);
  let spell: Spell | null = null;
  for (let minute = Math.min(history.settled, count); minute < count; minute++) {
    const served = history.servedMibps[minute] as number;
    if (Number.isNaN(served)) {
      mibps[minute] = usual(mibps, minute);
      continue;
    }
    if (!isPegged(history, minute)) {
      if (spell !== null) settle(history, mibps, { from: spell.start, to: minute });
      spell = null;
      mibps[minute] = served;
      history.settled = minute + 1;
      continue;
    }
    spell ??= beginSpell(mibps, minute, served);
    mibps[minute] = wanted(mibps, minute, { spell, served });
    spell.backlogMib = Math.max(0, spell.backlogMib + 60 * ((mibps[minute] as number) - served));
  }
  return {
    mibps,
    count,
    backlogMib: spell?.backlogMib ?? 0,
    peggedOfLastFive: [1, 2, 3, 4, 5].filter((back) => isPegged(history, count - back)).length,
    peggedMinutes: spell === null ? 0 : count - spell.start,
  };
}

export function isPegged(history: History, minute: number): boolean {
  const served = history.servedMibps[minute] ?? Number.NaN;
  return served >= PEGGED * (history.permittedMibps[minute] ?? Number.NaN);
}

function beginSpell(mibps: Float64Array, start: number, firstMibps: number): Spell {
  const level = meanOf(mibps, Math.max(0, start - LEVEL_MINUTES), start);
  let levelMinutes = 0;
  while (levelMinutes < start && (mibps[start - 1 - levelMinutes] as number) >= level / 2) levelMinutes++;
  return { start, level, levelMinutes, firstMibps, backlogMib: 0 };
}

/**
 * As long as what was before the spell may last, or as long as this is a busy time on other days, a pegged file system wants more
 * than it gets; else it works off what waits.
 */
function wanted(mibps: Float64Array, minute: number, now: { spell: Spell; served: number }): number {
  const { spell, served } = now;
  const lasting = minute - spell.start < Math.max(LEVEL_MINUTES, spell.levelMinutes) ? spell.level : 0;
  const known = Math.max(lasting, usual(mibps, minute) || 0);
  const more = served * Math.min(MOST_UPLIFT, Math.max(UPLIFT, served / spell.firstMibps));
  if (known >= served * BUSY) return Math.max(known, more);
  const draining = spell.backlogMib + 60 * (known - served) > 0;
  return draining ? known : more;
}

/** A quarter of an hour around this time on earlier days. */
function usual(mibps: Float64Array, minute: number): number {
  const means: number[] = [];
  for (const days of [1, 7]) {
    const middle = minute - days * 1440;
    if (middle >= LEVEL_MINUTES) means.push(meanOf(mibps, middle - 7, middle + 8));
  }
  if (means.length === 0) return minute === 0 ? Number.NaN : (mibps[minute - 1] as number);
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

/** All that was asked for in a spell was served by its end: keep the guessed shape, correct the volume. */
function settle(history: History, mibps: Float64Array, span: { from: number; to: number }): void {
  let served = 0;
  let guessed = 0;
  for (let minute = span.from; minute < span.to; minute++) {
    served += history.servedMibps[minute] || 0;
    guessed += mibps[minute] || 0;
  }
  if (guessed <= 0) return;
  const factor = Math.min(5, served / guessed);
  for (let minute = span.from; minute < span.to; minute++) mibps[minute] = (mibps[minute] as number) * factor;
}

function meanOf(series: Float64Array, from: number, to: number): number {
  let sum = 0;
  let known = 0;
  for (let minute = from; minute < to; minute++) {
    const value = series[minute] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return known === 0 ? 0 : sum / known;
}
