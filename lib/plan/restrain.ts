import type { Action, ActionKind } from '../domain/action.ts';
import { type BudgetName, budgetOf, familyOf, shareOf, traitsOf, wishOf } from '../domain/action-traits.ts';
import type { Keyring, Plan, Step, WithheldStep } from '../domain/plan.ts';
import { holdsOf } from './holds.ts';
import { keyRefusal } from './keys.ts';

/** Everything the guards look at, gathered before: caution is a function from plan to plan. */
export interface Restraints {
  /** The kinds of change that are this keeper's to make. */
  readonly actions: readonly ActionKind[];
  readonly mode: 'observe' | 'repair';
  readonly dryRun: boolean;
  /** `relaxed` drops the key on security groups, on nothing else. */
  readonly guard: 'strict' | 'relaxed';
  readonly keyring: Keyring;
  /** Wishes that were reverted by hand and not released. */
  readonly held: ReadonlySet<string>;
  /** Changes of the last hour by budget and by `<budget> <family>`; how often a wish was fulfilled in it, and in a day. */
  readonly spent: ReadonlyMap<string, number>;
  readonly limits: Readonly<Record<BudgetName, number>>;
  readonly perWishPerHour: number;
  readonly perWishPerDay: number;
}

type Refusal = Pick<WithheldStep, 'heldBy' | 'why'>;
type GuardRow = (step: Step, restraints: Restraints) => Refusal | undefined;

/** The guards, strongest reason last to be blamed: an owner's missing key is worth more to a reader than the mode. */
const GUARDS: readonly GuardRow[] = [byKeeper, byKey, byHold, byBreaker, byBudget, byMode];

/** Splits a plan into what may be done and what is withheld, each with the guard and its reason. */
export function restrain(plan: Plan, restraints: Restraints): Plan {
  const steps: Step[] = [];
  const withheld: WithheldStep[] = [...plan.withheld];
  let taken = restraints;
  for (const step of plan.steps) {
    const refusal = dependencyRefusal(step, withheld) ?? firstRefusal(step, taken);
    if (refusal) withheld.push({ ...step, ...refusal });
    else {
      steps.push(step);
      taken = { ...taken, spent: withSpent(taken.spent, step) };
    }
  }
  return { steps, withheld };
}

function firstRefusal(step: Step, restraints: Restraints): Refusal | undefined {
  for (const guard of GUARDS) {
    const refusal = guard(step, restraints);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A step that needs all before it, or what a withheld step would have made, is withheld for the same reason. */
function dependencyRefusal(step: Step, withheld: readonly WithheldStep[]): Refusal | undefined {
  const family = familyOf(step.action);
  const before = withheld.filter((other) => familyOf(other.action) === family);
  const blocker = traitsOf(step.action).needsAllBefore
    ? before[0]
    : before.find((other) => feeds(other.action, step.action));
  if (!blocker) return undefined;
  return { heldBy: blocker.heldBy, why: `It needs a step that is withheld. ${blocker.why}` };
}

function feeds(maker: Action, user: Action): boolean {
  return maker.kind === 'create-access-point' && JSON.stringify(user).includes(`\${access-point:${maker.volume}:`);
}

function byKeeper(step: Step, { actions }: Restraints): Refusal | undefined {
  if (actions.includes(step.action.kind)) return undefined;
  return { heldBy: 'unknown', why: `A change of the kind ${step.action.kind} is not this function's to make.` };
}

function byKey(step: Step, { keyring, guard }: Restraints): Refusal | undefined {
  return keyRefusal(step.action, { keyring, guard });
}

function byHold(step: Step, { held }: Restraints): Refusal | undefined {
  if (!holdsOf(step.action).some((name) => held.has(name))) return undefined;
  const why = 'This change was reverted by hand, so it is not made again until somebody releases it or a key changes.';
  return { heldBy: 'held', why };
}

function byBreaker(step: Step, { spent, perWishPerHour, perWishPerDay }: Restraints): Refusal | undefined {
  if (traitsOf(step.action).budget === 'none') return undefined;
  const wish = wishOf(step.action);
  const lastHour = spent.get(`hour ${wish}`) ?? 0;
  const lastDay = spent.get(`day ${wish}`) ?? 0;
  if (lastHour < perWishPerHour && lastDay < perWishPerDay) return undefined;
  const why = `The same change was made ${Math.max(lastHour, lastDay)} times lately and undone again each time. Mountkeeper does not fight whoever undoes it.`;
  return { heldBy: 'breaker', why };
}

function byBudget(step: Step, { spent, limits }: Restraints): Refusal | undefined {
  const budget = budgetOf(step);
  if (budget === 'none') return undefined;
  const whole = `The installation's budget of ${limits[budget]} changes an hour (${budget})`;
  if ((spent.get(budget) ?? 0) >= limits[budget])
    return { heldBy: 'budget', why: `${whole} is used up. The sweep plans it again.` };
  const family = familyOf(step.action);
  if (family === undefined || (spent.get(`${budget} ${family}`) ?? 0) < shareOf(limits[budget])) return undefined;
  return {
    heldBy: 'budget',
    why: `${whole} is for all families, and ${family} has used its half. The sweep plans it again.`,
  };
}

function byMode(_step: Step, { mode, dryRun }: Restraints): Refusal | undefined {
  if (dryRun) return { heldBy: 'dry-run', why: 'This is a dry run: nothing is changed.' };
  if (mode === 'observe') return { heldBy: 'observe', why: 'The mode is observe: nothing is changed.' };
  return undefined;
}

function withSpent(spent: ReadonlyMap<string, number>, step: Step): ReadonlyMap<string, number> {
  const budget = budgetOf(step);
  if (budget === 'none') return spent;
  const counts = [budget, `${budget} ${familyOf(step.action)}`];
  return new Map([...spent, ...counts.map((name) => [name, (spent.get(name) ?? 0) + 1] as const)]);
}
