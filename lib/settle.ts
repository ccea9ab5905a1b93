import { apply } from './apply/apply.ts';
import { fillKnown } from './apply/bindings.ts';
import { reconcile } from './apply/reconcile.ts';
import { budgetOf, familyOf, wishOf } from './domain/action-traits.ts';
import { fingerprint } from './domain/fingerprint.ts';
import type { Decision, Outcome, Plan, Step, StepOutcome } from './domain/plan.ts';
import type { Occurrence } from './ledger/ledger.ts';
import { narrowedByTag } from './mode.ts';
import { holdsIn } from './plan/holds.ts';
import { restrain } from './plan/restrain.ts';
import type { RunContext } from './run-context.ts';
import type { Settings } from './settings.ts';
import { stopRefusal } from './stop-button.ts';
import { isWorthTelling, occurrenceOf, tell } from './tell.ts';
import type { World } from './world.ts';

export interface Settled {
  readonly outcome: Outcome;
  readonly incident: string;
  readonly told: boolean;
  /** What the ledger was told of it, where it was worth telling. */
  readonly occurrence?: Occurrence;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The second half of the road for one decision: restrain, apply, tell. */
export async function settle(decision: Decision, context: RunContext): Promise<Settled> {
  const incident = incidentOf(decision);
  const [plan, caughtUp] = await Promise.all([
    restrained(decision, context),
    caughtUpWith(decision, context),
    context.dryRun || decision.quiet ? undefined : context.world.ledger.ahead({ incident }),
  ]);
  if (context.dryRun) return { outcome: { decision, steps: [], withheld: plan.withheld }, incident, told: false };
  const run = {
    world: context.world,
    keeper: context.keeper,
    incident,
    runId: context.runId,
    limits: limitsOf(context.settings),
    guard: guardOf(context.settings),
    stopped: () => stopRefusal(context.world, context.settings),
  };
  const applied = await apply(plan, run);
  const steps = [...caughtUp, ...applied.steps];
  const withheld = [
    ...plan.withheld,
    ...steps
      .filter((step) => step.result === 'withheld')
      .map((step) => ({ ...step.step, heldBy: step.heldBy, why: step.why })),
  ];
  const outcome: Outcome = {
    decision: withMade(decision, steps),
    steps: steps.filter((step) => step.result !== 'withheld'),
    withheld,
  };
  if (!isWorthTelling(outcome)) {
    await applied.recording;
    return { outcome, incident, told: false };
  }
  const occurrence = occurrenceOf(outcome, { ...context, incident });
  const [told] = await Promise.all([tell(outcome, { ...context, occurrence }), applied.recording]);
  return { outcome, incident, occurrence, told };
}

/** Findings that speak of what did not exist when they were made (an offered policy) name what the steps made. */
function withMade(decision: Decision, steps: readonly StepOutcome[]): Decision {
  const made = Object.assign({}, ...steps.map((step) => ('made' in step ? step.made : {})));
  return { ...decision, findings: fillKnown(decision.findings, made) };
}

async function caughtUpWith(
  { subject }: Decision,
  { dryRun, world, runId }: RunContext,
): Promise<readonly StepOutcome[]> {
  return dryRun || subject.family === undefined ? [] : reconcile(subject.family, { world, runId });
}

async function restrained(decision: Decision, context: RunContext): Promise<Plan> {
  const { settings, world } = context;
  const holds = holdsIn(decision.plan);
  const counted = decision.plan.steps.filter((step) => budgetOf(step) !== 'none');
  const nowMs = world.nowMs();
  const [held, spent] = await Promise.all([
    holds.length > 0 ? world.ledger.held(holds) : new Set<string>(),
    spentNow(counted, { world, nowMs }),
  ]);
  return restrain(decision.plan, {
    actions: context.actions,
    mode: narrowedByTag(context.mode, decision.modeTag) === 'repair' ? 'repair' : 'observe',
    dryRun: context.dryRun,
    guard: guardOf(settings),
    keyring: decision.keyring,
    held,
    spent,
    limits: { ...limitsOf(settings), none: Number.POSITIVE_INFINITY },
    perWishPerHour: Number(settings.repairsPerThingPerHour),
    perWishPerDay: Number(settings.repairsPerThingPerDay),
  });
}

async function spentNow(
  steps: readonly Step[],
  { world, nowMs }: { readonly world: World; readonly nowMs: number },
): Promise<ReadonlyMap<string, number>> {
  const { ledger } = world;
  const wishes = new Set(steps.map(({ action }) => wishOf(action)));
  const spenders = new Map(
    steps.map((step) => {
      const spender = { key: budgetOf(step), by: familyOf(step.action) ?? '' };
      return [`${spender.key} ${spender.by}`, spender];
    }),
  );
  const budgets = [...spenders].map(async ([name, spender]) => {
    const { all, own } = await ledger.used({ ...spender, windowMs: HOUR_MS }, nowMs);
    return [[spender.key, all] as const, [name, own] as const];
  });
  const counts = [...wishes].map(async (wish) => {
    const [hour = 0, day = 0] = await ledger.spent(`wish ${wish}`, [HOUR_MS, DAY_MS], nowMs);
    return [[`hour ${wish}`, hour] as const, [`day ${wish}`, day] as const];
  });
  return new Map((await Promise.all([...budgets, ...counts])).flat());
}

/** One incident a thing and file system, whichever keeper sees it: the same trouble is told once. */
export function incidentOf({ subject }: Pick<Decision, 'subject'>): string {
  return `inc-${fingerprint(`${subject.thing} ${subject.fileSystemId ?? ''}`)}`;
}

function limitsOf(settings: Settings) {
  return { repairs: Number(settings.repairsPerHour), provisioning: Number(settings.provisionsPerHour) };
}

function guardOf(settings: Settings): 'strict' | 'relaxed' {
  return settings.guard === 'relaxed' ? 'relaxed' : 'strict';
}
