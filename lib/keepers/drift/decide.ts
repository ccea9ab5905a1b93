import { seen } from '../../domain/fact.ts';
import { type Finding, severityOf } from '../../domain/finding.ts';
import type { Decision } from '../../domain/plan.ts';
import { TAG } from '../../domain/tags.ts';
import type { FamilyFacts } from '../../facts/gather-family.ts';
import { catchUps } from '../../plan/catch-up.ts';
import { couldNot, orCouldNot, unreadOf } from '../../plan/could-not.ts';
import { familyDecisions } from '../../plan/family-decisions.ts';
import { groupTold } from '../../plan/group-told.ts';
import { breaks } from '../../plan/judge-family.ts';
import { goneKeys } from '../../plan/key-findings.ts';
import { unusedRules } from '../../plan/unused-rules.ts';
import type { DriftFacts } from './gather.ts';
import { toldOf } from './told.ts';

export function decide(facts: DriftFacts): readonly Decision[] {
  if (facts.unused) return freed(facts.unused, facts);
  const families = facts.families
    .filter(({ optedIn }) => optedIn)
    .flatMap((family) =>
      orCouldNot(family.family, () => {
        const made = facts.provision.get(family.family)?.decide() ?? [];
        return familyDecisions(family, made).flatMap((decision) => suffering(decision, { family, facts }));
      }),
    );
  const failed = [...facts.failed.map(couldNot), ...facts.families.flatMap(unreadOf)];
  const decided = [...failed, ...groupTold(families), ...ownTags(facts)];
  return [...decided, ...catchUps(facts.families, { untold: facts.untold, decided })];
}

interface About {
  readonly family: FamilyFacts;
  readonly facts: DriftFacts;
}

/** Only what fails at the next start, what is repaired, and keys that are gone: the rest is the sweep's to tell. */
function suffering(decision: Decision, { family, facts }: About): readonly Decision[] {
  const gone = goneKeys(family);
  const worthIt = breaks(decision) || decision.plan.steps.length > 0 || gone.length > 0;
  if (!worthIt && facts.input.kind !== 'family') return [];
  const findings = decision.findings.filter((finding) => severityOf(finding) !== 'should-fix');
  const about = toldOf(facts.input, family.remembered);
  return [{ ...decision, findings: [...findings, ...gone, ...about], quiet: !worthIt }];
}

/** Without its tags an access point is no longer known as our own: it would not be found again. */
function ownTags({ own, input, families }: DriftFacts): readonly Decision[] {
  const point = own && seen(own.accessPoint);
  const [family] = families;
  if (!own || !point || !family || input.kind !== 'changed') return [];
  const lost = point.tags[TAG.managed] !== 'true' || point.tags[TAG.family] !== family.family;
  if (!lost) return [];
  const finding: Finding = { code: 'own-tags-changed', subject: own.id, evidence: { family: family.family } };
  return [
    {
      subject: { thing: own.id, family: family.family, fileSystemId: point.fileSystemId },
      findings: [finding, ...toldOf(input, family.remembered)],
      plan: { steps: [], withheld: [] },
      keyring: {},
    },
  ];
}

/** The rules that kept a security group from being deleted, where nobody uses it any more. */
function freed(unused: NonNullable<DriftFacts['unused']>, { input }: DriftFacts): readonly Decision[] {
  const steps = unusedRules(unused);
  const [entry] = unused.entries;
  if (steps.length === 0 || !entry) return [];
  const finding: Finding = { code: 'rule-in-the-way', subject: unused.groupId, evidence: {} };
  return [
    {
      subject: {
        thing: unused.groupId,
        ...(entry.family === undefined ? {} : { family: entry.family }),
        ...(entry.fileSystemId === undefined ? {} : { fileSystemId: entry.fileSystemId }),
      },
      findings: [finding, ...toldOf(input, undefined)],
      plan: { steps, withheld: [] },
      keyring: unused.keyring,
    },
  ];
}
