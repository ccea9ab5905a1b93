import { type Live, liveThrough, type Problem } from './optimum-input.ts';

const LOCK_MINUTES = 1440;
const APPLY_MINUTES = 1;

/** From this minute's request on, this setting; in force a minute later. */
export interface Step {
  readonly minute: number;
  readonly setting: number;
}

export type Schedule = readonly Step[];

const SHIFTS = [-480, -240, -60, -30, -15, -5, -1, 1, 5, 15, 30, 60, 240, 480];
const LATER = [15, 60, 150, 300, 600];
const SMALLER = [0.9, 0.94, 0.97];
const FACTORS = [0.7, 0.85, 0.93, 0.97, 0.99, 1.01, 1.03, 1.07, 1.15, 1.4];

/** Local search around a schedule: moves each change in time and amount, or drops it, as long as that pays. */
export function polish(schedule: Schedule, problem: Problem): Schedule {
  let best = schedule;
  let cost = costOf(best, problem);
  for (let round = 0; round < 6; round++) {
    const before = cost;
    for (let index = 0; index < best.length; index++) {
      const stage = stagesOf(best, problem)[index] as Stage;
      for (const tried of neighbours(best, index)) {
        if (!isAllowed(tried)) continue;
        const live = { ...stage.live };
        runFrom(tried, { index, live }, problem);
        if (live.cost >= cost - (isLater(tried, best, index) ? -1e-9 : 1e-9)) continue;
        best = tried;
        cost = live.cost;
      }
    }
    if (before - cost < 0.01) break;
  }
  return best;
}

/** A later change at the same cost leaves more room for other moves. */
function isLater(tried: Schedule, best: Schedule, index: number): boolean {
  return tried.length === best.length && (tried[index]?.minute ?? 0) > (best[index]?.minute ?? 0);
}

function neighbours(schedule: Schedule, index: number): Schedule[] {
  const step = schedule[index];
  if (step === undefined) return [];
  const replaced = (other: Partial<Step>): Schedule =>
    schedule.map((old, position) => (position === index ? { ...old, ...other } : old));
  const shifted = SHIFTS.map((by) => replaced({ minute: step.minute + by }));
  const onwards = SHIFTS.map((by) =>
    schedule.map((old, position) => (position >= index ? { ...old, minute: old.minute + by } : old)),
  );
  const resized = step.setting > 0 ? amounts(step.setting).map((setting) => replaced({ setting })) : [];
  const both =
    step.setting > 0
      ? LATER.flatMap((by) =>
          SMALLER.map((factor) => replaced({ minute: step.minute + by, setting: Math.round(step.setting * factor) })),
        )
      : [];
  const without = [1, 2].map((count) =>
    schedule.filter((_, position) => position < index || position >= index + count),
  );
  return [...shifted, ...onwards, ...resized, ...both, ...without];
}

function amounts(setting: number): number[] {
  const near = [Math.floor(setting), Math.ceil(setting), ...FACTORS.map((factor) => Math.round(setting * factor))];
  return [...new Set(near)].filter((mibps) => mibps >= 1 && mibps !== setting);
}

/** The union of both wordings of the 24-hour rule, and one change at a time. */
export function isAllowed(schedule: Schedule): boolean {
  let setting = 0;
  let changedAt = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const step of schedule) {
    if (step.minute < 0 || step.minute <= last + APPLY_MINUTES) return false;
    const increase = setting > 0 && step.setting > setting;
    if (!increase && step.minute < changedAt + LOCK_MINUTES) return false;
    changedAt = step.minute;
    last = step.minute;
    setting = step.setting;
  }
  return true;
}

export function costOf(schedule: Schedule, problem: Problem): number {
  const live: Live = { creditMib: problem.creditMib, backlogMib: 0, cost: 0 };
  runFrom(schedule, { index: 0, live }, problem);
  return live.cost;
}

/** The state in which each step's setting is still to come into force. */
export interface Stage {
  readonly index: number;
  readonly live: Live;
}

function stagesOf(schedule: Schedule, problem: Problem): Stage[] {
  const live: Live = { creditMib: problem.creditMib, backlogMib: 0, cost: 0 };
  const stages: Stage[] = [];
  for (let index = 0; index < schedule.length; index++) {
    stages.push({ index, live: { ...live } });
    runStep(schedule, { index, live }, problem);
  }
  return stages;
}

/** From the moment that the step before `index` came into force to the end. */
function runFrom(schedule: Schedule, stage: Stage, problem: Problem): void {
  for (let index = stage.index; index <= schedule.length; index++)
    runStep(schedule, { index, live: stage.live }, problem);
}

function runStep(schedule: Schedule, stage: Stage, problem: Problem): void {
  const before = schedule[stage.index - 1];
  const next = schedule[stage.index];
  const from = before === undefined ? 0 : Math.min(problem.minutes, before.minute + APPLY_MINUTES);
  const to = next === undefined ? problem.minutes : Math.min(problem.minutes, next.minute + APPLY_MINUTES);
  liveThrough(stage.live, before?.setting ?? 0, { from, to, problem });
}
