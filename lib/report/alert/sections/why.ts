import { CATALOGUE, type Finding, type Severity, severityOf } from '../../../domain/finding.ts';
import type { Outcome, Subject } from '../../../domain/plan.ts';
import { named } from '../../../plan/describe/shell.ts';
import { OFFER_EVIDENCE } from '../remedy-commands.ts';
import { fenced, oneLine } from '../safe-text.ts';
import { isCured } from '../verdict.ts';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  'must-fix': 'must fix',
  'should-fix': 'should fix',
  info: 'info',
};

/** An evidence value that is a command of ours: printed with the remedy, as it is. */
export const COMMAND_EVIDENCE = 'command';
const NOT_SHOWN: readonly string[] = [COMMAND_EVIDENCE, OFFER_EVIDENCE];

/** Lines of ours for a template, made of names alone: on a line of their own, so that they can be copied. */
const COPIED: readonly string[] = ['terraform', 'terraformAccessPointId', 'cdk'];

/** Sentences of ours: nobody's text is quoted. */
const OURS: readonly string[] = ['says'];

const INLINE_LENGTH = 110;
const FINDINGS_AT_MOST = 12;
const EVIDENCE_AT_MOST = 10;

/** The findings with what proves them; what was not looked at has a section of its own. */
export function why(outcome: Outcome): readonly string[] {
  const { decision } = outcome;
  const { findings, subject } = decision;
  const told = findings.filter((finding) => finding.code !== 'not-checked' && !isSaidByChange(finding, outcome));
  const lines = told
    .slice(0, FINDINGS_AT_MOST)
    .flatMap((finding) => findingLines(finding, { cured: isCured(finding, outcome), subject }));
  const more = told.length - FINDINGS_AT_MOST;
  return more > 0 ? [...lines, `  and ${more} more findings: see the log of this run`] : lines;
}

/** A remark that a change has answered: what was done says it. Only what is to be copied stays, and what a change costs. */
function isSaidByChange(finding: Finding, outcome: Outcome): boolean {
  const isKept = Object.keys(finding.evidence).some((name) => name === 'price' || COPIED.includes(name));
  return severityOf(finding) === 'info' && isCured(finding, outcome) && !isKept;
}

function findingLines(
  finding: Finding,
  about: { readonly cured: boolean; readonly subject: Subject },
): readonly string[] {
  const { title, severity } = CATALOGUE[finding.code];
  return [
    `  [${about.cured && severity !== 'info' ? 'repaired' : SEVERITY_WORDS[severity]}] ${title}`,
    ...(finding.subject === about.subject.thing ? [] : [`      on: ${oneLine(finding.subject)}`]),
    ...evidenceLines(finding, about.subject.fileSystemId).map((line) => `      ${line}`),
  ];
}

/** What the reader has been told already (`known`) is left out, and what is a command. */
export function evidenceLines({ evidence }: Finding, known?: string): readonly string[] {
  const entries = Object.entries(evidence).filter(([name, value]) => !NOT_SHOWN.includes(name) && value !== known);
  return entries.slice(0, EVIDENCE_AT_MOST).flatMap(([name, value]) => evidenceLine(name, named(value)));
}

function evidenceLine(name: string, value: string): readonly string[] {
  const label = wordsOf(name) || 'evidence';
  if (COPIED.includes(name)) return [`${label}:`, `  ${oneLine(value, 600)}`];
  if (OURS.includes(name)) return [`${label}: ${oneLine(value, 300)}`];
  if (value.length <= INLINE_LENGTH && !value.includes('\n')) return [`${label}: ${oneLine(value)}`];
  return [`${label}, as it was given:`, ...fenced(value)];
}

/** `taskGroups` and `task-groups` as a person writes it. */
function wordsOf(name: string): string {
  return oneLine(name, 60)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
}
