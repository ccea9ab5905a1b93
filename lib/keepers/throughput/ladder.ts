/**
 * The balance as one number: credits when positive, work that waits when negative, MiB. Rungs lie close together around
 * zero, where a little more or less decides, and far apart where it does not.
 */
export interface Ladder {
  readonly rungs: Float64Array;
  readonly zero: number;
  readonly fullMib: number;
  readonly worstMib: number;
}

const ABOVE = 14;
const BELOW = 4;

export function ladderOf(fullMib: number, worstBacklogMib: number): Ladder {
  const worstMib = Math.max(1, worstBacklogMib);
  const rungs = new Float64Array(BELOW + ABOVE + 1);
  for (let step = 1; step <= BELOW; step++) rungs[BELOW - step] = -worstMib * (step / BELOW) ** 2;
  for (let step = 1; step <= ABOVE; step++) rungs[BELOW + step] = fullMib * (step / ABOVE) ** 2;
  return { rungs, zero: BELOW, fullMib, worstMib };
}

/** The value at a balance, between the two nearest rungs; `from` is where the rungs' values begin. */
export function valueAt(values: Float64Array, from: number, at: { ladder: Ladder; balanceMib: number }): number {
  const { rungs, zero, fullMib, worstMib } = at.ladder;
  const balance = at.balanceMib;
  const share = balance >= 0 ? Math.min(1, balance / fullMib) : Math.min(1, -balance / worstMib);
  const steps = Math.floor(Math.sqrt(share) * (balance >= 0 ? ABOVE : BELOW));
  const low = balance >= 0 ? Math.min(rungs.length - 2, zero + steps) : Math.max(0, zero - 1 - steps);
  const below = rungs[low] as number;
  const part = Math.min(1, Math.max(0, (balance - below) / ((rungs[low + 1] as number) - below)));
  return (values[from + low] as number) * (1 - part) + (values[from + low + 1] as number) * part;
}
