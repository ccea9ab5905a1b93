/** What was seen in AWS. `unknown` (denied, throttled, not looked at) is never read as `absent`. */
export type Fact<T> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly why: string };

export function present<T>(value: T): Fact<T> {
  return { state: 'present', value };
}

export const absent = { state: 'absent' } as const;

export function unknown(why: string): { readonly state: 'unknown'; readonly why: string } {
  return { state: 'unknown', why };
}

/** The value where it was seen, else undefined: only for callers that treat absent and unknown alike on purpose. */
export function seen<T>(fact: Fact<T>): T | undefined {
  return fact.state === 'present' ? fact.value : undefined;
}

export function mapFact<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  return fact.state === 'present' ? present(change(fact.value)) : fact;
}
