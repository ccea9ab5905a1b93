import { type Allowance, permittedOnCredits } from './allowance.ts';
import type { Demand } from './censored.ts';
import { DAY_MINUTES } from './clock.ts';
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

const HELD_MINUTES = DAY_MINUTES + 60;
const DAYS_ASKED = 14;
const MARGIN = 1.1;

/**
 * Whether a return to Bursting mode is safe: for a day no switch could follow, so none of the days seen, a tenth busier, may
 * run it dry in that time.
 */
export function mayLeave(demand: Demand, creditMib: number, allowance: Allowance): boolean {
  for (let days = 1; days <= DAYS_ASKED && demand.count >= days * DAY_MINUTES; days++) {
    let credit = creditMib;
    for (let minute = 0; minute < HELD_MINUTES; minute++) {
      const wanted = MARGIN * (demand.mibps[demand.count - days * DAY_MINUTES + (minute % (days * DAY_MINUTES))] || 0);
      if (wanted > permittedOnCredits(allowance, credit) && wanted < allowance.burstMibps) return false;
      credit = Math.min(allowance.fullMib, Math.max(0, credit + 60 * (allowance.baselineMibps - wanted)));
    }
  }
  return true;
}
