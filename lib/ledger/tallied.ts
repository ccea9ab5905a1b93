import type { Ledger } from './ledger.ts';

/** How many incidents began and ended. */
export interface Incidents {
  readonly opened: number;
  readonly resolved: number;
}

/** The same ledger; incidents that begin and end through it are counted, whichever keeper does it. */
export function tallied(ledger: Ledger): { readonly ledger: Ledger; readonly take: () => Incidents } {
  const count = { opened: 0, resolved: 0 };
  return {
    ledger: {
      ...ledger,
      occur: async (occurrence) => {
        const telling = await ledger.occur(occurrence);
        if (telling.tell && telling.status === 'firing') count.opened += 1;
        return telling;
      },
      resolve: async (id, atMs) => {
        const incident = await ledger.resolve(id, atMs);
        if (incident) count.resolved += 1;
        return incident;
      },
    },
    take: () => {
      const taken = { ...count };
      Object.assign(count, { opened: 0, resolved: 0 });
      return taken;
    },
  };
}
