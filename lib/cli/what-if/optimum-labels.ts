import { type Live, liveThrough, type Problem } from './optimum-input.ts';

export const EPOCH_MINUTES = 60;
export const LOCK_EPOCHS = 24;

/** One way to have come here: what it cost, what it left, and how long ago the last locking change was. */
export interface Label extends Live {
  readonly setting: number;
  /** Epochs since the last locking change, at most 24. */
  age: number;
  readonly epoch: number;
  readonly parent: Label | null;
}

export interface Grid {
  /** Bursting, Elastic, then amounts rising. */
  readonly settings: readonly number[];
  /** Labels kept of each setting and age. */
  readonly width: number;
}

/**
 * All labels after another epoch, pruned. By the union of both wordings of the 24-hour rule a label may go anywhere when its lock
 * is open, and from an amount to a higher one always.
 */
export function advance(labels: readonly Label[], epoch: number, at: { problem: Problem; grid: Grid }): Label[] {
  const { settings, width } = at.grid;
  const bySetting = new Map<number, Label[]>(settings.map((setting) => [setting, []]));
  for (const label of labels) bySetting.get(label.setting)?.push(label);
  const free = front(labels.filter((label) => label.age >= LOCK_EPOCHS));
  let lower: readonly Label[] = [];
  const next: Label[] = [];
  for (const to of settings) {
    const own = bySetting.get(to) ?? [];
    const from = front([...free, ...lower]).filter((label) => label.setting !== to);
    const entering = from.map((label): Label => ({ ...label, setting: to, age: 0, epoch, parent: label }));
    next.push(...pruned([...own.map((label) => ({ ...label })), ...entering], width));
    if (to > 0) lower = front([...lower, ...own]);
  }
  for (const label of next) live(label, epoch, at.problem);
  return next;
}

function live(label: Label, epoch: number, problem: Problem): void {
  const from = epoch * EPOCH_MINUTES;
  const to = Math.min(problem.minutes, from + EPOCH_MINUTES);
  liveThrough(label, label.setting, { from, to, problem });
  label.age = Math.min(LOCK_EPOCHS, label.age + 1);
}

const FRONT_WIDTH = 12;

/** What nothing else beats in cost, credit and backlog, whatever its age. */
function front(labels: readonly Label[]): readonly Label[] {
  const kept: Label[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (const label of [...labels].sort((a, b) => a.cost - b.cost)) {
    if (balance(label) <= most + 1) continue;
    most = balance(label);
    kept.push(label);
  }
  return spread(kept, FRONT_WIDTH);
}

/** Keeps what nothing else beats in cost, credit, backlog and age; at most `width` of each age, spread over the front. */
function pruned(labels: readonly Label[], width: number): Label[] {
  const sorted = [...labels].sort((a, b) => a.cost - b.cost || b.age - a.age);
  const fronts: Label[][] = Array.from({ length: LOCK_EPOCHS + 1 }, () => []);
  const mostAt = new Float64Array(LOCK_EPOCHS + 1).fill(Number.NEGATIVE_INFINITY);
  for (const label of sorted) {
    let most = Number.NEGATIVE_INFINITY;
    for (let age = label.age; age <= LOCK_EPOCHS; age++) most = Math.max(most, mostAt[age] as number);
    if (balance(label) <= most + 1) continue;
    mostAt[label.age] = balance(label);
    fronts[label.age]?.push(label);
  }
  return fronts.flatMap((one) => spread(one, width));
}

function balance(label: Label): number {
  return label.creditMib - label.backlogMib;
}

function spread<T>(line: readonly T[], width: number): readonly T[] {
  if (line.length <= width) return line;
  const step = (line.length - 1) / (width - 1);
  return Array.from({ length: width }, (_, index) => line[Math.round(index * step)] as T);
}
