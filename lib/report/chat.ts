import type { Action } from '../domain/action.ts';
import { resourceOf } from '../domain/action-traits.ts';
import { CATALOGUE, type Finding, type Severity } from '../domain/finding.ts';
import type { Incident } from '../domain/incident.ts';
import type { Subject } from '../domain/plan.ts';
import { linksFor } from './alert/console-links.ts';
import type { Place } from './alert/input.ts';
import { oneLine, shorten, visible } from './alert/safe-text.ts';
import type { OutcomeWord } from './alert/verdict.ts';

export interface ChatInput {
  readonly subject: string;
  readonly headline: string;
  readonly incident: Incident;
  readonly self: Place;
  readonly subjectOf: Subject;
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  readonly nextSteps: readonly string[];
  readonly eventType: OutcomeWord;
  readonly status: 'firing' | 'updated' | 'resolved';
  readonly severity: Severity;
  readonly keeper: string;
}

/** One public formatter for this format cuts next steps there; AWS names no limit. */
const STEP_LENGTH = 350;
const FINDINGS_AT_MOST = 4;
const STEPS_AT_MOST = 5;

/**
 * The custom notification of Amazon Q Developer in chat applications (administrator guide, "Custom notifications").
 * A message of any other shape is dropped without a word. Chat gets the summary; evidence, policies and texts of others
 * stay in the mail and in the log.
 */
export function chatOf(input: ChatInput): string {
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: `${input.incident.id}-${input.incident.count}-${input.status}`,
    content: {
      textType: 'client-markdown',
      title: markdown(input.subject),
      description: descriptionOf(input),
      nextSteps: input.nextSteps.filter(isSentence).slice(0, STEPS_AT_MOST).map(step),
      keywords: keywordsOf(input),
    },
    metadata: {
      threadId: input.incident.id,
      summary: markdown(input.subject),
      eventType: `mountkeeper-${input.eventType}`,
      relatedResources: resourcesOf(input),
      additionalContext: contextOf(input),
    },
  });
}

function descriptionOf(input: ChatInput): string {
  const findings = input.findings
    .slice(0, FINDINGS_AT_MOST)
    .map(({ code, subject }) => `* ${CATALOGUE[code].title}: ${inCode(subject)}`);
  const links = linksFor(input.self, { subject: input.subjectOf, actions: input.actions })
    .slice(0, 3)
    .map(({ of, url }) => `[${of}](${url})`);
  return [markdown(input.headline), ...findings, ...(links.length === 0 ? [] : [links.join(' | ')])].join('\n');
}

/** Commands stay in the mail: a chat client may rewrite quotes and dashes. */
function isSentence(line: string): boolean {
  return line.startsWith('  - ');
}

function step(line: string): string {
  return shorten(markdown(line.slice(4)), STEP_LENGTH);
}

function keywordsOf({ keeper, severity, status, subjectOf }: ChatInput): readonly string[] {
  const words = ['mountkeeper', keeper, severity, status, subjectOf.family, subjectOf.fileSystemId];
  return words.filter((word) => word !== undefined && word !== '').map((word) => oneLine(word ?? '', 100));
}

function resourcesOf({ subjectOf, actions }: ChatInput): readonly string[] {
  const all = [subjectOf.thing, subjectOf.fileSystemId ?? '', ...actions.map(resourceOf)];
  return [...new Set(all.filter((resource) => resource !== '').map((resource) => oneLine(resource)))].slice(0, 10);
}

function contextOf({ self, keeper, severity, status, incident }: ChatInput): Readonly<Record<string, string>> {
  return {
    account: oneLine(self.accountId),
    region: oneLine(self.region),
    keeper,
    severity,
    status,
    count: String(incident.count),
  };
}

/** A text of ours with names in it: none of its signs means anything to Markdown or to a mention. */
function markdown(text: string): string {
  return visible(oneLine(text, 1_000)).replaceAll(/[\\`*_~[\]|]/g, (sign) => `\\${sign}`);
}

function inCode(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}
