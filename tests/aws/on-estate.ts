import type { Fact } from '../../lib/domain/fact.ts';
import { type Account, type AccountOptions, createAccount } from '../../lib/simulator/account.ts';
import type { EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import { worldOn } from '../../lib/simulator/world-on.ts';

/** A healthy estate, and the world on its account. */
export function onEstate(wishes: EstateWishes = {}, options: AccountOptions = {}) {
  const account = createAccount(options);
  const estate = buildEstate(account, wishes);
  return { account, estate, world: worldOn(account) };
}

export function valueIn<T>(fact: Fact<T>): T {
  if (fact.state !== 'present') throw new Error(`expected a value, got ${JSON.stringify(fact)}`);
  return fact.value;
}

/** Names of the operations that were called, in order. */
export function called(account: Account): readonly string[] {
  return account.calls.map((call) => call.operation);
}
