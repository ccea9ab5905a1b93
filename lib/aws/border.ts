import type { Pause } from '../ledger/changing.ts';
import type { Self } from '../world.ts';
import type { Clients } from './clients.ts';
import { toRefusal } from './errors.ts';
import type { Once } from './once.ts';

/** What the verbs of every service stand on. */
export interface Border {
  readonly clients: Clients;
  readonly once: Once;
  readonly self: Self;
  readonly nowMs: () => number;
  readonly pause: Pause;
}

/** A write: throws `Refusal` and nothing else of AWS, and afterwards nothing that was read before counts any more. */
export async function writing<T>(border: Border, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw toRefusal(error);
  } finally {
    border.once.forget();
  }
}
