import type { Fact } from './domain/fact.ts';
import type { World } from './world.ts';

interface Seen {
  readonly atMs: number;
  readonly fact: Fact<string>;
}

/** Parameter Store gives out 40 parameters a second by default: a storm of events must not ask for it at each of them. */
const KEPT_MS = 15_000;
const seen = new WeakMap<World, Seen>();

/** The mode parameter, asked for again after 15 s. An answer that says nothing is not kept. */
export async function stopButton(world: World, name: string): Promise<Fact<string>> {
  const nowMs = world.nowMs();
  const last = seen.get(world);
  if (last !== undefined && nowMs - last.atMs < KEPT_MS) return last.fact;
  const fact = await world.parameters.get(name);
  if (fact.state === 'present') seen.set(world, { atMs: nowMs, fact });
  return fact;
}
