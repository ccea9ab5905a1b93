import type { Decision } from '../domain/plan.ts';
import type { Ended, Keeper } from '../keeper.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';

/**
 * What drift and sweep use of the keeper that makes volumes: keepers do not know each other, so the function's wiring
 * hands it to them.
 */
export interface Provisioning<Facts> {
  readonly gather: (family: string, world: World, settings: Settings) => Promise<Facts | undefined>;
  readonly decide: (facts: Facts, settings: Settings) => readonly Decision[];
  readonly remember: (facts: Facts, world: World, ended: Ended) => Promise<void>;
}

/** Asks the keeper as a request by hand for the family would. */
export function provisioningBy<Input, Facts>(keeper: Keeper<Input, Facts>): Provisioning<Facts> {
  return {
    gather: async (family, world, settings) => {
      const parsed = keeper.parse({ taskDefinition: family }, world.self);
      return parsed.kind === 'go' ? keeper.gather(parsed.input, world, settings) : undefined;
    },
    decide: keeper.decide,
    remember: async (facts, world, ended) => keeper.remember?.(facts, world, ended),
  };
}

/** For where nothing is provisioned. */
export const NO_PROVISIONING: Provisioning<undefined> = {
  gather: async () => undefined,
  decide: () => [],
  remember: async () => {},
};
