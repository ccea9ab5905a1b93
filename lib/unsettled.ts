import type { Subject } from './domain/plan.ts';
import { shorten } from './report/alert/safe-text.ts';
import type { Arrived } from './road.ts';

/** A decision that could not be settled, or not even be made. */
export interface Failed {
  readonly subject: Subject;
  readonly error: unknown;
}

const NAMED_AT_MOST = 10;

/** Thrown when everything else is settled, so that Lambda tries again and, at last, somebody is told. */
export class Unsettled extends Error {
  /** What came of the rest. */
  readonly arrived: Arrived;

  constructor(failed: readonly Failed[], arrived: Arrived) {
    const named = failed.slice(0, NAMED_AT_MOST).map(({ subject, error }) => `${nameOf(subject)} (${wordsOf(error)})`);
    const more = failed.length > NAMED_AT_MOST ? ` and ${failed.length - NAMED_AT_MOST} more` : '';
    super(`Everything else was settled, this was not: ${named.join('; ')}${more}.`, { cause: failed[0]?.error });
    this.name = 'Unsettled';
    this.arrived = arrived;
  }
}

function nameOf({ family, thing }: Subject): string {
  return family === undefined ? thing : `family ${family}`;
}

function wordsOf(error: unknown): string {
  return shorten(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 300);
}
