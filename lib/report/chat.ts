import type { Action } from '../domain/action.ts';
import { resourceOf } from '../domain/action-traits.ts';
import { CATALOGUE, type Finding } from '../domain/finding.ts';
import type { Incident } from '../domain/incident.ts';
import type { Subject } from '../domain/plan.ts';
import { linksFor } from './alert/console-links.ts';
import type { Place } from './alert/input.ts';
import { oneLine, shorten, visible } from './alert/safe-text.ts';

export interface ChatInput {
  readonly subject: string;
  /** The mail's first lines. */
  readonly headline: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly incident: Incident;
  readonly self: Place;
  readonly about: Subject;
  readonly findings: readonly Finding[];
  readonly actions: readonly Action[];
  /** Sentences for a person, as in the mail. */
  readonly nextSteps: readonly string[];
  /** What each command is for, and the command. */
  readonly commands: readonly (readonly [string, string])[];
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
  const { incident, subject, attributes, self } = input;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id: `${oneLine(incident.id)}-${incident.count}-${attributes['status'] ?? 'firing'}`,
    content: {
      textType: 'client-markdown',
      title: markdown(subject),
      description: descriptionOf(input),
      nextSteps: stepsOf(input),
      keywords: keywordsOf(attributes),
    },
    metadata: {
      threadId: oneLine(incident.id),
      summary: markdown(subject),
      eventType: `mountkeeper-${attributes['outcome'] ?? 'detected'}`,
      relatedResources: resourcesOf(input),
      additionalContext: {
        ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, oneLine(value)])),
        account: oneLine(self.accountId),
        region: oneLine(self.region),
        count: String(incident.count),
      },
    },
  });
}

/** The causes are listed with their subjects, so the headline's line about the cause is left out. */
function descriptionOf({ headline, findings, self, about, actions }: ChatInput): string {
  const lines = headline.split('\n').filter((line) => !line.startsWith('Cause: '));
  const causes = findings
    .slice(0, FINDINGS_AT_MOST)
    .map(({ code, subject }) => `* ${CATALOGUE[code].title}: ${inCode(subject)}`);
  const links = linksFor(self, { subject: about, actions }).map(({ of, url }) => `[${of}](${url})`);
  return [...lines.map(markdown), ...causes, links.slice(0, 3).join(' | ')].filter((line) => line !== '').join('\n');
}

/** A command that would have to be cut stays in the mail. */
function stepsOf({ nextSteps, commands }: ChatInput): readonly string[] {
  const runnable = commands.filter(([, command]) => isSafeInCode(command));
  return [
    ...nextSteps.slice(0, STEPS_AT_MOST).map((step) => shorten(markdown(step), STEP_LENGTH)),
    ...runnable.map(([purpose, command]) => `${purpose}: \`${command}\``),
  ];
}

/** Chat reads mentions and links even inside code. */
function isSafeInCode(command: string): boolean {
  return (
    command.length <= STEP_LENGTH &&
    command === visible(command) &&
    !/[`<>]|:\/\/|@(?:here|channel|everyone)/.test(command)
  );
}

function keywordsOf(attributes: Readonly<Record<string, string>>): readonly string[] {
  const named = ['keeper', 'severity', 'status', 'family', 'fileSystem'].map((name) => attributes[name] ?? '');
  return ['mountkeeper', ...named].filter((word) => word !== '').map((word) => oneLine(word, 100));
}

function resourcesOf({ about, actions }: ChatInput): readonly string[] {
  const all = [about.thing, about.fileSystemId ?? '', ...actions.map(resourceOf)];
  return [...new Set(all.filter((resource) => resource !== '').map((resource) => oneLine(resource)))].slice(0, 10);
}

/** A text of ours with names in it: none of its signs means anything to Markdown or to a mention. */
function markdown(text: string): string {
  return oneLine(text, 1_000).replaceAll(/[\\`*_~[\]|]/g, (sign) => `\\${sign}`);
}

function inCode(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``;
}
