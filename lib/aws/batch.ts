import { absent, type Fact, present } from '../domain/fact.ts';

export interface BatchOptions<T> {
  /** How many ids the API takes in one call. */
  readonly size: number;
  /** Reads many; what is not in the answer does not exist. */
  readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
}

interface Waiting<T> {
  readonly id: string;
  readonly answer: (fact: Fact<T>) => void;
  readonly fail: (error: unknown) => void;
}

/** Sends together what is asked for in the same moment. An error is everybody's error: it says nothing about one id. */
export function createBatch<T>(options: BatchOptions<T>): (id: string) => Promise<Fact<T>> {
  let waiting: Waiting<T>[] = [];

  function flush(): void {
    const all = waiting;
    waiting = [];
    for (let start = 0; start < all.length; start += options.size) {
      void send(all.slice(start, start + options.size), options.load);
    }
  }

  return (id) =>
    new Promise((answer, fail) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ id, answer, fail });
    });
}

async function send<T>(batch: readonly Waiting<T>[], load: BatchOptions<T>['load']): Promise<void> {
  try {
    const found = await load([...new Set(batch.map((one) => one.id))]);
    for (const one of batch) {
      const value = found.get(one.id);
      one.answer(value === undefined ? absent : present(value));
    }
  } catch (error) {
    for (const one of batch) one.fail(error);
  }
}
