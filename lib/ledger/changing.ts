import { Refusal } from '../refusal.ts';
import type { Key } from './keys.ts';
import type { Known, KnownRows } from './known-rows.ts';
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
  readonly rows: KnownRows;
  readonly pause: Pause;
  /** The last one in the queue of each row. */
  readonly turns: Map<string, Promise<unknown>>;
}

/** Changes of one row by one run wait for each other: raced, all but one of them would be for nothing. */
export function change<T>(store: Changing, key: Key, verb: Verb<T>): Promise<T> {
  return inTurn(store, key, () => raceForIt(store, key, { verb, guess: store.rows.guess(key) }));
}

/** A row that is new by its name: it is written without looking for it first. */
export function create<T>(store: Changing, key: Key, verb: Verb<T>): Promise<T> {
  return inTurn(store, key, () => raceForIt(store, key, { verb, guess: store.rows.guess(key) ?? {} }));
}

/** Reads a row that is to be changed soon, beside other reads: the change itself is then one write. */
export async function lookAhead(store: Changing, key: Key): Promise<void> {
  await inTurn(store, key, () => store.rows.get(key.pk, key.sk));
}

async function inTurn<T>({ turns }: Changing, key: Key, work: () => Promise<T>): Promise<T> {
  const name = JSON.stringify([key.pk, key.sk]);
  const mine = after(turns.get(name), work);
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

interface Race<T> {
  readonly verb: Verb<T>;
  readonly guess: Known | undefined;
}

/**
 * Lets the verb decide on the row and writes what it says if no other run was faster; else once more from the fresh
 * row. The first try may start from a guess: a write finds out whether it was right, an answer without a write does not.
 */
async function raceForIt<T>(store: Changing, key: Key, { verb, guess }: Race<T>): Promise<T> {
  if (guess !== undefined) {
    const move = verb(guess.row?.data);
    if (move.write !== undefined && (await write(store.rows, key, { row: guess.row, move }))) return move.answer;
  }
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

function write(
  rows: RowStore,
  key: Key,
  change: { readonly row: Row | undefined; readonly move: Move<unknown> },
): Promise<boolean> {
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
