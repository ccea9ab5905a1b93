/** One row of the one table. `data` is plain JSON; `version` guards every write. */
export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Only cleans up, by DynamoDB's TTL (seconds since the epoch); nothing is decided by it. */
  readonly expiresAtSeconds?: number;
}

export type RowWrite = Omit<Row, 'version'>;

export interface Page {
  readonly rows: readonly Row[];
  readonly next?: string;
}

/** The store under the ledger: DynamoDB in an account, a map in memory beside it, held to one contract. */
export interface RowStore {
  readonly get: (pk: string, sk: string) => Promise<Row | undefined>;
  /** Rows of one partition in the order of `sk`; `reverse` for newest first. */
  readonly query: (
    pk: string,
    options?: {
      readonly prefix?: string;
      readonly reverse?: boolean;
      readonly limit?: number;
      readonly after?: string;
    },
  ) => Promise<Page>;
  /** Writes if the stored version is `expected` (0: there is no row). False where somebody else was faster. */
  readonly put: (row: RowWrite, expected: number) => Promise<boolean>;
  /** Deletes if the stored version is `expected`. False where somebody else was faster. */
  readonly remove: (pk: string, sk: string, expected: number) => Promise<boolean>;
}
