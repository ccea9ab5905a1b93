import { createLedger } from '../../lib/ledger/create-ledger.ts';
import { createMemoryRows } from '../../lib/ledger/memory-rows.ts';
import type { World } from '../../lib/world.ts';

/** A small seeded generator (mulberry32): the same seed gives the same interleaving. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Interleaver {
  /** A world whose every verb waits for its turn. */
  readonly wrap: (world: World) => World;
  /** Runs all of them to their end, one verb after the other, in an order that the seed decides. */
  readonly run: <T>(runs: readonly (() => Promise<T>)[]) => Promise<readonly PromiseSettledResult<T>[]>;
}

const GROUPS = ['ecs', 'efs', 'ec2', 'iam', 'parameters', 'ledger'] as const;

/** Lets concurrent runs meet in any order: each call of each run is let through when the seed says so. */
export function createInterleaver(random: () => number): Interleaver {
  const waiting: (() => void)[] = [];
  const rows = createMemoryRows();
  const gate = () => new Promise<void>((open) => void waiting.push(open));

  function gated<T extends object>(verbs: T): T {
    return new Proxy(verbs, {
      get(target, name) {
        const verb = Reflect.get(target, name) as (...args: readonly unknown[]) => Promise<unknown>;
        return async (...args: readonly unknown[]) => {
          await gate();
          return verb(...args);
        };
      },
    });
  }

  async function drive(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await new Promise((resolve) => setImmediate(resolve));
      const [open] = waiting.splice(Math.floor(random() * waiting.length), 1);
      open?.();
    }
  }

  return {
    wrap: (world) => {
      const whole = { ...world, ledger: createLedger(gated(rows), world.pause) };
      const groups = GROUPS.filter((group) => group !== 'ledger').map((group) => [group, gated(whole[group])]);
      return { ...whole, ...Object.fromEntries(groups) };
    },
    run: async (runs) => {
      let over = false;
      const all = Promise.allSettled(runs.map((one) => one())).finally(() => {
        over = true;
      });
      await drive(() => over);
      return all;
    },
  };
}
