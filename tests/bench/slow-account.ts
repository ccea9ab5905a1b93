import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import { type Account, type CallRecord, createAccount } from '../../lib/simulator/account.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { functionRole, type Installation, install, type Stack } from '../../lib/simulator/stack/installation.ts';

export const ROOT = new URL('../..', import.meta.url).pathname;
export const PATTERNS = functionPatterns(ROOT);

export function installed(account: Account, stack: Partial<Stack> = {}): Installation {
  return install(account, { functions: FUNCTIONS, patterns: PATTERNS, ...stack });
}

export interface SlowAccount extends Account {
  /** Whether calls take their time now. */
  slow: boolean;
  /** Hears of every call that was answered well. */
  answered: (call: { readonly operation: string }) => void;
}

/** A simulated account in which a call takes this long, as over a network: in real time, so that calls overlap. */
export function slowAccount(latencyMs: number): SlowAccount {
  const account = Object.assign(createAccount(), { slow: false, answered: () => undefined }) as SlowAccount;
  const handlers = Object.fromEntries(
    Object.entries(account.handlers).map(([name, handler]) => [
      name,
      async (on: Account, input: unknown, caller: string) => {
        if (account.slow) await new Promise((resolve) => setTimeout(resolve, latencyMs));
        const output = await handler(on, input, caller);
        account.answered({ operation: name.slice(name.indexOf('.') + 1) });
        return output;
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
