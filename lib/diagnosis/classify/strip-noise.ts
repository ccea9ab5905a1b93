import { type Folded, squash, without } from './normalize.ts';
import type { Span } from './wording.ts';

/** A text without the parts that name no cause, and what those parts told. */
export interface Stripped {
  readonly main: Folded;
  /** The retry lines of the mount helper, in order. */
  readonly attempts: readonly Attempt[];
  /** Words that the helper prints only after DNS had no address. */
  readonly fallbackTried: boolean;
  /** Where those words begin in the whole squashed text. */
  readonly adviceAt: number;
  /** The suffix that Fargate adds: the mount is over. */
  readonly ended: boolean;
}

export interface Attempt {
  readonly folded: Folded;
  /** False where the text breaks off inside the line. */
  readonly complete: boolean;
}

const ATTEMPT = squash('mount attempt ');
const FAILED_DUE_TO = squash(' failed due to ');
const BEFORE_NEXT = squash('sec before next attempt.');
const ATTEMPT_CHARACTERS = 400;
const SUFFIX = squash(': unsuccessful EFS util');
// On Fargate nobody can install botocore, and its absence is not why the mount failed.
const NOISE = [
  squash('see https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.'),
  squash('failed to import necessary dependency botocore, please install botocore first.'),
  squash('failed to import necessary dependency botocore'),
  squash('could not start amazon-efs-mount-watchdog, unrecognized init system'),
  squash('attempting to lookup mount target ip address using botocore'),
];
// The wrapper's own stack: it quotes the mount command, whose options are no cause.
const STACK = [squash('traceback (most recent call last)'), squash('file "/usr/sbin/supervisor_mount')];
const STACK_COMMAND = squash("subprocess.calledprocesserror: command '['mount'");

export function stripNoise(folded: Folded, keepStack: boolean): Stripped {
  const noise = noiseSpans(folded.squashed);
  const advice = noise.filter((span) => span.fallback);
  const cutAt = keepStack ? folded.squashed.length : stackStart(folded.squashed);
  const suffixAt = folded.squashed.lastIndexOf(SUFFIX);
  const end = Math.min(cutAt, suffixAt < 0 ? folded.squashed.length : suffixAt);
  const attempts = attemptSpans(folded.squashed.slice(0, end));
  const tail = end < folded.squashed.length ? [{ start: end, end: folded.squashed.length }] : [];
  return {
    main: without(folded, ordered([...noise.filter((span) => span.end <= end), ...attempts, ...tail])),
    attempts: attempts.map((span) => ({ folded: only(folded, span), complete: span.complete })),
    fallbackTried: advice.length > 0,
    adviceAt: Math.min(folded.squashed.length, ...advice.map((span) => span.start)),
    ended: suffixAt >= 0,
  };
}

/** Whether the squashed text holds the stack of the program that wraps the mount. */
export function stackStart(squashed: string): number {
  const starts = [...STACK, STACK_COMMAND].map((mark) => squashed.indexOf(mark)).filter((index) => index >= 0);
  return Math.min(squashed.length, ...starts);
}

function noiseSpans(squashed: string): (Span & { readonly fallback: boolean })[] {
  return NOISE.flatMap((sentence) => {
    const start = squashed.indexOf(sentence);
    const fallback = sentence.includes('botocore') || sentence.includes('mount-dns-name');
    return start < 0 ? [] : [{ start, end: start + sentence.length, fallback }];
  });
}

function attemptSpans(squashed: string): (Span & { readonly complete: boolean })[] {
  const spans: (Span & { readonly complete: boolean })[] = [];
  let from = 0;
  for (;;) {
    const start = squashed.indexOf(ATTEMPT, from);
    if (start < 0) return spans;
    const window = squashed.slice(start, start + ATTEMPT_CHARACTERS);
    const next = window.indexOf(ATTEMPT, ATTEMPT.length);
    const line = next < 0 ? window : window.slice(0, next);
    const last = line.indexOf(BEFORE_NEXT);
    const length = last < 0 ? line.length : last + BEFORE_NEXT.length;
    if (line.includes(FAILED_DUE_TO)) spans.push({ start, end: start + length, complete: last >= 0 });
    from = start + length;
  }
}

function ordered(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}

function only(folded: Folded, span: Span): Folded {
  return {
    readable: folded.readable,
    squashed: folded.squashed.slice(span.start, span.end),
    at: folded.at.slice(span.start, span.end),
  };
}
