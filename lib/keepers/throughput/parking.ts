import type { Allowance } from './allowance.ts';
import type { Setting, ThroughputMemory } from './memory.ts';

/** Left below the baseline, so that a file system that shrinks a little stays parked. */
const SLACK = 0.9;

/** Whether Provisioned at or below the baseline is free here, and bursts. */
export function canPark(memory: ThroughputMemory, allowance: Allowance): boolean {
  return memory.parking !== 'caps' && allowance.baselineMibps >= 1;
}

/** Where to go back to: the owner's own free amount, parking, or Bursting mode. */
export function restingPlace(memory: ThroughputMemory, allowance: Allowance): Setting {
  const { home } = memory;
  if (home !== null && home.mode === 'provisioned' && home.mibps <= allowance.baselineMibps) return home;
  if (!canPark(memory, allowance)) return { mode: 'bursting', mibps: 0 };
  return { mode: 'provisioned', mibps: Math.max(1, Math.floor(allowance.baselineMibps * SLACK)) };
}
