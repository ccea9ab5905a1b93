import type { Closing } from './closing.ts';
import type { Decision } from './domain/plan.ts';
import type { Figure, Go, Keeper } from './keeper.ts';
import type { Mode } from './mode.ts';
import type { Road } from './road.ts';
import type { Settled } from './settle.ts';
import { withTrouble } from './stop-button.ts';
import type { Failed } from './unsettled.ts';

export interface Trip<Input, Facts> {
  readonly half: Promise<typeof import('./settle.ts')>;
  readonly keeper: Keeper<Input, Facts>;
  readonly parsed: Go<Input>;
  readonly road: Road;
  readonly mode: Mode;
  readonly trouble: string | undefined;
  readonly startedMs: number;
  readonly closing: Closing;
  readonly reports: unknown[];
  readonly figures: Figure[];
  /** What could not be settled, while the rest was. */
  readonly failed: Failed[];
}

const ROUNDS_AT_MOST = 5;
/** What is left of a run's time for its end: alerts, memories, the lease. */
const FOR_THE_END_MS = 2 * 60_000;

/** Gathers, decides and settles until fresh facts ask for nothing more. */
export async function rounds<I, F>(trip: Trip<I, F>): Promise<readonly Settled[]> {
  const { keeper, parsed, road } = trip;
  const all: Settled[] = [];
  let { input } = parsed;
  for (let round = 0; round < ROUNDS_AT_MOST; round += 1) {
    const facts = await keeper.gather(input, road.world, road.settings);
    if (round === 0 && !parsed.dryRun) trip.figures.push(...(keeper.figures?.(facts) ?? []));
    if (keeper.report) trip.reports.push(keeper.report(facts, input));
    const came = await settleAll(keeper.decide(facts, road.settings), trip);
    all.push(...came.settled.map(({ settled }) => settled));
    if (!parsed.dryRun) rememberLater(facts, came, trip);
    const again = came.settled.filter(({ settled }) => raced(settled)).map(({ decision }) => decision);
    if (again.length === 0) break;
    await trip.closing.close();
    road.world.forget();
    input = keeper.again?.(input, again) ?? input;
  }
  return all;
}

interface Came {
  readonly settled: readonly { readonly decision: Decision; readonly settled: Settled }[];
  readonly failed: readonly Decision[];
}

function rememberLater<I, F>(facts: F, { settled, failed }: Came, { keeper, road, closing }: Trip<I, F>): void {
  const ended = { settled: settled.map(({ decision }) => decision), failed, published: closing.soFar() };
  closing.later(keeper.remember?.(facts, road.world, ended) ?? Promise.resolve());
}

/**
 * One after the other. Where there are several, what fails does not end those after it: else one family that nobody can
 * settle would keep every other one from being looked after. It is thrown when all are through.
 */
async function settleAll<I, F>(decisions: readonly Decision[], trip: Trip<I, F>): Promise<Came> {
  const settled: { readonly decision: Decision; readonly settled: Settled }[] = [];
  const failed: Decision[] = [];
  for (const [index, decision] of decisions.entries()) {
    if (isLate(trip)) break;
    try {
      settled.push({ decision, settled: await settleOne(decision, trip) });
      // What this decision made is known to be told before the next one looks for what was left untold.
      if (index < decisions.length - 1 && settled.at(-1)?.settled.outcome.steps.length) await trip.closing.close();
    } catch (error) {
      if (decisions.length === 1) throw error;
      failed.push(decision);
      trip.failed.push({ subject: decision.subject, error });
    }
  }
  return { settled, failed };
}

/** Begun so late, Lambda would end it in the middle. What is left is the next run's. */
function isLate<I, F>({ keeper, startedMs, road }: Trip<I, F>): boolean {
  const { lastsMs } = keeper;
  return lastsMs !== undefined && road.world.nowMs() - startedMs > lastsMs - FOR_THE_END_MS;
}

async function settleOne<I, F>(decision: Decision, trip: Trip<I, F>): Promise<Settled> {
  const { keeper, parsed, road, mode, trouble, closing } = trip;
  if ('failure' in decision) throw decision.failure;
  const { settle } = await trip.half;
  const { later, told } = closing;
  const context = { ...road, keeper: keeper.name, actions: keeper.actions, mode, dryRun: parsed.dryRun, told, later };
  const parameter = road.settings.modeParameter;
  return settle(trouble === undefined ? decision : withTrouble(decision, { trouble, parameter }), context);
}

/** A change that somebody else overtook is planned anew at once. */
function raced({ outcome }: Settled): boolean {
  return outcome.steps.some(
    (step) =>
      step.result === 'failed' && (step.why.startsWith('ChangedSince') || step.why.startsWith('RegisteredMeanwhile')),
  );
}
