import type { Action } from '../domain/action.ts';
import { familyOf, fileSystemOf, resourceOf, traitsOf, wishOf } from '../domain/action-traits.ts';
import type { Plan, Step, StepOutcome } from '../domain/plan.ts';
import { withoutSecrets } from '../domain/without-secrets.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type Bindings, fill } from './bindings.ts';
import { perform } from './perform.ts';
import { recheck } from './recheck.ts';
import { holdReverted, recordReverted, releaseReverted } from './reverting.ts';

export interface Run {
  readonly world: World;
  readonly keeper: string;
  readonly incident: string;
  readonly limits: Readonly<Record<'repairs' | 'provisioning', number>>;
  readonly guard: 'strict' | 'relaxed';
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Walks the steps in order and stops at the first failure: the intent is journaled, then done, then what came of it. */
export async function apply(plan: Plan, run: Run): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  let bindings: Bindings = {};
  let stopped = false;
  for (const step of plan.steps) {
    if (stopped) {
      outcomes.push({ step, result: 'not-reached' });
      continue;
    }
    const outcome = await walkStep({ ...step, action: fill(step.action, bindings) }, run);
    outcomes.push(outcome);
    stopped = outcome.result === 'failed' || outcome.result === 'withheld';
    if (outcome.result === 'done' || outcome.result === 'already') bindings = { ...bindings, ...outcome.made };
  }
  return outcomes;
}

async function walkStep(step: Step, run: Run): Promise<StepOutcome> {
  const refusal = (await recheck(step.action, run)) ?? (await spend(step.action, run));
  if (refusal) return { step, result: 'withheld', ...refusal };
  const changeId = await intend(step, run);
  await holdReverted(step, run.world);
  try {
    const performed = await perform(step.action, { world: run.world, changeId });
    const state = performed.existed ? 'already' : 'done';
    await run.world.ledger.record(changeId, { state, made: performed.made });
    await recordReverted(step, { changeId, world: run.world });
    run.world.forget();
    return { step, changeId, result: state, made: performed.made };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await run.world.ledger.record(changeId, { state: 'failed', why: `${error.code}: ${error.message}` });
    await releaseReverted(step, run.world);
    return {
      step,
      changeId,
      result: 'failed',
      why: `${error.code}: ${error.message}`,
      permanent: error.kind !== 'transient',
    };
  }
}

/** The journal's intent, before the call: a crash between the two is found and settled by the next run. */
async function intend(step: Step, run: Run): Promise<string> {
  const atMs = run.world.nowMs();
  const changeId = `${atMs.toString(36)}-${run.world.unique()}`;
  const family = familyOf(step.action);
  const fileSystemId = fileSystemOf(step.action);
  await run.world.ledger.intend({
    changeId,
    atMs,
    keeper: run.keeper,
    incident: run.incident,
    ...(family === undefined ? {} : { family }),
    ...(fileSystemId === undefined ? {} : { fileSystemId }),
    resource: resourceOf(step.action),
    because: step.because,
    action: withoutSecrets(step.action),
    state: 'intended',
  });
  return changeId;
}

/** Takes one of the installation's budget, and counts the wish for the breaker; both hold under any concurrency. */
async function spend(action: Action, run: Run): Promise<{ heldBy: 'budget'; why: string } | undefined> {
  const { budget } = traitsOf(action);
  if (budget === 'none') return undefined;
  const { ledger } = run.world;
  const nowMs = run.world.nowMs();
  const limit = run.limits[budget];
  const granted = await ledger.spend({ key: budget, limit, windowMs: HOUR_MS }, nowMs);
  if (!granted)
    return { heldBy: 'budget', why: `The budget of ${limit} changes an hour (${budget}) was used up by another run.` };
  await ledger.spend({ key: `wish ${wishOf(action)}`, limit: Number.MAX_SAFE_INTEGER, windowMs: DAY_MS }, nowMs);
  return undefined;
}
