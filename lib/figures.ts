import { unitOf } from './domain/figure.ts';
import type { Figure } from './keeper.ts';
import type { Incidents } from './ledger/tallied.ts';
import type { Arrived } from './road.ts';

export interface Run {
  readonly arrived: Arrived;
  readonly event: unknown;
  readonly incidents: Incidents;
  readonly nowMs: number;
}

type Walked = Extract<Arrived, { readonly kind: 'walked' }>;

/**
 * What is counted of one run; ages only of events that carry a time. Nothing is counted as 0: CloudWatch asks for money
 * for every metric in every hour in which it is sent.
 */
export function figuresOf(run: Run): readonly Figure[] {
  const { arrived } = run;
  if (arrived.kind !== 'walked') return [{ name: 'Ignored', value: 1 }];
  return [{ name: 'Walked', value: 1 } as const, ...countsOf(arrived, run), ...arrived.figures].filter(
    ({ name, value }) => value > 0 || unitOf(name) === 'Milliseconds',
  );
}

function countsOf(arrived: Walked, { event, incidents, nowMs }: Run): readonly Figure[] {
  const changed = resultsOf(arrived, 'done');
  const ageMs = nowMs - timeOf(event);
  return [
    { name: 'Remediated', value: changed },
    { name: 'StepsFailed', value: resultsOf(arrived, 'failed') },
    ...heldBack(arrived),
    { name: 'IncidentsOpened', value: incidents.opened },
    { name: 'IncidentsResolved', value: incidents.resolved },
    ...alerts(arrived),
    ...(Number.isNaN(ageMs) ? [] : ages(Math.max(0, ageMs), changed > 0)),
  ];
}

function resultsOf({ settled }: Walked, wanted: 'done' | 'failed'): number {
  return settled.flatMap(({ outcome }) => outcome.steps).filter(({ result }) => result === wanted).length;
}

function heldBack({ settled }: Walked): readonly Figure[] {
  const withheld = settled.flatMap(({ outcome }) => outcome.withheld);
  const by = Map.groupBy(withheld, ({ heldBy }) => heldBy);
  return [
    { name: 'Refused', value: withheld.length },
    { name: 'BreakerOpen', value: by.get('breaker')?.length ?? 0 },
    { name: 'BudgetUsedUp', value: by.get('budget')?.length ?? 0 },
    ...[...by].map(([guard, held]) => ({ name: `Withheld-${guard}`, value: held.length }) as const),
  ];
}

function alerts({ settled }: Walked): readonly Figure[] {
  return [
    { name: 'AlertsSent', value: settled.filter(({ told }) => told).length },
    { name: 'AlertsSuppressed', value: settled.filter(({ told, occurrence }) => !told && occurrence).length },
  ];
}

function ages(ms: number, isRepair: boolean): readonly Figure[] {
  return [{ name: 'EventAge', value: ms }, ...(isRepair ? [{ name: 'EventToRepair', value: ms } as const] : [])];
}

function timeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'time' in event ? Date.parse(String(event.time)) : Number.NaN;
}
