import { type Plan, rollout, type Start, type World } from './rollout.ts';
import type { Scenario } from './scenarios.ts';

export interface Weighed {
  readonly plan: Plan;
  /** Dollars, with throttled minutes at their price, over the horizon and the scenarios. */
  readonly j: number;
  readonly usd: number;
  readonly throttledMinutes: number;
}

export interface Outlook {
  readonly scenarios: readonly Scenario[];
  readonly start: Start;
  readonly world: World;
}

/** What a plan is expected to cost over the scenarios. */
export function weigh(plan: Plan, outlook: Outlook): Weighed {
  let usd = 0;
  let throttledMinutes = 0;
  let all = 0;
  for (const scenario of outlook.scenarios) {
    const cost = rollout(plan, outlook.start, { scenario, world: outlook.world });
    usd += scenario.weight * cost.usd;
    throttledMinutes += scenario.weight * cost.throttledMinutes;
    all += scenario.weight;
  }
  usd /= all;
  throttledMinutes /= all;
  return { plan, usd, throttledMinutes, j: usd + throttledMinutes * outlook.world.throttledMinuteUsd };
}

export function cheapest(plans: readonly Plan[], outlook: Outlook): Weighed[] {
  return plans.map((plan) => weigh(plan, outlook)).sort((a, b) => a.j - b.j);
}
