import type { UpdateThroughput } from '../../domain/action.ts';
import type { FileSystem } from '../../domain/efs.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Settings } from '../../settings.ts';
import { allowanceOf } from './allowance.ts';
import { emptyHistory, type History } from './history.ts';
import { type Setting, sameSetting, type ThroughputMemory } from './memory.ts';
import { decideThroughput } from './policy.ts';
import { boundUsd, type Purse } from './schedule-budget.ts';
import { type Completed, completed, settingIn } from './schedule-journal.ts';
import { pointsOf, type Series } from './schedule-points.ts';
import { type Episode, MINUTE_MS, type WatchRow } from './schedule-row.ts';
import { boundsOf, pricesOf } from './schedule-settings.ts';
import type { FileSystemNow, MinutePoint, ModeChange, ThroughputDecision, ThroughputSettings } from './terms.ts';
import { episodeAfter } from './told-episode.ts';
import { ioLimitFindings } from './told-io-limit.ts';

const GIB = 1_073_741_824;

/** One file system that is due, with all that was seen of it. */
export interface Watched {
  readonly fileSystem: FileSystem;
  readonly row: WatchRow;
  /** The journal of its throughput, newest first; empty where the memory explains what is seen. */
  readonly entries: readonly JournalEntry[];
  readonly target?: ModeChange;
}

export interface Around {
  readonly nowMs: number;
  readonly settings: Settings;
  readonly purse: Purse;
}

/** What the policy makes of it, before the budget of the installation and the guards. */
export interface Verdict {
  readonly watched: Watched;
  readonly fileSystem: FileSystem;
  readonly sizeGib: number;
  readonly nowMs: number;
  readonly region: string;
  readonly knobs: ThroughputSettings;
  readonly decision: ThroughputDecision;
  readonly isPaid: boolean;
  /** Of the last five that are known: those in which all that was permitted was served. */
  readonly peggedMinutes: number;
  readonly arePricesKnown: boolean;
  readonly ioFindings: readonly Finding[];
  readonly completed: Completed;
  readonly episode: Episode | undefined;
  readonly step: UpdateThroughput | undefined;
}

export function sizeGibOf({ sizeStandardBytes }: FileSystem): number {
  return sizeStandardBytes / GIB;
}

/** @param windows of the last hours, and, where its credits are in question, of two weeks before; the verdict keeps none of them */
export function verdictOf(watched: Watched, windows: readonly Series[], around: Around): Verdict {
  const { fileSystem, row } = watched;
  const { nowMs, settings, purse } = around;
  const done = completed(watched, nowMs);
  const capUsd = done.memory.spend.usd + purse.leftUsd + ownBoundUsd(done.memory, fileSystem, around);
  const knobs = boundsOf(fileSystem.tags, settings, capUsd);
  const points = pointsOf(windows);
  const input = { now: nowMs, fileSystem: nowOf(fileSystem), points, settings: knobs, memory: done.memory };
  const decided = decideThroughput({ ...input, ...(done.refusal && { refusal: done.refusal }) }, blankHistory());
  const decision = watched.target === undefined ? decided : aimed(decided, watched.target, watched, nowMs);
  const sizeGib = sizeGibOf(fileSystem);
  const usdPerMibpsMonth = knobs.prices.provisionedUsdPerMibpsMonth;
  return {
    ...{ watched, fileSystem, sizeGib, nowMs, region: settings.region, knobs, decision, completed: done },
    arePricesKnown: pricesOf(settings).areKnown,
    ioFindings: ioLimitFindings(fileSystem.id, windows[0]?.ioLimit),
    peggedMinutes: points.slice(-5).filter(isPegged).length,
    isPaid: isPaid(settingIn(fileSystem), sizeGib),
    episode: episodeAfter(row.episode, decision.memory, { points, sizeGib, usdPerMibpsMonth }),
    step: stepOf(fileSystem, decision.action),
  };
}

