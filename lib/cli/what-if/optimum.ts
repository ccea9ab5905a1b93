import { BURSTING, ELASTIC, type Problem, problemOf } from './optimum-input.ts';
import { advance, EPOCH_MINUTES, type Grid, type Label, LOCK_EPOCHS } from './optimum-labels.ts';
import { costOf, isAllowed, polish, type Schedule, type Step } from './optimum-polish.ts';
import type { Controller, LoadSeries, ModeChange, Switch, Terms } from './terms.ts';

const QUANTILES = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];
const MOST_AMOUNTS = 16;

/**
 * The cheapest schedule that knows the whole future: dynamic programming over hours and settings, with fronts of cost and
 * credit instead of rounded credits, then a local search over minutes and amounts. What others did, where it is known, is
 * searched around as well. A tight reference, not a proof.
 */
export function optimum(series: LoadSeries, terms: Terms, others: readonly (readonly Switch[])[] = []): Controller {
  const problem = problemOf(series, terms);
  const own = bestSchedule(problem);
  const limit = CLOSE * costOf(own, problem);
  const near = others
    .map((switches): Schedule => switches.map(stepOf))
    .filter((schedule) => isAllowed(schedule) && costOf(schedule, problem) < limit);
  const all = [own, ...near.map((schedule) => polish(schedule, problem))];
  return scheduled(all.toSorted((one, other) => costOf(one, problem) - costOf(other, problem))[0] ?? own, 'optimum');
}

/** What costs more than this much of the search's own result is not searched around. */
const CLOSE = 1.15;

function stepOf({ minute, mode, mibps }: Switch): Step {
  return { minute, setting: mode === 'provisioned' ? (mibps ?? 0) : mode === 'elastic' ? ELASTIC : BURSTING };
}

export function bestSchedule(problem: Problem, width = 4): readonly Step[] {
  const grid = { ...gridOf(problem), width };
  let labels: Label[] = [
    {
      setting: BURSTING,
      age: LOCK_EPOCHS,
      epoch: 0,
      parent: null,
      creditMib: problem.creditMib,
      backlogMib: 0,
      cost: 0,
    },
  ];
  const epochs = Math.ceil(problem.minutes / EPOCH_MINUTES);
  for (let epoch = 0; epoch < epochs; epoch++) labels = advance(labels, epoch, { problem, grid });
  const best = labels.reduce((least, label) => (label.cost < least.cost ? label : least));
  return polish(stepsOf(best), problem);
}

function stepsOf(label: Label): Step[] {
  const steps: Step[] = [];
  for (let at: Label | null = label; at !== null && at.parent !== null; at = at.parent)
    steps.unshift({ minute: at.epoch * EPOCH_MINUTES, setting: at.setting });
  return steps;
}

/** Bursting, Elastic, parking, and amounts at the quantiles of minutes, hours and days. */
function gridOf(problem: Problem): Omit<Grid, 'width'> {
  const baseline = problem.earned.reduce((least, mibps) => Math.min(least, mibps), Number.POSITIVE_INFINITY);
  const levels = [1, 60, 1440].flatMap((span) => quantilesOf(averaged(problem.demand, span)));
  const amounts: number[] = [];
  for (const level of levels.sort((a, b) => a - b)) {
    const mibps = Math.max(1, Math.ceil(level));
    if (mibps > baseline && mibps >= (amounts.at(-1) ?? 0) * 1.08 + 0.5) amounts.push(mibps);
  }
  const parked = baseline >= 1 ? [Math.floor(baseline)] : [];
  return { settings: [BURSTING, ELASTIC, ...parked, ...thinned(amounts)] };
}

function thinned(amounts: readonly number[]): readonly number[] {
  if (amounts.length <= MOST_AMOUNTS) return amounts;
  const step = (amounts.length - 1) / (MOST_AMOUNTS - 1);
  return Array.from({ length: MOST_AMOUNTS }, (_, index) => amounts[Math.round(index * step)] ?? 1);
}

function averaged(demand: Float64Array, span: number): Float64Array {
  const means = new Float64Array(Math.ceil(demand.length / span));
  for (let index = 0; index < demand.length; index++)
    means[Math.floor(index / span)] = (means[Math.floor(index / span)] ?? 0) + (demand[index] ?? 0) / span;
  return means;
}

function quantilesOf(levels: Float64Array): number[] {
  const sorted = levels.toSorted();
  return QUANTILES.map((part) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
}

/** Follows a schedule to the minute. */
export function scheduled(schedule: readonly Step[], name: string): Controller {
  const due = [...schedule];
  let startMs: number | null = null;
  return {
    name,
    metrics: 0,
    look: ({ nowMs }) => {
      startMs ??= nowMs;
      const minute = Math.round((nowMs - startMs) / 60_000);
      const step = due[0] !== undefined && due[0].minute <= minute ? due.shift() : undefined;
      return {
        action: step === undefined ? null : changeTo(step.setting),
        nextPollMinutes: (due[0]?.minute ?? minute + 1e6) - minute,
      };
    },
  };
}

function changeTo(setting: number): ModeChange {
  if (setting === BURSTING) return { mode: 'bursting' };
  return setting === ELASTIC ? { mode: 'elastic' } : { mode: 'provisioned', mibps: setting };
}
