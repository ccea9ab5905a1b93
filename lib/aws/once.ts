import type { Fact } from '../domain/fact.ts';
import { toFact } from './errors.ts';

/** Puts what a listing told beside what is asked for one by one. */
export type Note = (key: string, fact: Fact<unknown>) => void;

export interface Once {
  /** Reads at most once until `forget`; equal reads at the same moment share one call. What AWS refused is a fact too. */
  readonly read: <T>(key: string, ask: (note: Note) => Promise<Fact<T>>) => Promise<Fact<T>>;
  readonly forget: () => void;
}

export function createOnce(): Once {
  let known = new Map<string, Promise<Fact<unknown>>>();

  function read<T>(key: string, ask: (note: Note) => Promise<Fact<T>>): Promise<Fact<T>> {
    const memory = known;
    const found = memory.get(key) as Promise<Fact<T>> | undefined;
    if (found !== undefined) return found;
    const asked = factOf(() => ask((other, fact) => noteIn(memory, other, fact)));
    memory.set(key, asked);
    // An error that AWS did not give ends the run; nothing is to be remembered of it.
    asked.catch(() => memory.delete(key));
    return asked;
  }

  return {
    read,
    // A new map, so that answers still on their way are not taken for fresh ones.
    forget: () => {
      known = new Map();
    },
  };
}

function noteIn(memory: Map<string, Promise<Fact<unknown>>>, key: string, fact: Fact<unknown>): void {
  if (!memory.has(key)) memory.set(key, Promise.resolve(fact));
}

export async function factOf<T>(ask: () => Promise<Fact<T>>): Promise<Fact<T>> {
  try {
    return await ask();
  } catch (error) {
    return toFact(error);
  }
}
