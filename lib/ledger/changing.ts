import { Refusal } from '../refusal.ts';
import type { Key } from './keys.ts';
import type { Row, RowStore } from './rows.ts';

export type Data = Readonly<Record<string, unknown>>;

/** What a verb makes of the row that it found: what to write (`null`: delete it; absent: leave it), and its answer. */
export interface Move<T> {
  readonly answer: T;
  readonly write?: Data | null;
  /** When the row may be cleaned up, in milliseconds since the epoch. */
  readonly uselessAtMs?: number;
}

export type Verb<T> = (found: Data | undefined) => Move<T>;

export type Pause = (ms: number) => Promise<void>;

/** A lost race means that another writer won it, so tries run out only when as many writers are busy with one row. */
const TRIES = 400;
const PATIENT_TRIES = 3;
const PAUSE_MS = 20;

export interface Changing {
  readonly rows: RowStore;
  readonly pause: Pause;
  /** The last one in the queue of each row. */
  readonly turns: Map<string, Promise<unknown>>;
}

/** Changes of one row by one run wait for each other: raced, all but one of them would be for nothing. */
export async function change<T>(store: Changing, key: Key, verb: Verb<T>): Promise<T> {
  const { turns } = store;
  const name = JSON.stringify([key.pk, key.sk]);
  const mine = after(turns.get(name), () => raceForIt(store, key, verb));
  turns.set(name, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === mine) turns.delete(name);
  }
}

async function after<T>(before: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
  await before?.catch(() => undefined);
  return work();
}

/** Reads, lets the verb decide, writes what it says if no other run was faster; else once more from the fresh row. */
async function raceForIt<T>(store: Changing, key: Key, verb: Verb<T>): Promise<T> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const row = await store.rows.get(key.pk, key.sk);
    const move = verb(row?.data);
    if (move.write === undefined || (await write(store.rows, key, { row, move }))) return move.answer;
    if (attempt > PATIENT_TRIES) await store.pause(PAUSE_MS);
  }
  throw new Refusal('conflict', 'LedgerBusy', {
    message: `The ledger's row ${key.pk} was changed by others ${TRIES} times in a row while this run tried to write it`,
  });
}

function write(rows: RowStore, key: Key, change: { row: Row | undefined; move: Move<unknown> }): Promise<boolean> {
  const { row, move } = change;
  const expected = row?.version ?? 0;
  if (move.write === null || move.write === undefined) return rows.remove(key.pk, key.sk, expected);
  const { uselessAtMs } = move;
  const expiry = uselessAtMs === undefined ? {} : { expiresAtSeconds: Math.ceil(uselessAtMs / 1000) };
  return rows.put({ ...key, data: move.write, ...expiry }, expected);
}

/** Every row of a partition, page after page, until `enough` says so. */
export async function allRows(
  rows: RowStore,
  pk: string,
  options: { readonly prefix?: string; readonly reverse?: boolean; readonly enough?: (row: Row) => boolean } = {},
): Promise<readonly Row[]> {
  const { enough = () => false, ...query } = options;
  const found: Row[] = [];
  let after: string | undefined;
  do {
    const page = await rows.query(pk, after === undefined ? query : { ...query, after });
    const end = page.rows.findIndex(enough);
    found.push(...(end === -1 ? page.rows : page.rows.slice(0, end)));
    after = end === -1 ? page.next : undefined;
  } while (after !== undefined);
  return found;
}
