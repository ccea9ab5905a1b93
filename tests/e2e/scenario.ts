import assert from 'node:assert/strict';
import type { Clients } from './clients.ts';
import type { Inbox } from './inbox.ts';

export interface Stage {
  readonly clients: Clients;
  readonly inbox: Inbox;
}

export interface Scenario {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<void>;
}

/** Long, since it is spent only where something is wrong, and a busy machine is not. */
const WITHIN_MS = 120_000;
const EVERY_MS = 200;

/** Asks again until the answer is as expected; the last difference is the failure. */
export async function eventually<T>(
  ask: () => Promise<T>,
  check: (answer: T) => void,
  withinMs = WITHIN_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      const answer = await ask();
      check(answer);
      return answer;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}

export { assert };
