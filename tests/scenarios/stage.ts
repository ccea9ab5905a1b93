import { resolve } from 'node:path';
import { FUNCTIONS } from '../../lib/cli/demo/functions.ts';
import type { Outcome } from '../../lib/domain/plan.ts';
import type { Arrived } from '../../lib/road.ts';
import { type Account, createAccount } from '../../lib/simulator/account.ts';
import { type BreakName, breakIt, breakOf } from '../../lib/simulator/break-it.ts';
import type { Estate, EstateWishes } from '../../lib/simulator/estate/spec.ts';
import { buildEstate, runEstate } from '../../lib/simulator/estate.ts';
import { functionPatterns } from '../../lib/simulator/stack/function-patterns.ts';
import { type Installation, install, type Stack } from '../../lib/simulator/stack/installation.ts';
import { refusals, witness } from '../least-privilege/witness.ts';

const ROOT = resolve(__dirname, '..', '..');
const PATTERNS = functionPatterns(ROOT);

/** Whatever a test makes the functions ask of AWS, the role of each function must allow. */
afterEach(async () => expect(await refusals()).toEqual([]));

export { FUNCTIONS };

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
  witness(account, { guard: installed.settings.guard, chatTopic: 'true' });
  return { account, estate, installed };
}

export type { Arrived, BreakName };
export { breakIt, breakOf };

/** What came of every decision so far. */
export function decisions(installed: Installation): readonly Outcome[] {
  return installed.arrivals.flatMap((arrived) =>
    arrived.kind === 'walked' ? arrived.settled.map(({ outcome }) => outcome) : [],
  );
}

/** The account without what every run may write (ledger, alerts, trail) and without the tasks, which live on by themselves. */
export function touched(account: Account): unknown {
  const { dynamodb: _ledger, sns: _alerts, trail: _trail, sequence: _ids, ecs, ...rest } = account.state;
  return structuredClone({ ...rest, ecs: { ...ecs, tasks: {} } });
}

/** Runs the next task of the estate and tells whether one of its family is running with the volume mounted. */
export async function mounts({ account, estate }: Stage): Promise<boolean> {
  await account.clock.advance(60_000);
  await runEstate(account, estate);
  return Object.values(account.state.ecs.tasks).some(
    (task) => task.lastStatus === 'RUNNING' && (task.mounted?.length ?? 0) > 0,
  );
}
