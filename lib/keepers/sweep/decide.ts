import { wishOf } from '../../domain/action-traits.ts';
import { type Finding, severityOf } from '../../domain/finding.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import type { Decision } from '../../domain/plan.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import type { UnusedGroup } from '../../facts/gather-unused.ts';
import { catchUps } from '../../plan/catch-up.ts';
import { couldNot, orCouldNot, unreadOf } from '../../plan/could-not.ts';
import { familyDecisions } from '../../plan/family-decisions.ts';
import { groupTold } from '../../plan/group-told.ts';
import { notable } from '../../plan/judge-family.ts';
import { goneKeys } from '../../plan/key-findings.ts';
import { unusedRules } from '../../plan/unused-rules.ts';
import type { SweepFacts } from './gather.ts';
import { orphansOf } from './orphans.ts';
import { slowStarts } from './starts.ts';

export interface Told {
  readonly signature: string;
  readonly atMs: number;
}

const HOUR_MS = 3_600_000;
/** A prime, so that the first ones of two hours are far apart. */
const STRIDE = 7_919;
/** Trouble that stays as it is is told once a day, not by every sweep. */
const SAID_AGAIN_MS = 24 * HOUR_MS;

export function decide(facts: SweepFacts): readonly Decision[] {
  const families = facts.families.filter(({ optedIn, newest }) => optedIn && newest.state === 'present');
  const judged = inTurn(families, facts.nowMs).flatMap((family) =>
    orCouldNot(family.family, () => {
      const made = facts.provision.get(family.family)?.decide() ?? [];
      return withKeys(familyDecisions(family, made), family);
    }),
  );
  const all = [
    ...facts.failed.map(couldNot),
    ...facts.families.flatMap(unreadOf),
    ...groupTold(judged.filter(isWorthIt)),
    ...facts.gone.flatMap(orphansOf),
    ...facts.unused.flatMap(freed),
    ...slowStarts(facts.measured.families),
  ];
  const decided = all.map((decision) => (isOldNews(decision, facts) ? { ...decision, quiet: true } : decision));
  return [...decided, ...catchUps(facts.families, { untold: facts.untold, decided })];
}

/**
 * Another one is first each hour: budgets are spent in this order, and whoever keeps breaking things must not use them
 * up for everybody behind.
 */
function inTurn(families: readonly FamilyFacts[], nowMs: number): readonly FamilyFacts[] {
  const first = (Math.floor(nowMs / HOUR_MS) * STRIDE) % Math.max(1, families.length);
  return [...families.slice(first), ...families.slice(0, first)];
}

function withKeys(decisions: readonly Decision[], family: FamilyFacts): readonly Decision[] {
  const gone = goneKeys(family);
  const [first, ...others] = decisions;
  if (gone.length === 0 || !first) return decisions;
  return [{ ...first, findings: [...first.findings, ...gone] }, ...others];
}

function isWorthIt({ findings, plan, failure }: Decision): boolean {
  return failure !== undefined || plan.steps.length + plan.withheld.length > 0 || notable(findings).length > 0;
}

/** Whether all that would be told is what was told within the day; what is changed is told in any case. */
function isOldNews(decision: Decision, { told, nowMs }: SweepFacts): boolean {
  const known = told.get(thingOf(decision)) as Told | undefined;
  return known !== undefined && known.signature === signatureOf(decision) && nowMs - known.atMs < SAID_AGAIN_MS;
}

export function thingOf({ subject }: Decision): string {
  return `${subject.thing} ${subject.fileSystemId ?? ''}`;
}

/** What a decision says, without what changes from run to run. */
export function signatureOf({ subject, findings, plan }: Decision): string {
  const said = notable(findings).map((finding: Finding) => `${finding.code} ${finding.subject} ${severityOf(finding)}`);
  const held = [...plan.steps, ...plan.withheld].map((step) => wishOf(step.action));
  return fingerprint([...said, ...held, ...(subject.families ?? [])].toSorted().join('\n'));
}

function freed(unused: UnusedGroup): readonly Decision[] {
  const steps = unusedRules(unused);
  const [entry] = unused.entries;
  if (steps.length === 0 || !entry) return [];
  return [
    {
      subject: {
        thing: unused.groupId,
        ...(entry.family === undefined ? {} : { family: entry.family }),
        ...(entry.fileSystemId === undefined ? {} : { fileSystemId: entry.fileSystemId }),
      },
      findings: [{ code: 'rule-in-the-way', subject: unused.groupId, evidence: {} }],
      plan: { steps, withheld: [] },
      keyring: unused.keyring,
    },
  ];
}
