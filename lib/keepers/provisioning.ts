import type { ActionKind } from '../domain/action.ts';
import type { Decision } from '../domain/plan.ts';
import type { FamilyFacts } from '../facts/gather-family.ts';
import { type Apart, inTurnsApart } from '../facts/in-turns.ts';
import type { Ended, Keeper } from '../keeper.ts';
import { needsProvisioning } from '../plan/judge-family.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';

/** What has to be made for one family: what the keeper of volumes decides from what it read, and keeps of it. */
export interface Provision {
  readonly decide: () => readonly Decision[];
  readonly remember: (ended: Ended) => Promise<void>;
}

/**
 * What drift and sweep use of the keeper that makes volumes: keepers do not know each other, so the function's wiring
 * hands it to them.
 */
export type Provisioning = (family: string, world: World, settings: Settings) => Promise<Provision | undefined>;

/**
 * Asks the keeper as a request by hand for the family would. It is loaded by the first family that needs it: most runs
 * of drift and sweep make nothing, and their cold starts do not pay for it.
 */
export function provisioningBy<Input, Facts>(load: () => Promise<Keeper<Input, Facts>>): Provisioning {
  return async (family, world, settings) => {
    const keeper = await load();
    const parsed = keeper.parse({ taskDefinition: family }, world.self);
    if (parsed.kind !== 'go') return undefined;
    const facts = await keeper.gather(parsed.input, world, settings);
    return {
      decide: () => keeper.decide(facts, settings),
      remember: async (ended) => keeper.remember?.(facts, world, ended),
    };
  };
}

export type ProvisionFor = (family: string) => ReturnType<Provisioning>;

/** For each of the families for which something has to be made; what could not be read of one is that one's alone. */
export async function provisionEach(
  families: readonly FamilyFacts[],
  atOnce: number,
  provisionFor: ProvisionFor,
): Promise<{ readonly made: ReadonlyMap<string, Provision>; readonly failed: readonly Apart[] }> {
  const wanting = families.filter(
    ({ optedIn, newest, units }) => optedIn && newest.state === 'present' && needsProvisioning(units, newest.value),
  );
  const { done, failed } = await inTurnsApart(wanting, atOnce, async ({ family }) => ({
    family,
    provision: await provisionFor(family),
  }));
  return { made: new Map(done.flatMap(({ family, provision }) => (provision ? [[family, provision]] : []))), failed };
}

/** For where nothing is provisioned. */
export const NO_PROVISIONING: Provisioning = async () => undefined;

/** What drift and sweep may change: the same, for what the one did not hear the other finds. */
export const CARE: readonly ActionKind[] = [
  'authorize-ingress',
  'authorize-egress',
  'revoke-rule',
  'put-role-policy',
  'create-access-point',
  'register-revision',
  'publish-volume',
  'update-service',
];
