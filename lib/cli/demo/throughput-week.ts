import { NEXT, NEXT_ROOM } from '../../keepers/throughput/schedule-row.ts';
import type { Account } from '../../simulator/account.ts';
import { type LiveThroughput, liveThroughput } from '../../simulator/live-throughput.ts';
import type { Installation } from '../../simulator/stack/installation.ts';
import type { Load } from '../../simulator/throughput/minute.ts';

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
const GIB = 1024 ** 3;

/** What the rule of the throughput keeper sends. */
export const SCHEDULE = { source: 'aws.events', 'detail-type': 'Throughput Schedule' };

/** Continuous integration: checkouts and caches in office hours, six busy hours a weekday. */
export function ciLoad(atMs: number): Load {
  const hour = (atMs % DAY_MS) / HOUR_MS;
  const weekday = new Date(atMs).getUTCDay();
  if (weekday === 0 || weekday === 6 || hour < 8 || hour >= 18) return { readMibps: 0.3, writeMibps: 0.1 };
  const isBurst = Math.floor(atMs / MINUTE_MS) % 10 < 6;
  return isBurst ? { readMibps: 45, writeMibps: 12 } : { readMibps: 6, writeMibps: 2 };
}

export interface Small {
  readonly sizeGib: number;
  readonly creditMib: number;
  readonly load?: (atMs: number) => Load;
}

/** A file system of the account begins to serve a load. */
export function bringToLife(account: Account, id: string, { sizeGib, creditMib, load }: Small): LiveThroughput {
  const fileSystem = account.state.efs.fileSystems[id];
  if (fileSystem === undefined) throw new Error(`no file system ${id}`);
  fileSystem.sizeBytes.standard = sizeGib * GIB;
  return liveThroughput(account, id, { load: load ?? ciLoad, creditMib });
}

/** Runs the schedule until then. Minutes in which nothing is due are passed over: such a run reads one row and ends. */
export async function keepWatch(
  account: Account,
  installed: Pick<Installation, 'deliver' | 'world'>,
  untilMs: number,
): Promise<void> {
  while (account.clock.nowMs() < untilMs) {
    await installed.deliver('throughput', SCHEDULE);
    const next = await installed.world('throughput').ledger.recall(NEXT_ROOM, NEXT);
    const nowMs = account.clock.nowMs();
    const dueMs = Math.min(untilMs, Math.max(nowMs + MINUTE_MS, typeof next === 'number' ? next : 0));
    await account.clock.advance(Math.ceil((dueMs - nowMs) / MINUTE_MS) * MINUTE_MS);
  }
}
