import { canonical } from '../diagnosis/canonical.ts';
import { resourceOf, traitsOf, wishOf } from '../domain/action-traits.ts';
import type { Finding } from '../domain/finding.ts';
import type { Decision, Plan, Step } from '../domain/plan.ts';

/** One plan of several: each change once, and one document a policy, the first that asks for it. */
export function mergePlans(...plans: readonly Plan[]): Plan {
  const all = distinct(plans.flatMap((plan) => plan.steps));
  // What people would depend on comes last, whichever plan it is of.
  const steps = all.toSorted((one, other) => lateness(one) - lateness(other));
  const done = new Set(steps.map(changeOf));
  const withheld = distinct(plans.flatMap((plan) => plan.withheld)).filter((step) => !done.has(changeOf(step)));
  return { steps, withheld };
}

/** In order, each where it comes first. */
function distinct<S extends Step>(steps: readonly S[]): readonly S[] {
  return [...Map.groupBy(steps, changeOf).values()].flatMap(([first]) => (first ? [first] : []));
}

function lateness({ action }: Step): number {
  return traitsOf(action).needsAllBefore ? 1 : 0;
}

function changeOf({ action }: Step): string {
  return action.kind === 'put-role-policy'
    ? `${action.kind} ${resourceOf(action)} ${action.policyName}`
    : wishOf(action);
}

export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [canonical(one), one])).values()];
}

/** Two decisions about one thing, told as one. The first says what the thing is called. */
export function mergeDecisions(one: Decision, other: Decision): Decision {
  return {
    ...one,
    findings: distinctFindings([...one.findings, ...other.findings]),
    plan: mergePlans(one.plan, other.plan),
    keyring: { ...other.keyring, ...one.keyring },
  };
}
