import { classify } from '../diagnosis/classify/classify.ts';
import type { Certainty, Classification, Reason } from '../diagnosis/classify/types.ts';
import { FAILURE_KINDS } from '../diagnosis/failure-kinds.ts';
import { parseReasonLine } from './reason-line.ts';

const CERTAINTIES: Readonly<Record<Certainty, string>> = {
  text: 'the text says so',
  context: 'volumes or stop code decided',
  guess: 'a guess: the same words have other causes, or the text breaks off',
};

/** A stop reason explained to a person, in at most 15 lines. */
export function explainText(reason: Reason): string {
  const classification = classify(reason);
  const { title, meaning, whatToDo, settledBy, docs } = FAILURE_KINDS[classification.kind];
  return [
    `${classification.kind}: ${title} (${CERTAINTIES[classification.certainty]})`,
    ...(classification.cause === '' ? [] : [`Read from: ${classification.cause}`]),
    ...namedInText(classification),
    ...otherReading(reason, classification),
    `Meaning: ${meaning}`,
    'What to do:',
    ...whatToDo.map((line, index) => `  ${index + 1}. ${line}`),
    'What settles it:',
    ...settledBy.map((line) => `  - ${line}`),
    `More: ${docs}`,
  ].join('\n');
}

function namedInText({ kind, hints }: Classification): string[] {
  if (kind === 'not-efs') return [];
  const named = [hints.fileSystemId, hints.accessPointId, hints.rootDirectory].filter((each) => each !== undefined);
  return named.length === 0 ? [] : [`Named in the text (not checked): ${named.join(', ')}`];
}

/** Words that others print too: what they mean where the task is known to have an EFS volume. */
function otherReading(reason: Reason, { kind, certainty }: Classification): string[] {
  if (kind !== 'not-efs' || certainty !== 'guess' || reason.volumes !== undefined) return [];
  const { kind: other } = classify({ ...reason, volumes: ['efs'] });
  if (other === 'not-efs') return [];
  return [`In a task with an EFS volume the same words mean ${other}: ${FAILURE_KINDS[other].title}.`];
}

/**
 * One JSON object a line in, one out, with `kind`, `certainty`, `cause` and `meaning`. A line that is no reason gives
 * `kind: null` and an `error` that names the field; undefined for an empty line.
 */
export function explainJsonl(line: string): string | undefined {
  if (line.trim() === '') return undefined;
  const parsed = parseReasonLine(line);
  if (!parsed.ok) {
    return JSON.stringify({ ...parsed.echo, kind: null, field: parsed.field, error: parsed.error });
  }
  const { kind, certainty, cause, hints } = classify(parsed.reason);
  const { title, meaning, docs } = FAILURE_KINDS[kind];
  return JSON.stringify({ ...parsed.echo, kind, certainty, cause, title, meaning, docs, hints });
}

/** The answers to a stream of lines, in order; a bad line never stops it. */
export function* explainLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    const answer = explainJsonl(line);
    if (answer !== undefined) yield answer;
  }
}
