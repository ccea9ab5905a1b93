import type { MountFacts } from '../diagnosis/mount-facts.ts';
import type { Service, TaskDefinition } from '../domain/ecs.ts';
import type { Fact } from '../domain/fact.ts';
import type { FindingCode } from '../domain/finding.ts';
import type { Decision, Step } from '../domain/plan.ts';
import { breaks, judgeUnit } from './judge-family.ts';
import { mergeDecisions } from './merge.ts';
import { modeTagOf } from './mode-tag.ts';

interface Judged {
  readonly family: string;
  readonly newest: Fact<TaskDefinition>;
  readonly units: readonly { readonly service?: Service; readonly mount: MountFacts }[];
}

/** What a new access point and a revision that names it put right. */
const CURED_BY_WIRING: readonly FindingCode[] = [
  'access-point-missing',
  'access-point-not-available',
  'transit-encryption-off',
  'iam-authorization-off',
  'root-directory-with-access-point',
];

/**
 * What there is to say and do about a family, one decision a service. Where something has to be made first, that is
 * the one decision: what hangs on the old access point is judged anew when the new one is there.
 * @param made what the keeper that makes volumes decided for the family
 */
export function familyDecisions({ family, newest, units }: Judged, made: readonly Decision[]): readonly Decision[] {
  const judged = units.map((unit) => ({
    ...judgeUnit(family, unit),
    ...modeTagOf(unit.mount.taskDefinition, newest),
  }));
  const [first] = judged;
  const making = made.find((one) => one.plan.steps.length + one.plan.withheld.length > 0 || breaks(one));
  if (!making) return judged;
  if (!first) return [making];
  const decision = curing(first, making);
  return makesAccessPoint(making) ? [decision] : [decision, ...judged.slice(1)];
}

function makesAccessPoint({ plan }: Decision): boolean {
  return plan.steps.some(({ action }) => action.kind === 'create-access-point');
}

function curing(judged: Decision, making: Decision): Decision {
  const cured = CURED_BY_WIRING.filter((code) => judged.findings.some((finding) => finding.code === code));
  const cure = <S extends Step>(step: S): S => ({ ...step, because: [...new Set([...step.because, ...cured])] });
  const plan = { steps: making.plan.steps.map(cure), withheld: making.plan.withheld.map(cure) };
  // What the plan grants and opens is for the new access point; the old one's repairs would be for nothing.
  const merged = mergeDecisions({ ...making, plan }, makesAccessPoint(making) ? { ...judged, plan: NOTHING } : judged);
  return { ...merged, subject: judged.subject };
}

const NOTHING = { steps: [], withheld: [] };
