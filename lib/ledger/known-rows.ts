import type { Key } from './keys.ts';
import type { Row, RowStore } from './rows.ts';

/** What was seen of a row last; `row` is absent where there was none. */
export interface Known {
  readonly row?: Row;
}

export interface KnownRows extends RowStore {
  /** A first guess at the row, if it was seen or written lately. Only for writes, whose condition finds out the truth. */
  readonly guess: (key: Key) => Known | undefined;
}

const MOST = 200;
/** As long as a run lasts: what an earlier run of the same process saw is mostly changed by others since. */
const KEPT_MS = 5 * 60_000;

/** Keeps in mind the rows that were read and written, so that most changes are one conditional write, without a read. */
export function createKnownRows(rows: RowStore, nowMs: () => number): KnownRows {
  const known = new Map<string, Known & { readonly atMs: number }>();

  function note({ pk, sk }: Key, row: Row | undefined): void {
    const name = nameOf({ pk, sk });
    known.delete(name);
    known.set(name, row === undefined ? { atMs: nowMs() } : { row, atMs: nowMs() });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  }

  return {
    guess: (key) => {
      const found = known.get(nameOf(key));
      return found !== undefined && nowMs() - found.atMs < KEPT_MS ? found : undefined;
    },
    get: async (pk, sk) => {
      const row = await rows.get(pk, sk);
      note({ pk, sk }, row);
      return row;
    },
    query: rows.query,
    put: async (row, expected) => {
      known.delete(nameOf(row));
      const won = await rows.put(row, expected);
      if (won) note(row, { ...row, version: expected + 1 });
      return won;
    },
    remove: async (pk, sk, expected) => {
      known.delete(nameOf({ pk, sk }));
      return rows.remove(pk, sk, expected);
    },
  };
}

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}
