import type { Keeper } from '../lib/keeper.ts';
import { NO_PROVISIONING } from '../lib/keepers/provisioning.ts';

/** The keeper of a function's folder. Some are handed another one by their function; here they get one that does nothing. */
export async function keeperOf(name: string): Promise<Keeper<unknown, unknown>> {
  const module = await import(`../lib/keepers/${name}/keeper.ts`);
  const keeper: Keeper<unknown, unknown> | undefined = module[name] ?? module[`${name}With`]?.(NO_PROVISIONING);
  if (!keeper) throw new Error(`lib/keepers/${name}/keeper.ts exports no ${name}`);
  return keeper;
}
