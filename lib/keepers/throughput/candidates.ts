import type { Scenario } from './scenarios.ts';

const QUANTILES = [0.3, 0.5, 0.75, 0.9, 0.95, 0.98, 0.995, 1];
const HEADROOM = 1.04;
const DAY = 1440;
/** Hours in which work that waits might be cleared. */
const CLEARING_HOURS = [2, 6, 16];

interface Limits {
  readonly above: number;
  readonly most: number;
  readonly backlogMib: number;
}

/** Amounts worth weighing, whole MiB/s: what the next day asks for at its quantiles, and what clears the work that waits. */
export function candidateAmounts(scenarios: readonly Scenario[], limits: Limits): number[] {
  const levels: number[] = [];
  for (const scenario of scenarios) {
    const day = scenario.mibps.slice(0, DAY).sort();
    for (const part of QUANTILES) levels.push((day[Math.floor(part * (day.length - 1))] ?? 0) * HEADROOM);
    const mean = (scenario.volumeMib[Math.min(DAY, day.length)] ?? 0) / 60 / Math.max(1, day.length);
    for (const hours of CLEARING_HOURS) levels.push(mean * HEADROOM + limits.backlogMib / (hours * 3600));
  }
  const amounts: number[] = [];
  for (const level of levels.sort((a, b) => a - b)) {
    const mibps = Math.min(limits.most, Math.max(1, Math.ceil(level)));
    if (mibps <= limits.above) continue;
    if (mibps >= (amounts.at(-1) ?? 0) * 1.06 + 0.5) amounts.push(mibps);
  }
  return amounts;
}
