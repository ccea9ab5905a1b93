import { classify } from '../diagnosis/classify/classify.ts';
import type { Certainty, Classification, Reason } from '../diagnosis/classify/types.ts';
import { FAILURE_KINDS, type FailureKind, type FailureKindText } from '../diagnosis/failure-kinds.ts';
import { parseReasonLine } from './reason-line.ts';

const CERTAINTIES: Readonly<Record<Certainty, string>> = {
  text: 'the text says so',
  context: 'volumes or stop code decided',
  guess: 'a guess: the same words have other causes, or the text breaks off',
};

/** For words that others print too, where it is not known whether the task has an EFS volume. */
const UNDECIDED = {
  title: 'not known to be an EFS mount failure',
  meaning: 'Others print the same words, for volumes of other types. The task definition says whether EFS is meant.',
  whatToDo: ['If the task definition has an EFS volume, explain it again with --volumes efs; else follow the message.'],
} as const;

/** A stop reason explained to a person, in at most 15 lines. */
export function explainText(reason: Reason): string {
  const classification = classify(reason);
  const { kind, certainty, cause } = classification;
  const other = otherReading(reason, classification);
  const { title, meaning, whatToDo, settledBy, docs } = wordsFor(kind, other);
  return [
    `${kind}: ${title} (${CERTAINTIES[certainty]})`,
    ...(cause === '' ? [] : [`Read from: ${cause}`]),
    ...namedInText(classification),
    ...(other === undefined
      ? []
      : [`In a task with an EFS volume the same words mean ${other}: ${FAILURE_KINDS[other].title}.`]),
    `Meaning: ${meaning}`,
    'What to do:',
    ...whatToDo.map((line, index) => `  ${index + 1}. ${line}`),
    'What settles it:',
    ...settledBy.map((line) => `  - ${line}`),
    `More: ${docs}`,
  ].join('\n');
}

function wordsFor(kind: FailureKind, other: FailureKind | undefined): FailureKindText {
  return { ...FAILURE_KINDS[kind], ...(other === undefined ? {} : UNDECIDED) };
}

function namedInText({ kind, hints }: Classification): string[] {
  if (kind === 'not-efs') return [];
  const named = [hints.fileSystemId, hints.accessPointId, hints.rootDirectory].filter((each) => each !== undefined);
  return named.length === 0 ? [] : [`Named in the text (not checked): ${named.join(', ')}`];
}

/** Words that others print too: what they mean where the task is known to have an EFS volume. */
function otherReading(reason: Reason, { kind, certainty }: Classification): FailureKind | undefined {
  if (kind !== 'not-efs' || certainty !== 'guess' || reason.volumes !== undefined) return undefined;
  const { kind: other } = classify({ ...reason, volumes: ['efs'] });
  return other === 'not-efs' ? undefined : other;
}

/** The answer to one line. */
export interface AnsweredLine {
  readonly text: string;
  /** False where the line was no reason. */
  readonly understood: boolean;
}

/**
 * One JSON object a line in, one out, with `kind`, `certainty`, `cause` and `meaning`. A line that is no reason gives
 * `kind: null` and an `error` that names the field; undefined for an empty line.
 */
export function explainLine(line: string): AnsweredLine | undefined {
  if (line.trim() === '') return undefined;
  const parsed = parseReasonLine(line);
  const { echo } = parsed;
  if (parsed.ok) return { understood: true, text: JSON.stringify({ ...echo, ...explainData(parsed.reason) }) };
  const { field, error } = parsed;
  return { understood: false, text: JSON.stringify({ ...echo, kind: null, field, error }) };
}

/** A stop reason explained to a program. */
export function explainData(reason: Reason) {
  const classification = classify(reason);
  const { kind, certainty, cause, hints } = classification;
  const { title, meaning, docs } = wordsFor(kind, otherReading(reason, classification));
  return { kind, certainty, cause, title, meaning, docs, hints };
}
