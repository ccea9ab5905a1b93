import type { Guard } from './plan.ts';

/** Every metric of the namespace Mountkeeper: the functions count nothing else, and the dashboard draws nothing else. */
export const FIGURES = {
  Walked: 'Count',
  Ignored: 'Count',
  Failed: 'Count',
  Remediated: 'Count',
  StepsFailed: 'Count',
  Refused: 'Count',
  BreakerOpen: 'Count',
  BudgetUsedUp: 'Count',
  IncidentsOpened: 'Count',
  IncidentsResolved: 'Count',
  AlertsSent: 'Count',
  AlertsSuppressed: 'Count',
  /** From the event to the end of the run. */
  EventAge: 'Milliseconds',
  /** The same, of runs that changed something. */
  EventToRepair: 'Milliseconds',
  /** From created to started, tasks of families that opted in: of revisions before their volume was wired, and since. */
  TaskStartBefore: 'Milliseconds',
  TaskStartWired: 'Milliseconds',
} as const satisfies Readonly<Record<string, 'Count' | 'Milliseconds'>>;

type Counted = keyof typeof FIGURES;

/** Steps that each guard held back have a metric of their own. */
export type FigureName = Counted | `Withheld-${Guard}`;

export function unitOf(name: FigureName): 'Count' | 'Milliseconds' {
  return name in FIGURES ? FIGURES[name as Counted] : 'Count';
}
