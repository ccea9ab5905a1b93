import { CATALOGUE } from '../../domain/finding.ts';
import type { AlertInput } from './input.ts';
import { shorten, subjectLine } from './safe-text.ts';
import { times } from './time.ts';
import { isCured, type OutcomeWord, type Verdict } from './verdict.ts';
import { spoken, whoIs } from './who.ts';

const SUBJECT_WORDS: Readonly<Record<OutcomeWord, string>> = {
  detected: 'Action needed',
  'dry-run': 'Would repair',
  remediated: 'Repaired',
  withheld: 'Action needed',
  failed: 'Repair failed',
  reverted: 'Reverted',
};

/** Keepers whose success is no repair. */
const OWN_WORDS: Readonly<Record<string, string>> = { provision: 'Set up', throughput: 'Switched' };

/** What a phone shows: how it stands, who, what. */
export function subjectOf(input: AlertInput, verdict: Verdict): string {
  const who = shorten(whoIs(input.outcome.decision.subject.thing).name, 40);
  const count = input.incident.count > 1 ? ` (${times(input.incident.count)})` : '';
  const what = verdict.causes[0] ?? input.outcome.decision.findings[0];
  const title = what === undefined ? '' : ` - ${CATALOGUE[what.code].title}`;
  return subjectLine(`${subjectWord(input.keeper, verdict)}: ${who}${count}${title}`);
}

function subjectWord(keeper: string, verdict: Verdict): string {
  if (verdict.word === 'detected' && verdict.severity !== 'must-fix') return 'Notice';
  if (verdict.word !== 'remediated') return SUBJECT_WORDS[verdict.word];
  if (verdict.open.length > 0) return 'Partly repaired';
  return OWN_WORDS[keeper] ?? SUBJECT_WORDS.remediated;
}

/** The first sentences: what is broken, and whether somebody has to get up. */
export function headlineOf(input: AlertInput, verdict: Verdict): string {
  return `${troubleOf(input, verdict)} ${standing(input, verdict)}`;
}

const TROUBLES: Readonly<Record<string, string>> = {
  remediate: 'cannot mount',
  drift: 'will not be able to mount, at the next task start,',
  sweep: 'will not be able to mount, at the next task start,',
};

function troubleOf({ keeper, outcome }: AlertInput, verdict: Verdict): string {
  const { subject, findings } = outcome.decision;
  const who = spoken(whoIs(subject.thing));
  const trouble = TROUBLES[keeper];
  if (trouble !== undefined && verdict.causes.length > 0) {
    const cured = verdict.open.length === 0 && keeper === 'remediate';
    return `${who} ${cured ? 'could not mount' : trouble} ${subject.fileSystemId ?? 'its file system'}.`;
  }
  const [first] = findings;
  return first === undefined ? `${who}:` : `${who}: ${CATALOGUE[first.code].title}.`;
}

const STANDING: Readonly<Record<OutcomeWord, (input: AlertInput, verdict: Verdict) => string>> = {
  detected: (_input, { severity }) =>
    severity === 'must-fix' ? 'Mountkeeper cannot repair this. A person is needed.' : 'Nothing was changed.',
  'dry-run': ({ dryRun }, { withheld }) =>
    `Nothing was changed: ${dryRun ? 'this is a dry run' : 'the mode is observe'}. In the mode repair Mountkeeper would make ${changes(withheld.length)}.`,
  remediated: remediated,
  withheld: (_input, { done }) =>
    `${done.length === 0 ? 'Nothing was changed' : `${changes(done.length)} made`}, but what is needed was withheld. A person is needed.`,
  failed: ({ outcome }) =>
    outcome.steps.some((step) => step.result === 'failed' && step.permanent)
      ? 'The repair failed and will fail again. A person is needed.'
      : 'The repair failed for now; the sweep tries it again.',
  reverted: (_input, { done }) => `${changes(done.length)} taken back, and held until somebody releases it.`,
};

function standing(input: AlertInput, verdict: Verdict): string {
  return STANDING[verdict.word](input, verdict);
}

function remediated({ keeper, outcome }: AlertInput, { done, open }: Verdict): string {
  if (open.length > 0) return 'Mountkeeper repaired a part of it. A person is needed for the rest.';
  if (keeper === 'provision' || keeper === 'throughput') return `Mountkeeper made ${changes(done.length)}.`;
  const cured = outcome.decision.findings.some((finding) => isCured(finding, outcome.steps));
  return cured ? 'Mountkeeper repaired it; the next task should mount.' : `Mountkeeper made ${changes(done.length)}.`;
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}
