import type { Folded } from './normalize.ts';
import { untrusted } from './untrusted.ts';
import type { Span } from './wording.ts';

const CAUSE_CHARACTERS = 200;
const BEFORE_CHARACTERS = 120;
const SLICE_CHARACTERS = 600;

interface Opening {
  readonly words: string;
  /** The words belong to the sentence. */
  readonly kept?: true;
  readonly closing?: string;
}

const OPENINGS: readonly Opening[] = [
  ...['. ', '; ', 'stderr: ', 'Output: ', 'volume failed: '].map((words) => ({ words })),
  { words: 'mount.nfs', kept: true },
  { words: 'Failed to resolve', kept: true },
  { words: "b'", closing: "'" },
  { words: 'b"', closing: '"' },
];

/** The sentence around a span, as a person would quote it: redacted, at most 200 characters. */
export function quote(folded: Folded, span: Span): string {
  const { readable } = folded;
  const match = folded.at[span.start] ?? 0;
  const matchEnd = (folded.at[span.end - 1] ?? match) + 1;
  const start = sentenceStart(readable, match);
  const end = sentenceEnd(readable, matchEnd, closingOf(readable, match));
  const sentence = readable.slice(start, Math.min(end, start + SLICE_CHARACTERS));
  return untrusted(sentence.replace(/^[\s',:-]{1,8}|[\s',]{1,8}$/g, ''), CAUSE_CHARACTERS);
}

function sentenceStart(readable: string, match: number): number {
  const windowStart = Math.max(0, match - BEFORE_CHARACTERS);
  const before = readable.slice(windowStart, match);
  const starts = OPENINGS.map(({ words, kept }) => {
    const at = before.lastIndexOf(words);
    return at < 0 || kept ? at : at + words.length;
  });
  const nearest = Math.max(...starts);
  if (nearest >= 0) return windowStart + nearest;
  // Never inside a word: what stands there could be the end of a secret whose beginning tells that it is one.
  return windowStart === 0 ? 0 : windowStart + before.indexOf(' ') + 1;
}

/** The quote that ends the bytes literal in which the match stands, if it stands in one. */
function closingOf(readable: string, match: number): string {
  const before = readable.slice(Math.max(0, match - BEFORE_CHARACTERS), match);
  const literal = /b(['"])[^'"]{0,120}$/.exec(before);
  return literal?.[1] ?? '';
}

function sentenceEnd(readable: string, matchEnd: number, closing: string): number {
  const rest = readable.slice(matchEnd, matchEnd + SLICE_CHARACTERS);
  const ends = [/\.(?= |$)/, / : unsuccessful/, / Traceback/].map((each) => rest.search(each));
  const quoted = closing === '' ? -1 : rest.indexOf(closing);
  return matchEnd + Math.min(...[...ends, quoted].filter((index) => index >= 0), rest.length);
}
