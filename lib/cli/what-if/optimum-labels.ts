import { type Live, liveThrough, type Problem } from './optimum-input.ts';

export const EPOCH_MINUTES = 60;
export const LOCK_EPOCHS = 24;

/** One way to have come here: what it cost, what it left, and how long ago the last locking change was. */
export interface Label extends Live {
  readonly setting: number;
  /** Epochs since the last locking change, at most 24. */
  readonly age: number;
  readonly epoch: number;
  readonly parent: Label | null;
}

export interface Grid {
  readonly settings: readonly number[];
  /** Lowest included baseline of the whole series: amounts at or below it are parking. */
  readonly baseline: number;
  readonly width: number;
}

/** Whether the union of both wordings of the 24-hour rule lets this label go to a setting. */
function mayGo(label: Label, to: number): boolean {
  if (label.age >= LOCK_EPOCHS) return true;
  return label.setting > 0 && to > label.setting;
}

/** All labels at the start of the next epoch, pruned. */
export function advance(labels: readonly Label[], epoch: number, at: { problem: Problem; grid: Grid }): Label[] {
  const next: Label[] = [];
  for (const to of at.grid.settings) {
    const sources: Label[] = [];
    for (const label of labels) {
      if (label.setting === to) sources.push(label);
      else if (mayGo(label, to)) sources.push({ ...label, setting: to, age: 0, epoch, parent: label });
    }
    next.push(...prune(sources, at.grid.width));
  }
  for (const label of next) live(label, epoch, at.problem);
  return next;
}

const aged = (label: Label): Label => Object.assign(label, { age: Math.min(LOCK_EPOCHS, label.age + 1) });

function live(label: Label, epoch: number, problem: Problem): void {
  const from = epoch * EPOCH_MINUTES;
  const to = Math.min(problem.minutes, from + EPOCH_MINUTES);
  liveThrough(label, label.setting, { from, to, problem });
  aged(label);
}

/** Keeps what nothing else beats in cost, credit, backlog and age; at most `width` of each age, spread over the front. */
function prune(labels: readonly Label[], width: number): Label[] {
  const sorted = [...labels].sort((a, b) => a.cost - b.cost || b.age - a.age);
  const fronts: Label[][] = Array.from({ length: LOCK_EPOCHS + 1 }, () => []);
  const kept: Label[] = [];
  for (const label of sorted) {
    if (kept.some((other) => beats(other, label))) continue;
    kept.push(label);
    fronts[label.age]?.push(label);
  }
  return fronts.flatMap((front) => spread(front, width).map(copy));
}

function spread<T>(front: readonly T[], width: number): readonly T[] {
  if (front.length <= width) return front;
  const step = (front.length - 1) / (width - 1);
  return Array.from({ length: width }, (_, index) => front[Math.round(index * step)] as T);
}

function beats(a: Label, b: Label): boolean {
  return (
    a.age >= b.age && a.creditMib - a.backlogMib >= b.creditMib - b.backlogMib - 1 && a.backlogMib <= b.backlogMib + 1
  );
}

function copy(label: Label): Label {
  const { setting, age, epoch, parent, creditMib, backlogMib, cost } = label;
  return { setting, age, epoch, parent, creditMib, backlogMib, cost };
}
