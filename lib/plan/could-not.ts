import type { Fact } from '../domain/fact.ts';
import { type Decision, EMPTY_PLAN } from '../domain/plan.ts';

/** Stands for what could not be decided of a family: settling it fails, after the other families are settled. */
export function couldNot({ family, error }: { readonly family: string; readonly error: unknown }): Decision {
  return {
    subject: { family, thing: `family:${family}` },
    findings: [],
    plan: EMPTY_PLAN,
    keyring: {},
    failure: error,
  };
}

interface Looked {
  readonly family: string;
  readonly newest: Fact<unknown>;
  readonly services: Fact<unknown>;
}

/**
 * Nothing can be said of a family whose newest revision or services were not read: that must not look like a family that
 * is well. The run is tried again, and then its alarm rings.
 */
export function unreadOf({ family, newest, services }: Looked): readonly Decision[] {
  const unread = [newest, services].find(({ state }) => state === 'unknown');
  if (unread?.state !== 'unknown') return [];
  return [couldNot({ family, error: new Error(`${family} could not be read: ${unread.why}`) })];
}

/** Decides for one family; an error in it is that family's alone. */
export function orCouldNot(family: string, decide: () => readonly Decision[]): readonly Decision[] {
  try {
    return decide();
  } catch (error) {
    return [couldNot({ family, error })];
  }
}
