import type { Demand } from './censored.ts';
import { DAY_HOURS } from './clock.ts';
import { futureOf, type Recipe } from './futures.ts';
import type { World } from './world.ts';

export interface ElasticForecast {
  /** A day's lock, and the hour in which it is left. */
  readonly dayUsd: number;
  readonly hourUsd: number;
}

/** What Elastic may cost, by the dearest of the futures: nothing bounds it within its lock but the load. */
export function elasticForecast(demand: Demand, recipes: readonly Recipe[], world: World): ElasticForecast {
  const scope = { hours: DAY_HOURS + 1, burstMibps: world.allowance.burstMibps, amounts: [] };
  let dayMib = 0;
  let hourMib = 0;
  for (const recipe of recipes) {
    const { volumeMib } = futureOf(demand, recipe, scope);
    dayMib = Math.max(
      dayMib,
      volumeMib.reduce((sum, mib) => sum + mib, 0),
    );
    hourMib = Math.max(hourMib, volumeMib[0] ?? 0);
  }
  const usd = (mib: number): number => (mib + demand.backlogMib) * world.elasticUsdPerMib;
  return { dayUsd: usd(dayMib), hourUsd: usd(hourMib) };
}
