import type { Fact } from './domain/fact.ts';
import type { GUARD_FINDINGS } from './domain/findings/guards.ts';
import type { Decision } from './domain/plan.ts';
import { modeOf } from './mode.ts';
import type { KeyRefusal } from './plan/keys.ts';
import type { Settings } from './settings.ts';
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

/** An installation that cannot read its stop button says so with whatever it tells. */
export function withTrouble(
  decision: Decision,
  { trouble, parameter }: { readonly trouble: string; readonly parameter: string },
): Decision {
  const code: keyof typeof GUARD_FINDINGS = 'mode-unreadable';
  return { ...decision, findings: [...decision.findings, { code, subject: parameter, evidence: { why: trouble } }] };
}

/** Asked before every change: whoever presses the button does not wait for a run that takes minutes. */
export async function stopRefusal(
  world: World,
  settings: Pick<Settings, 'mode' | 'modeParameter'>,
): Promise<KeyRefusal | undefined> {
  const { mode } = modeOf(
    settings.mode === 'observe' ? 'observe' : 'repair',
    await stopButton(world, settings.modeParameter),
  );
  if (mode === 'repair') return undefined;
  return { heldBy: 'observe', why: `The mode is ${mode} since this run began: nothing more is changed.` };
}
