import type { Finding } from '../domain/finding.ts';
import type { Step, StepOutcome, WithheldStep } from '../domain/plan.ts';
import { withoutSecrets } from '../domain/without-secrets.ts';
import type { Problem } from '../keeper.ts';
import type { Arrived } from '../road.ts';

/** What a function answers to who invoked it by hand: plain JSON that reads well in a terminal. */
export type Answer =
  | { readonly keeper: string; readonly result: 'ignored' | 'busy'; readonly why: string }
  | {
      readonly keeper: string;
      readonly result: 'bad-request';
      readonly message: string;
      readonly problems: readonly Problem[];
      readonly example: unknown;
    }
  | {
      readonly keeper: string;
      readonly result: 'done';
      readonly mode: string;
      readonly dryRun: boolean;
      readonly about: readonly AnsweredDecision[];
      readonly report?: unknown;
    };

export interface AnsweredDecision {
  readonly thing: string;
  readonly family?: string;
  readonly fileSystem?: string;
  readonly incident: string;
  readonly told: boolean;
  readonly findings: readonly Finding[];
  readonly steps: readonly StepOutcome[];
  readonly withheld: readonly WithheldStep[];
}

export function answerOf(arrived: Arrived): Answer {
  const { keeper } = arrived;
  switch (arrived.kind) {
    case 'ignored':
    case 'busy':
      return { keeper, result: arrived.kind, why: arrived.why };
    case 'bad-request':
      return {
        keeper,
        result: 'bad-request',
        message: badRequest(arrived.problems),
        problems: arrived.problems,
        example: arrived.example,
      };
    case 'walked':
      return {
        keeper,
        result: 'done',
        mode: arrived.mode,
        dryRun: arrived.dryRun,
        ...(arrived.report === undefined ? {} : { report: arrived.report }),
        about: arrived.settled.map(({ outcome, incident, told }) => ({
          thing: outcome.decision.subject.thing,
          ...(outcome.decision.subject.family === undefined ? {} : { family: outcome.decision.subject.family }),
          ...(outcome.decision.subject.fileSystemId === undefined
            ? {}
            : { fileSystem: outcome.decision.subject.fileSystemId }),
          incident,
          told,
          findings: outcome.decision.findings,
          steps: outcome.steps.map(shownOutcome),
          withheld: outcome.withheld.map(shownStep),
        })),
      };
  }
}

function shownOutcome(outcome: StepOutcome): StepOutcome {
  return { ...outcome, step: shownStep(outcome.step) };
}

function shownStep<S extends Step>(step: S): S {
  return { ...step, action: withoutSecrets(step.action) };
}

function badRequest(problems: readonly Problem[]): string {
  const lines = problems.map(({ field, got, expected }) => `${field}: got ${got}, expected ${expected}`);
  return `The request was not understood and nothing was done. ${lines.join('; ')}.`;
}
