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
  /** A change that was made, and that nobody was told of. */
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
export function completed(row: WatchRow, entries: readonly JournalEntry[], nowMs: number): Completed {
  const memory = row.memory ?? newMemory();
  const [newest] = entries.filter(isOurs);
  const askedMs = memory.pending?.atMs ?? row.lookedMs + 1;
  if (newest === undefined || newest.atMs < askedMs)
    return { memory: { ...memory, pending: null }, isRefusalTold: false };
  const pending = memory.pending ?? pendingOf(newest);
  const known = { memory: { ...memory, pending } };
  if (newest.state === 'failed') return { ...known, refusal: refusalOf(newest), isRefusalTold: newest.told === true };
  const isLeft = newest.told !== true && newest.atMs < nowMs - STILL_AT_IT_MS;
  return { ...known, isRefusalTold: false, ...(isLeft ? { untold: newest } : {}) };
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
