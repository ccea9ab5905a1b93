import type { CallRecord } from '../../lib/simulator/account.ts';
import { RARE_RUNS } from './rare-runs.ts';
import { RUNS } from './runs.ts';

/** Every call of every function in these runs, by function. */
export async function recordedCalls(): Promise<ReadonlyMap<string, readonly CallRecord[]>> {
  const byFunction = new Map<string, CallRecord[]>();
  for (const run of [...RUNS, ...RARE_RUNS]) {
    const { account } = await run();
    for (const call of account.calls) {
      const name = /:role\/mountkeeper-([a-z]+)-/.exec(call.caller)?.[1];
      if (name) byFunction.set(name, [...(byFunction.get(name) ?? []), call]);
    }
  }
  return byFunction;
}
