import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MIB = 1024 * 1024;
const SAMPLED_EVERY_MS = 1_000;

export interface Watched {
  /** The most that was held at once on top of what was held before. */
  readonly mebibytes: number;
  /** What the looks at it took: none of it is the work's. */
  readonly lookedSeconds: number;
  readonly lookedCpuSeconds: number;
}

/** What is held, not what is left to be collected: the garbage is taken away before each look. */
export function watchMemory(): { readonly end: () => Watched } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = held();
  let most = before;
  let lookedSeconds = 0;
  let lookedCpuSeconds = 0;
  let next: NodeJS.Timeout;
  const look = () => {
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    most = Math.max(most, held());
    const tookMs = performance.now() - startMs;
    lookedSeconds += tookMs / 1000;
    lookedCpuSeconds += secondsOf(process.cpuUsage(cpu));
    // A look takes long where much is held: it must not become most of the work.
    next = setTimeout(look, Math.max(SAMPLED_EVERY_MS, 10 * tookMs));
  };
  next = setTimeout(look, SAMPLED_EVERY_MS);
  return {
    end: () => {
      clearTimeout(next);
      return { mebibytes: Math.max(0, Math.max(most, held()) - before) / MIB, lookedSeconds, lookedCpuSeconds };
    },
  };
}

export function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}
