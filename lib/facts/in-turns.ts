interface OfFamily {
  readonly family: string;
}

/** What one family could not be read or decided for, while the others were. */
export interface Apart {
  readonly family: string;
  readonly error: unknown;
}

export interface InTurnsApart<R> {
  readonly done: readonly R[];
  readonly failed: readonly Apart[];
}

/** As `inTurns`, family by family: an error of one of them takes nothing from the others. */
export async function inTurnsApart<T extends OfFamily, R>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<R>,
): Promise<InTurnsApart<R>> {
  const failed: Apart[] = [];
  const done = await inTurns(items, size, async (item) => {
    try {
      return [await work(item)];
    } catch (error) {
      failed.push({ family: item.family, error });
      return [];
    }
  });
  return { done: done.flat(), failed };
}

/** Does the work of all of them before it throws what any of them threw. */
export async function eachInTurn<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const ended = await inTurns(items, size, async (item) => (await Promise.allSettled([work(item)]))[0]);
  for (const one of ended) if (one?.status === 'rejected') throw one.reason;
}

/** Some at a time, in order: a storm of reads helps nobody where AWS counts calls by the second. */
export async function inTurns<T, R>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    done.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return done;
}
