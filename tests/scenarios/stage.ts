import { join, resolve } from 'node:path';
import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import type { Arrived } from '../../lib/road.ts';
import { walk } from '../../lib/road.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { type BreakName, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import { buildEstate } from '../../lib/simulator/estate.ts';
import type { Estate, EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { type Installation, install, type Stack } from '../../lib/simulator/stack/installation.ts';

const ROOT = resolve(__dirname, '..', '..');
const PATTERNS = functionPatterns(ROOT);

/** Every function of the stack, as its handler walks it. */
export const FUNCTIONS: Stack['functions'] = {
  remediate: (event, road) => walk(remediate, event, road),
};

export interface Stage {
  readonly account: Account;
  readonly estate: Estate;
  readonly installed: Installation;
}

/** A simulated account with one estate, everything healthy, and Mountkeeper installed in it. */
export function stage(wishes: EstateWishes = {}, stack: Partial<Stack> = {}): Stage {
  const account = createAccount();
  const estate = buildEstate(account, wishes);
  const installed = install(account, { functions: FUNCTIONS, patterns: PATTERNS, ...stack });
  return { account, estate, installed };
}

export { breakIt, breakOf, join };
export type { Arrived, BreakName };
