import { allowanceOf } from './allowance.ts';
import type { History } from './history.ts';
import { watchAccrual, watchDelay, watchLateness, watchParking } from './learn.ts';
import { locksAfter } from './lock.ts';
import { type Setting, sameSetting, type ThroughputMemory } from './memory.ts';
import { afterRefusal } from './refusals.ts';
import { spendUpTo } from './spend.ts';
import type { FileSystemNow, ThroughputFinding, ThroughputInput } from './terms.ts';

const MINUTE_MS = 60_000;
const TAKES_EFFECT_MS = 10 * MINUTE_MS;
const RETRY_MS = 30 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** base: bursting, or parked; paid: provisioned by us; owners: set by somebody else and not ours to touch. */
export type Role = 'base' | 'paid' | 'elastic' | 'owners';

export interface Observed {
  readonly memory: ThroughputMemory;
  readonly findings: readonly ThroughputFinding[];
  readonly setting: Setting;
  readonly role: Role;
}

export function settingOf(fileSystem: FileSystemNow): Setting {
  return { mode: fileSystem.mode, mibps: fileSystem.mode === 'provisioned' ? (fileSystem.mibps ?? 0) : 0 };
}

/** What the look tells about what we asked for, what others did, and what AWS does not document. */
export function observe(before: ThroughputMemory, input: ThroughputInput, history: History): Observed {
  const { now, fileSystem, refusal } = input;
  const setting = settingOf(fileSystem);
  const findings: ThroughputFinding[] = [];
  let memory = refusal === undefined ? before : afterRefusal(before, refusal, now);
  if (refusal !== undefined) findings.push(refusedFinding(input));
  memory = followPending(memory, input, setting);
  if (memory.pending === null && memory.ours !== null && !sameSetting(memory.ours, setting)) {
    findings.push(driftFinding(memory.ours, setting));
    memory = afterDrift(memory, now);
  }
  const baselineMibps = allowanceOf(fileSystem.sizeStandardGib).baselineMibps;
  const role = roleOf(memory, setting, baselineMibps);
  const mine = role === 'paid' || role === 'elastic' ? setting : { mode: 'bursting' as const, mibps: 0 };
  const spending = { nowMs: now, setting: mine, sinceMs: memory.ours?.sinceMs ?? now, baselineMibps, history };
  memory = { ...memory, lateMinutes: watchLateness(memory, now) };
  memory = { ...memory, spend: spendUpTo(memory.spend, spending, input.settings) };
  return { memory: learnFrom(memory, { input, history, setting }), findings, setting, role };
}

function followPending(memory: ThroughputMemory, input: ThroughputInput, setting: Setting): ThroughputMemory {
  const { pending } = memory;
  if (pending === null) return memory;
  if (sameSetting(pending, setting)) {
    const { mode, mibps, atMs, from } = pending;
    const locks = locksAfter(memory, { from, to: setting, atMs });
    return { ...memory, ...locks, home: memory.home ?? from, ours: { mode, mibps, sinceMs: atMs }, pending: null };
  }
  const waiting = input.fileSystem.lifeCycleState !== 'available' || input.now - pending.atMs < TAKES_EFFECT_MS;
  if (waiting && sameSetting(pending.from, setting)) return memory;
  const quiet = { untilMs: input.now + RETRY_MS, why: 'the change that was asked for has not taken effect' };
  return { ...memory, pending: null, quiet };
}

/** Backs off a day, then two, at most a week: whoever resets the mode (a template, a person) has the last word. */
function afterDrift(memory: ThroughputMemory, now: number): ThroughputMemory {
  const days = Math.min(7, 2 ** memory.drifts);
  const quiet = { untilMs: now + days * DAY_MS, why: 'somebody else changed the throughput setting' };
  return { ...memory, ours: null, home: null, drifts: memory.drifts + 1, quiet };
}

export function roleOf(memory: ThroughputMemory, setting: Setting, baselineMibps: number): Role {
  const ours = memory.ours !== null && sameSetting(memory.ours, setting);
  if (setting.mode === 'bursting') return 'base';
  if (setting.mode === 'elastic') return ours ? 'elastic' : 'owners';
  if (setting.mibps <= baselineMibps) return 'base';
  return ours ? 'paid' : 'owners';
}

interface Lesson {
  readonly input: ThroughputInput;
  readonly history: History;
  readonly setting: Setting;
}

function learnFrom(memory: ThroughputMemory, lesson: Lesson): ThroughputMemory {
  const { input, history, setting } = lesson;
  const nowMinute = Math.floor(input.now / MINUTE_MS);
  const newest = history.firstMinute + history.count - 1;
  const same = memory.seen !== null && sameSetting(memory.seen, setting);
  const since = same ? memory.seen.sinceMs : input.now;
  const sinceMinute = Math.ceil(since / MINUTE_MS);
  const watch = { history, setting, sinceMinute, sizeGib: input.fileSystem.sizeStandardGib };
  const seen = { ...setting, sinceMs: since };
  if (history.count === 0 || input.fileSystem.lifeCycleState !== 'available') return { ...memory, seen };
  return {
    ...memory,
    seen,
    accrual: watchAccrual(memory.accrual, watch),
    parking: watchParking(memory, watch),
    delayMinutes: watchDelay(memory.delayMinutes, nowMinute - newest),
  };
}

function refusedFinding(input: ThroughputInput): ThroughputFinding {
  const { error, message } = input.refusal ?? { error: '', message: '' };
  return { code: 'throughput-refused', evidence: { error, message } };
}

function driftFinding(expected: Setting, found: Setting): ThroughputFinding {
  return { code: 'throughput-changed-elsewhere', evidence: { expected: textOf(expected), found: textOf(found) } };
}

export function textOf(setting: Setting): string {
  return setting.mode === 'provisioned' ? `provisioned ${setting.mibps} MiB/s` : setting.mode;
}
