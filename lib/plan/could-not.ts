import { type Decision, EMPTY_PLAN } from '../domain/plan.ts';

/** Stands for what could not be decided of a family: settling it fails, after the other families are settled. */
export function couldNot({ family, error }: { readonly family: string; readonly error: unknown }): Decision {
  return {
    subject: { family, thing: `family:${family}` },
    findings: [],
    plan: EMPTY_PLAN,
    keyring: {},
    failure: error,
  };
}

/** Decides for one family; an error in it is that family's alone. */
export function orCouldNot(family: string, decide: () => readonly Decision[]): readonly Decision[] {
  try {
    return decide();
  } catch (error) {
    return [couldNot({ family, error })];
  }
}
