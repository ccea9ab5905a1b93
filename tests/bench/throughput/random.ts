export interface Random {
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
  readonly normal: () => number;
  /** Minutes until the next event of a Poisson process with this many a day. */
  readonly wait: (perDay: number) => number;
}

/** Mulberry32: small, fast and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal,
    wait: (perDay) => (-Math.log(1 - next()) * 1440) / perDay,
  };
}
