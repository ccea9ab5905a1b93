import type { FileSystem } from '../../domain/efs.ts';
import { allowanceOf, MIB } from './allowance.ts';
import { sameSetting } from './memory.ts';
import { settingIn } from './schedule-journal.ts';
import { newestOf, type Series } from './schedule-points.ts';
import type { WatchRow } from './schedule-row.ts';
import { isPaid, sizeGibOf } from './schedule-verdict.ts';

export interface Candidate {
  readonly fileSystem: FileSystem;
  readonly row: WatchRow;
  readonly recent: Series;
  /** 0: must be looked at in full; 1: nothing can happen for hours. */
  readonly need: number;
}

/** With more of its bucket than this a file system lasts for hours even at its burst rate: what it is used for does not matter yet. */
const IN_QUESTION = 0.75;

/** Those whose credits are in question, and those that are calm. */
export function inQuestion(all: readonly Candidate[]): readonly [readonly Candidate[], readonly Candidate[]] {
  return [all.filter(({ need }) => need < IN_QUESTION), all.filter(({ need }) => !(need < IN_QUESTION))];
}

/** How full the bucket is; what we have a hand in comes first, and what others pay for needs no credits. */
export function needOf(fileSystem: FileSystem, { memory }: WatchRow, recent: Series): number {
  if (memory?.pending) return 0;
  const setting = settingIn(fileSystem);
  const sizeGib = sizeGibOf(fileSystem);
  if (isPaid(setting, sizeGib)) return memory?.ours && sameSetting(memory.ours, setting) ? 0 : 1;
  const credit = newestOf(recent.credit);
  return credit === undefined ? 1 : credit / MIB / allowanceOf(sizeGib).fullMib;
}
