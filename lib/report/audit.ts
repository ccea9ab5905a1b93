import { resourceOf } from '../domain/action-traits.ts';
import type { StepOutcome, WithheldStep } from '../domain/plan.ts';
import type { Arrived } from '../road.ts';
import { oneLine } from './alert/safe-text.ts';
import { verdictOf } from './alert/verdict.ts';

const DECISIONS_AT_MOST = 50;
const ROWS_AT_MOST = 20;

type Json = Readonly<Record<string, unknown>>;

/**
 * The one log line of a run. Fields are allowed one by one: no evidence, no document, no task definition, nothing of an
 * event or of a request, since logs are read by more people than the resources.
 */
export function auditOf(arrived: Arrived): Json {
  const { kind, keeper } = arrived;
  switch (arrived.kind) {
    case 'ignored':
    case 'busy':
      return { kind, keeper, why: oneLine(arrived.why, 300) };
    case 'bad-request':
      return { kind, keeper, fields: arrived.problems.slice(0, ROWS_AT_MOST).map(({ field }) => oneLine(field, 60)) };
    case 'walked':
      return {
        ...{ kind, keeper, mode: arrived.mode, dryRun: arrived.dryRun, decisions: arrived.settled.length },
        about: arrived.settled.slice(0, DECISIONS_AT_MOST).map((settled) => decisionRow(keeper, settled)),
      };
  }
}

type Walked = Extract<Arrived, { readonly kind: 'walked' }>;

function decisionRow(keeper: string, { outcome, incident, told }: Walked['settled'][number]): Json {
  const { subject, findings } = outcome.decision;
  const { word, severity, withheld } = verdictOf(keeper, outcome);
  return {
    thing: oneLine(subject.thing),
    ...(subject.family === undefined ? {} : { family: oneLine(subject.family) }),
    ...(subject.fileSystemId === undefined ? {} : { fileSystem: oneLine(subject.fileSystemId) }),
    ...{ incident, told, outcome: word, severity },
    findings: findings.slice(0, ROWS_AT_MOST).map(({ code, subject: on }) => ({ code, on: oneLine(on) })),
    steps: outcome.steps.slice(0, ROWS_AT_MOST).map(stepRow),
    withheld: withheld.slice(0, ROWS_AT_MOST).map(withheldRow),
  };
}

function stepRow(outcome: StepOutcome): Json {
  const { action } = outcome.step;
  return {
    ...{ action: action.kind, on: oneLine(resourceOf(action)), result: outcome.result },
    ...('changeId' in outcome ? { change: outcome.changeId } : {}),
    ...('made' in outcome ? { made: idsOf(outcome.made) } : {}),
    ...('why' in outcome ? { why: oneLine(outcome.why, 300) } : {}),
  };
}

/** Ids and ARNs that AWS gave. */
function idsOf(made: Readonly<Record<string, string>>): Json {
  const entries = Object.entries(made).slice(0, ROWS_AT_MOST);
  return Object.fromEntries(entries.map(([name, id]) => [oneLine(name, 100), oneLine(id)]));
}

function withheldRow({ action, heldBy }: WithheldStep): Json {
  return { action: action.kind, on: oneLine(resourceOf(action)), heldBy };
}
