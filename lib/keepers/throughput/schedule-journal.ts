import type { UpdateThroughput } from '../../domain/action.ts';
import type { FileSystem } from '../../domain/efs.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { newMemory, type Setting, sameSetting, type ThroughputMemory } from './memory.ts';
import { MINUTE_MS, type WatchRow } from './schedule-row.ts';
import type { Refusal } from './terms.ts';

/** Longer than any run: until then the run that wrote an entry may still tell of it. */
const STILL_AT_IT_MS = 3 * MINUTE_MS;

/** The memory as the journal completes it: a run remembers what it asked for, the journal holds what came of it. */
export interface Completed {
  readonly memory: ThroughputMemory;
  readonly refusal?: Refusal;
  /** A change that was made, and that nobody was told of, or only that it failed. */
  readonly untold?: JournalEntry;
  /** The refusal was told by the run that met it. */
  readonly isRefusalTold: boolean;
}

export function settingIn(fileSystem: Pick<FileSystem, 'throughputMode' | 'provisionedMibps'>): Setting {
  const { throughputMode: mode, provisionedMibps = 0 } = fileSystem;
  return { mode, mibps: mode === 'provisioned' ? provisionedMibps : 0 };
}

/** Whether the memory alone does not explain what is seen, so that the journal has to be asked. */
export function isUnsure(fileSystem: FileSystem, { memory }: WatchRow): boolean {
  const setting = settingIn(fileSystem);
  if (memory === undefined) return setting.mode !== 'bursting' || fileSystem.state !== 'available';
  if (memory.pending !== null || fileSystem.state !== 'available') return true;
  return memory.seen !== null && !sameSetting(memory.seen, setting);
}

/** @param entries of this file system's throughput, newest first */
export function completed({ row, fileSystem, entries }: Known, nowMs: number): Completed {
  const memory = row.memory ?? newMemory();
  const [newest] = entries.filter(isOurs);
  const askedMs = memory.pending?.atMs ?? row.lookedMs + 1;
  const forgotten = { memory: { ...memory, pending: null }, isRefusalTold: false };
  if (newest === undefined || newest.atMs < askedMs) return forgotten;
  const pending = memory.pending ?? pendingOf(newest);
  const known = { memory: { ...memory, pending } };
  const isRefused = newest.state === 'failed' && isAsBefore(fileSystem, pending);
  if (isRefused) return { ...known, refusal: refusalOf(newest), isRefusalTold: newest.told === true };
  const isNews = newest.state === 'failed' && fileSystem.state === 'available';
  const isLeft = isNews || (newest.told !== true && newest.atMs < nowMs - STILL_AT_IT_MS);
  // A run that died before its call changed nothing: it is decided anew.
  if (isLeft && newest.state === 'intended' && isAsBefore(fileSystem, pending)) return forgotten;
  return { ...known, isRefusalTold: false, ...(isLeft ? { untold: newest } : {}) };
}

interface Known {
  readonly row: WatchRow;
  readonly fileSystem: FileSystem;
  readonly entries: readonly JournalEntry[];
}

/** A call that was not answered may have taken effect all the same. */
function isAsBefore(fileSystem: FileSystem, { from }: { readonly from: Setting }): boolean {
  return fileSystem.state === 'available' && sameSetting(settingIn(fileSystem), from);
}

function isOurs(entry: JournalEntry): entry is JournalEntry & { readonly action: UpdateThroughput } {
  return entry.keeper === 'throughput' && entry.action.kind === 'update-throughput' && entry.state !== 'reverted';
}

function pendingOf({ action, atMs }: JournalEntry & { readonly action: UpdateThroughput }) {
  const { mode, mibps = 0, previousMode, previousMibps = 0 } = action;
  return { mode, mibps, atMs, from: { mode: previousMode, mibps: previousMibps } };
}

/** The journal holds `<code>: <message>`; a run that died before the answer holds no reason. */
function refusalOf({ why = '', atMs }: JournalEntry): Refusal {
  const at = why.indexOf(':');
  return { at: atMs, error: at > 0 ? why.slice(0, at) : why, message: why };
}
