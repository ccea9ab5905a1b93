import { type Allowance, permittedOnCredits } from './allowance.ts';
import type { Scenario } from './scenarios.ts';

export interface DryTimes {
  /** Minutes from now until the first and the last scenario run dry; infinite where none does. */
  readonly earliest: number;
  readonly latest: number;
  /** Weight of the scenarios that run dry, 0 to 1. */
  readonly share: number;
}

/** When credits run out on the base, from what is left after the last known minute. */
export function dryTimes(scenarios: readonly Scenario[], creditMib: number, allowance: Allowance): DryTimes {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  let dry = 0;
  let all = 0;
  for (const scenario of scenarios) {
    const minutes = minutesToDry(scenario, creditMib, allowance);
    earliest = Math.min(earliest, minutes);
    latest = Math.max(latest, minutes);
    all += scenario.weight;
    if (Number.isFinite(minutes)) dry += scenario.weight;
  }
  return { earliest, latest, share: all > 0 ? dry / all : 0 };
}

/** Dry is when the credits no longer serve what is asked for. */
function minutesToDry(scenario: Scenario, creditMib: number, allowance: Allowance): number {
  let credit = creditMib;
  for (let minute = 0; minute < scenario.mibps.length; minute++) {
    const wanted = scenario.mibps[minute] as number;
    const permitted = permittedOnCredits(allowance, credit);
    if (wanted * 0.99 - 0.05 > permitted && permitted < allowance.burstMibps) return minute;
    const served = Math.min(wanted, permitted);
    credit = Math.min(allowance.fullMib, Math.max(0, credit + 60 * (allowance.baselineMibps - served)));
  }
  return Number.POSITIVE_INFINITY;
}
