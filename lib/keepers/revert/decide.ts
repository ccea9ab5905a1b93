import type { Finding } from '../../domain/finding.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { type Decision, EMPTY_PLAN } from '../../domain/plan.ts';
import { describeAction } from '../../plan/describe.ts';
import type { RevertFacts } from './gather.ts';
import { type Refused, takeBack } from './take-back.ts';

export function decide(facts: RevertFacts): readonly Decision[] {
  const { input, current } = facts;
  if (input.kind === 'release') return [released(facts)];
  const entries = facts.entries.filter((entry) => isInScope(entry, input.kind));
  if (entries.length === 0) return [nothing(facts)];
  const { steps, refused } = takeBack(entries, { current, deleteAccessPoints: input.deleteAccessPoints });
  return [
    {
      subject: subjectOf(facts, entries),
      findings: refused.map(toFinding),
      plan: { steps, withheld: [] },
      keyring: current.keyring,
      quiet: steps.length === 0,
    },
  ];
}

/** Of an incident or a family only what stands: what was taken back already, or never took effect, is not in the way. */
function isInScope({ state, keeper, action }: JournalEntry, kind: string): boolean {
  if (kind === 'change') return true;
  if (keeper === 'revert' || action.kind === 'revoke-rule') return false;
  return state === 'done' || state === 'intended';
}

function toFinding({ entry, why, kind }: Refused): Finding {
  const { thing, part, change } = describeAction(entry.action, entry.made ? { made: entry.made } : {});
  return {
    code: kind === 'edited' ? 'revert-refused' : 'revert-not-possible',
    subject: entry.changeId,
    evidence: { change: `${thing}: ${part} ${change}`, why },
  };
}

function subjectOf({ incident, input }: RevertFacts, entries: readonly JournalEntry[]): Decision['subject'] {
  const [newest] = entries;
  const family = newest?.family ?? (input.kind === 'family' ? input.id : undefined);
  const fileSystemId = incident?.fileSystemId ?? newest?.fileSystemId;
  return {
    thing: incident?.thing ?? (family === undefined ? (fileSystemId ?? input.id) : `family:${family}`),
    ...(family === undefined ? {} : { family }),
    ...(fileSystemId === undefined ? {} : { fileSystemId }),
  };
}

function nothing(facts: RevertFacts): Decision {
  return said(facts, [{ code: 'nothing-to-revert', subject: facts.input.id, evidence: { asked: facts.input.kind } }]);
}

function released(facts: RevertFacts): Decision {
  if (facts.releases.length === 0) return nothing(facts);
  return said(
    facts,
    facts.releases.map((key) => ({ code: 'hold-released', subject: key, evidence: {} })),
  );
}

/** Answered to who asked; nobody else is told. */
function said(facts: RevertFacts, findings: readonly Finding[]): Decision {
  return { subject: subjectOf(facts, []), findings, plan: EMPTY_PLAN, keyring: {}, quiet: true };
}
