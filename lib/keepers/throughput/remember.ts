import { severityOf } from '../../domain/finding.ts';
import { hasKey, TAG } from '../../domain/tags.ts';
import type { World } from '../../world.ts';
import type { ThroughputFacts } from './gather.ts';
import { isIoDue } from './schedule-look.ts';
import { LISTED_AGAIN_MS, MINUTE_MS, NEXT, NEXT_ROOM, ROOM, shardOf, type WatchRow } from './schedule-row.ts';
import { dueAfter, isMissing, type Verdict } from './schedule-verdict.ts';
import { findingsOf, SAID_AGAIN_MS, signatureOf } from './told-findings.ts';

const TROUBLED_MS = 5 * MINUTE_MS;
const AT_ONCE = 32;

/** What the next run has to know: a row a file system, many rows a shard, and when anything is due at all. */
export async function remember(facts: ThroughputFacts, world: World): Promise<void> {
  const { verdicts, around, laterMs, input, trouble } = facts;
  const { nowMs } = around;
  const isIdle = verdicts.length === 0 && facts.listed === undefined && trouble === undefined;
  if (isIdle) return;
  const rows = new Map(verdicts.map((verdict) => [verdict.fileSystem.id, rowAfter(verdict)]));
  await keepShards(facts, rows, world);
  await settleUntold(verdicts, world);
  if (input.fileSystemId !== undefined) return dropNext(world);
  const dues = [...rows.values()].map(({ dueMs }) => dueMs);
  const soonest = dues.reduce((least, one) => Math.min(least, one), Math.min(laterMs, nowMs + LISTED_AGAIN_MS));
  await world.ledger.keep(NEXT_ROOM, NEXT, trouble === undefined ? soonest : nowMs + TROUBLED_MS);
}

/** Somebody asked by hand: what is due next is found by looking. */
async function dropNext(world: World): Promise<void> {
  await world.ledger.drop(NEXT_ROOM, NEXT);
}

function rowAfter(verdict: Verdict): WatchRow {
  const { watched, decision, episode, nowMs, fileSystem } = verdict;
  const { row } = watched;
  const mayAct = hasKey(fileSystem.tags, TAG.throughput, 'auto') && verdict.arePricesKnown;
  const dueMs = dueAfter(verdict, mayAct);
  return {
    dueMs,
    lookedMs: nowMs,
    memory: { ...decision.memory, nextLookMs: dueMs },
    told: toldAfter(verdict),
    ioCheckedMs: isIoDue(row, nowMs) ? nowMs : row.ioCheckedMs,
    ...(episode === undefined ? {} : { episode }),
    ...(isMissing(decision) ? { missingSinceMs: row.missingSinceMs ?? nowMs } : {}),
  };
}

function toldAfter(verdict: Verdict): WatchRow['told'] {
  const { watched, nowMs } = verdict;
  const recent = Object.entries(watched.row.told).filter(([, atMs]) => nowMs - atMs < SAID_AGAIN_MS);
  const findings = findingsOf(verdict);
  const isSaid = findings.some((finding) => severityOf(finding) !== 'info');
  const signature = signatureOf(findings, verdict);
  const known = Object.fromEntries(recent);
  return isSaid && known[signature] === undefined ? { ...known, [signature]: nowMs } : known;
}

/** Rows of file systems that are gone go with them. */
async function keepShards(
  { shards, listed }: ThroughputFacts,
  rows: ReadonlyMap<string, WatchRow>,
  world: World,
): Promise<void> {
  const changed = new Map<string, Record<string, WatchRow>>();
  const shardFor = (name: string) => {
    const known = changed.get(name) ?? { ...shards.get(name) };
    changed.set(name, known);
    return known;
  };
  for (const [id, row] of rows) shardFor(shardOf(id))[id] = row;
  for (const [name, shard] of shards)
    for (const id of Object.keys(shard)) if (listed !== undefined && !listed.has(id)) delete shardFor(name)[id];
  const all = [...changed];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    await Promise.all(some.map(([name, shard]) => world.ledger.keep(ROOM, name, shard)));
  }
}

/** A change that a run made and did not tell is told now. */
async function settleUntold(verdicts: readonly Verdict[], world: World): Promise<void> {
  const left = verdicts.flatMap(({ completed }) => (completed.untold ? [completed.untold] : []));
  await Promise.all(left.map(({ changeId }) => world.ledger.record(changeId, { state: 'done', told: true })));
}
