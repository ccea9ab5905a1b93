import type { MountFacts } from '../diagnosis/mount-facts.ts';
import type { Service } from '../domain/ecs.ts';
import { type Decision, EMPTY_PLAN } from '../domain/plan.ts';
import { judgeUnit } from './judge-family.ts';

interface Looked {
  readonly family: string;
  readonly units: readonly { readonly service?: Service; readonly mount: MountFacts }[];
}

/**
 * A decision without findings for each family of which a run that died left something untold, and which has no decision
 * otherwise: settling it tells what was made.
 */
export function catchUps(
  families: readonly Looked[],
  { untold, decided }: { readonly untold: ReadonlySet<string>; readonly decided: readonly Decision[] },
): readonly Decision[] {
  const served = new Set(decided.flatMap(({ subject }) => subject.family ?? []));
  const left = families.filter(({ family }) => untold.has(family) && !served.has(family));
  return left.map(({ family, units }) => {
    const [unit] = units;
    const subject = unit ? judgeUnit(family, unit).subject : { family, thing: `family:${family}` };
    return { subject, findings: [], plan: EMPTY_PLAN, keyring: {} };
  });
}
