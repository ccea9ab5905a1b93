import { LONGEST_PARTITION_KEY_BYTES, LONGEST_SORT_KEY_BYTES } from './keys.ts';
import type { Page, Row, RowStore, RowWrite } from './rows.ts';

const PAGE = 100;

type Partition = Map<string, Row>;
type QueryOptions = NonNullable<Parameters<RowStore['query']>[1]>;

/** The twin of the DynamoDB table. What goes in and comes out is a copy, as it would be over the wire. */
export function createMemoryRows(): RowStore {
  const partitions = new Map<string, Partition>();

  function versionOf(pk: string, sk: string): number {
    return partitions.get(pk)?.get(sk)?.version ?? 0;
  }

  async function get(pk: string, sk: string): Promise<Row | undefined> {
    const row = partitions.get(pk)?.get(sk);
    return row === undefined ? undefined : copy(row);
  }

  async function put(row: RowWrite, expected: number): Promise<boolean> {
    refuseLong(row);
    if (versionOf(row.pk, row.sk) !== expected) return false;
    const partition = partitions.get(row.pk) ?? new Map<string, Row>();
    partition.set(row.sk, copy({ ...row, version: expected + 1 }));
    partitions.set(row.pk, partition);
    return true;
  }

  async function remove(pk: string, sk: string, expected: number): Promise<boolean> {
    if (versionOf(pk, sk) !== expected) return false;
    partitions.get(pk)?.delete(sk);
    return true;
  }

  async function query(pk: string, options: QueryOptions = {}): Promise<Page> {
    return page([...(partitions.get(pk)?.values() ?? [])], options);
  }

  return { get, put, remove, query };
}

/** What DynamoDB answers with a ValidationException. */
function refuseLong({ pk, sk }: RowWrite): void {
  if (Buffer.byteLength(pk) <= LONGEST_PARTITION_KEY_BYTES && Buffer.byteLength(sk) <= LONGEST_SORT_KEY_BYTES) return;
  throw new Error(`A key is too long for the table: ${pk} ${sk}`);
}

function page(rows: readonly Row[], options: QueryOptions): Page {
  const { prefix = '', reverse = false, limit = PAGE, after } = options;
  const direction = reverse ? -1 : 1;
  const sorted = rows
    .filter((row) => row.sk.startsWith(prefix))
    .filter((row) => after === undefined || order(row.sk, after) * direction > 0)
    .sort((one, other) => order(one.sk, other.sk) * direction);
  const taken = sorted.slice(0, limit).map(copy);
  const last = taken.at(-1);
  return sorted.length > taken.length && last !== undefined ? { rows: taken, next: last.sk } : { rows: taken };
}

/** By bytes, as DynamoDB orders: not by any language's rules. */
function order(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function copy(row: Row): Row {
  return JSON.parse(JSON.stringify(row)) satisfies Row;
}