/** What its own lock binds is its own: an increase begins a new lock, which takes the place of this one. */
export function ownBoundUsd(memory: ThroughputMemory, fileSystem: FileSystem, { nowMs, purse }: Around): number {
  const { usdPerMibpsMonth } = purse;
  return boundUsd({ ...memory, pending: null }, { sizeGib: sizeGibOf(fileSystem), usdPerMibpsMonth, nowMs });
}

const PAPER = emptyHistory();

/** One sheet for all: half a megabyte for each of ten thousand file systems would only be thrown away again. */
function blankHistory(): History {
  for (const series of [PAPER.servedMibps, PAPER.permittedMibps, PAPER.creditMib])
    series.fill(Number.NaN, 0, PAPER.count);
  PAPER.firstMinute = 0;
  PAPER.count = 0;
  PAPER.settled = 0;
  return PAPER;
}

function isPegged({ meteredBytes, permittedBytesPerSecond }: MinutePoint): boolean {
  return meteredBytes !== null && meteredBytes / 60 >= 0.95 * (permittedBytesPerSecond ?? Number.POSITIVE_INFINITY);
}

export function isPaid({ mode, mibps }: Setting, sizeGib: number): boolean {
  return mode === 'elastic' || (mode === 'provisioned' && mibps > allowanceOf(sizeGib).baselineMibps);
}

function nowOf(fileSystem: FileSystem): FileSystemNow {
  const { id, throughputMode: mode, provisionedMibps, state, performanceMode } = fileSystem;
  return {
    ...{ id, mode, performanceMode, lifeCycleState: state, sizeStandardGib: sizeGibOf(fileSystem) },
    ...(provisionedMibps === undefined ? {} : { mibps: provisionedMibps }),
  };
}

/** By hand somebody else does the thinking; the memory follows, so that the policy takes it from there. */
function aimed(decision: ThroughputDecision, target: ModeChange, at: Watched, nowMs: number): ThroughputDecision {
  const from = settingIn(at.fileSystem);
  const to: Setting = { mode: target.mode, mibps: target.mibps ?? 0 };
  const memory: ThroughputMemory = { ...decision.memory, pending: null };
  if (sameSetting(from, to) || at.fileSystem.state !== 'available') return { ...decision, action: null, memory };
  const pending = { ...to, atMs: nowMs, from };
  return { ...decision, action: target, nextPollMinutes: 2, memory: { ...memory, quiet: null, pending } };
}

function stepOf(fileSystem: FileSystem, action: ModeChange | null): UpdateThroughput | undefined {
  if (action === null || fileSystem.state !== 'available') return undefined;
  const { id, throughputMode, provisionedMibps } = fileSystem;
  return {
    kind: 'update-throughput',
    fileSystemId: id,
    mode: action.mode,
    ...(action.mibps === undefined ? {} : { mibps: action.mibps }),
    previousMode: throughputMode,
    ...(provisionedMibps === undefined ? {} : { previousMibps: provisionedMibps }),
  };
}

const LONGEST_MINUTES = 180;
const ONLY_TOLD_MINUTES = 15;
const MISSING_MINUTES = 60;

/**
 * When to look again: half of the time that credits last even at the burst rate, for each look is paid for. What has had no
 * metrics for long has none a minute later either, and where only people may act, minutes do not count as much.
 */
export function dueAfter({ decision, nowMs, watched }: Verdict, mayAct: boolean): number {
  const { nextPollMinutes, safeMinutes } = decision;
  const calm = Math.min(LONGEST_MINUTES, safeMinutes / 2);
  const missing = isMissing(decision) ? (nowMs - (watched.row.missingSinceMs ?? nowMs)) / MINUTE_MS : 0;
  const backOff = Math.min(MISSING_MINUTES, missing / 3);
  return nowMs + Math.floor(Math.max(nextPollMinutes, calm, backOff, mayAct ? 0 : ONLY_TOLD_MINUTES)) * MINUTE_MS;
}

export function isMissing({ findings }: ThroughputDecision): boolean {
  return findings.some(({ code }) => code === 'throughput-metrics-missing');
}
