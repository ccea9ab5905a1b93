import type { Action } from '../domain/action.ts';
import { budgetOf, familyOf, fileSystemOf, resourceOf, shareOf, traitsOf, wishOf } from '../domain/action-traits.ts';
import type { Plan, Step, StepOutcome } from '../domain/plan.ts';
import { withoutSecrets } from '../domain/without-secrets.ts';
import type { KeyRefusal } from '../plan/keys.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type Bindings, fill } from './bindings.ts';
import { type Begun, begin, lookAtLease } from './leasing.ts';
import { perform } from './perform.ts';
import { recheck } from './recheck.ts';
import { holdReverted, recordReverted, releaseReverted } from './reverting.ts';

export interface Run {
  readonly world: World;
  readonly keeper: string;
  readonly incident: string;
  readonly runId: string;
  readonly limits: Readonly<Record<'repairs' | 'provisioning', number>>;
  readonly guard: 'strict' | 'relaxed';
  /** Why nothing more may be changed since the run began. */
  readonly stopped: () => Promise<KeyRefusal | undefined>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Applied {
  readonly steps: readonly StepOutcome[];
  /** The last outcome on its way into the journal: to be waited for, together with whatever comes next. */
  readonly recording: Promise<unknown>;
}

/**
 * Walks the steps in order and stops at the first failure: the intent is journaled, then done, then what came of it.
 * One step's outcome is written while the next one is prepared: neither needs the other.
 */
export async function apply(plan: Plan, run: Run): Promise<Applied> {
  const steps: StepOutcome[] = [];
  let bindings: Bindings = {};
  let recording: Promise<unknown> = Promise.resolve();
  let stopped = false;
  for (const planned of plan.steps) {
    if (stopped) {
      steps.push({ step: planned, result: 'not-reached' });
      continue;
    }
    const step = { ...planned, action: fill(planned.action, bindings) };
    const [ready] = await Promise.all([prepare(step, run), recording]);
    const walked = ready.refusal
      ? withheld(step, ready.refusal)
      : await act(step, { run, wish: wishOf(planned.action), ...ready });
    recording = walked.recording;
    const { outcome } = walked;
    steps.push(outcome);
    stopped = outcome.result === 'failed' || outcome.result === 'withheld';
    if (outcome.result === 'done' || outcome.result === 'already') bindings = { ...bindings, ...outcome.made };
  }
  return { steps, recording };
}

interface Walked {
  readonly outcome: StepOutcome;
  readonly recording: Promise<unknown>;
}

function withheld(step: Step, refusal: KeyRefusal): Walked {
  return { outcome: { step, result: 'withheld', ...refusal }, recording: Promise.resolve() };
}

type Ready =
  | { readonly refusal: KeyRefusal }
  | { readonly changeId: string; readonly begun: Begun; readonly refusal?: never };

/** Looks once more whether it may be done, takes one of the budget and journals the intent. */
async function prepare(step: Step, run: Run): Promise<Ready> {
  const { action } = step;
  const [unkeyed, stopped] = await Promise.all([recheck(action, run), run.stopped(), lookAtLease(action, run.world)]);
  const refusal = unkeyed ?? stopped;
  if (refusal) return { refusal };
  const changeId = `${run.world.nowMs().toString(36)}-${run.world.unique()}`;
  const begun = begin(action, { world: run.world, changeId });
  const [spent] = await Promise.all([spend(step, run), intend(changeId, step, run), begun.settled]);
  if (spent) {
    await Promise.all([begun.giveBack(), run.world.ledger.record(changeId, { state: 'failed', why: spent.why })]);
    return { refusal: spent };
  }
  await holdReverted(step, run.world);
  return { changeId, begun };
}

async function act(
  step: Step,
  of: { readonly run: Run; readonly wish: string; readonly changeId: string; readonly begun: Begun },
): Promise<Walked> {
  const { changeId } = of;
  const { world } = of.run;
  try {
    await of.begun.done;
    const performed = await perform(step.action, { world, changeId });
    world.forget();
    const state = performed.existed ? 'already' : 'done';
    const recording = Promise.all([
      recorded(step, { ...of, came: { state, made: performed.made } }),
      performed.closing,
    ]);
    return { outcome: { step, changeId, result: state, made: performed.made }, recording };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const why = `${error.code}: ${error.message}`;
    const recording = recorded(step, { ...of, came: { state: 'failed', why } });
    const permanent = error.kind !== 'transient';
    return { outcome: { step, changeId, result: 'failed', why, permanent }, recording };
  }
}

interface Recording {
  readonly run: Run;
  /** Of the step as it was planned, with places for what earlier steps make: so it is asked for before. */
  readonly wish: string;
  readonly changeId: string;
  readonly came: Parameters<World['ledger']['record']>[1];
}

/** What came of the step, for the journal, for the breaker's count, and for the changes that it took back. */
async function recorded(step: Step, { run, wish, changeId, came }: Recording): Promise<void> {
  const { world } = run;
  // What failed or was overtaken was not made, so nobody can have undone it: the breaker counts what was.
  const made = came.state !== 'failed';
  await Promise.all([world.ledger.record(changeId, came), made ? countWish(step.action, { run, wish }) : undefined]);
  if (came.state === 'failed') await releaseReverted(step, world);
  else await recordReverted(step, { changeId, world });
}

/** The journal's intent, before the call: a crash between the two is found and settled by the next run. */
async function intend(changeId: string, step: Step, run: Run): Promise<void> {
  const atMs = run.world.nowMs();
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
    run: run.runId,
  });
}

/** Takes one of the installation's budget, whoever else takes from it at the same moment. */
async function spend(step: Step, run: Run): Promise<KeyRefusal | undefined> {
  const budget = budgetOf(step);
  if (budget === 'none') return undefined;
  const limit = run.limits[budget];
  const family = familyOf(step.action);
  const share = family === undefined ? {} : { share: { by: family, limit: shareOf(limit) } };
  const granted = await run.world.ledger.spend({ key: budget, limit, windowMs: HOUR_MS, ...share }, run.world.nowMs());
  if (granted) return undefined;
  const why = `The budget of ${limit} changes an hour (${budget}), or the half of it for one family, was used up by another run.`;
  return { heldBy: 'budget', why };
}

/** The breaker counts attempts, whether AWS took them or not: the lease keeps those of one family apart. */
async function countWish(action: Action, { run: { world }, wish }: Pick<Recording, 'run' | 'wish'>): Promise<void> {
  if (traitsOf(action).budget === 'none') return;
  const count = { key: `wish ${wish}`, limit: Number.MAX_SAFE_INTEGER, windowMs: DAY_MS };
  await world.ledger.spend(count, world.nowMs());
}
