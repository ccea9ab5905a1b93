export interface SimClock {
  nowMs(): number;
  nowIso(): string;
  /** Runs `run` once when the clock reaches `dueMs`; at once on the next advance when that is past. */
  at(dueMs: number, run: () => void | Promise<void>): void;
  /** Moves the time forward and runs what falls due, in order of time. Timers that do not wait run before it returns. */
  advance(ms: number): Promise<void>;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

export const START_MS = Date.UTC(2026, 8, 1, 10, 0, 0);

/** A clock that only moves when told to. */
export function createClock(startMs: number = START_MS): SimClock {
  const timers: Timer[] = [];
  let now = startMs;
  let order = 0;

  function takeDue(untilMs: number): Timer | undefined {
    const next = timers[0];
    return next !== undefined && next.dueMs <= untilMs ? timers.shift() : undefined;
  }

  function at(dueMs: number, run: Timer['run']): void {
    order += 1;
    const timer = { dueMs, order, run };
    const place = timers.findIndex((other) => other.dueMs > dueMs);
    timers.splice(place === -1 ? timers.length : place, 0, timer);
  }

  async function advance(ms: number): Promise<void> {
    const untilMs = now + ms;
    for (let timer = takeDue(untilMs); timer !== undefined; timer = takeDue(untilMs)) {
      now = Math.max(now, timer.dueMs);
      const waits = timer.run();
      if (waits instanceof Promise) await waits;
    }
    now = Math.max(now, untilMs);
  }

  return { nowMs: () => now, nowIso: () => new Date(now).toISOString(), at, advance };
}
