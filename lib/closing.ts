/** What nobody in the run has to wait for: alerts on their way, memories. The run ends when all of it is done. */
export interface Closing {
  readonly later: (work: Promise<unknown>) => void;
  /** Incidents that people were told of on this walk. */
  readonly told: Set<string>;
  /** All that is on its way by now. */
  readonly soFar: () => Promise<unknown>;
  /** Throws what any of it threw, so that the run counts as failed. */
  readonly close: () => Promise<void>;
}

export function createClosing(): Closing {
  let open: Promise<unknown>[] = [];
  return {
    told: new Set(),
    later: (work) => {
      // Its error is thrown by `close`; until then nobody listens, and Node would end the process.
      work.catch(() => undefined);
      open.push(work);
    },
    soFar: () => {
      const all = Promise.all(open);
      all.catch(() => undefined);
      return all;
    },
    close: async () => {
      const all = open;
      open = [];
      await Promise.all(all);
    },
  };
}
