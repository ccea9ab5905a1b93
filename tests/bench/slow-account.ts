import { remediate } from '../../lib/keepers/remediate/keeper.ts';
import { walk } from '../../lib/road.ts';
import { type Account, type CallRecord, createAccount } from '../../lib/simulator/account.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { functionRole, type Installation, install, type Stack } from '../../lib/simulator/stack/installation.ts';

export const ROOT = new URL('../..', import.meta.url).pathname;
const PATTERNS = functionPatterns(ROOT);

export const FUNCTIONS: Stack['functions'] = {
  remediate: (event, road) => walk(remediate, event, road),
};

export function installed(account: Account, stack: Partial<Stack> = {}): Installation {
  return install(account, { functions: FUNCTIONS, patterns: PATTERNS, ...stack });
}

/** A simulated account in which every call takes this long, as over a network: real time, so that calls overlap. */
export function slowAccount(latencyMs: number): Account & { slow: boolean } {
  const account = Object.assign(createAccount(), { slow: false });
  const handlers = Object.fromEntries(
    Object.entries(account.handlers).map(([name, handler]) => [
      name,
      async (on: Account, input: unknown, caller: string) => {
        if (account.slow) await new Promise((resolve) => setTimeout(resolve, latencyMs));
        return handler(on, input, caller);
      },
    ]),
  );
  return Object.assign(account, { handlers });
}

export interface Trace {
  readonly calls: readonly CallRecord[];
  readonly roundTrips: number;
}

/** What one function called since the given call. */
export function traceOf(account: Account, name: string, since = 0): Trace {
  const role = functionRole(account, name);
  const calls = account.calls.slice(since).filter(({ caller }) => caller === role);
  return { calls, roundTrips: new Set(calls.map(({ depth }) => depth)).size };
}
