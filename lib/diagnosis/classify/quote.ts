import type { Folded } from './normalize.ts';
import { untrusted } from './untrusted.ts';
import type { Span } from './wording.ts';

const CAUSE_CHARACTERS = 200;
const BEFORE_CHARACTERS = 120;
const SLICE_CHARACTERS = 600;
const OPENINGS = ['. ', '; ', 'stderr: ', 'Output: ', 'volume failed: ', "b'", 'b"'];

/** The sentence around a span, as a person would quote it: redacted, at most 200 characters. */
export function quote(folded: Folded, span: Span): string {
  const { readable } = folded;
  const match = folded.at[span.start] ?? 0;
  const matchEnd = (folded.at[span.end - 1] ?? match) + 1;
  const start = sentenceStart(readable, match);
  const end = sentenceEnd(readable, matchEnd);
  const sentence = readable.slice(start, Math.min(end, start + SLICE_CHARACTERS));
  return untrusted(sentence.replace(/^[\s'",:-]{1,8}|[\s'",]{1,8}$/g, ''), CAUSE_CHARACTERS);
}

function sentenceStart(readable: string, match: number): number {
  const windowStart = Math.max(0, match - BEFORE_CHARACTERS);
  const before = readable.slice(windowStart, match);
  const openings = OPENINGS.map((each) => {
    const index = before.lastIndexOf(each);
    return index < 0 ? -1 : index + each.length;
  });
  const nearest = Math.max(...openings);
  if (nearest >= 0) return windowStart + nearest;
  // Never inside a word: what stands there could be the end of a secret whose beginning tells that it is one.
  return windowStart === 0 ? 0 : windowStart + before.indexOf(' ') + 1;
}

function sentenceEnd(readable: string, matchEnd: number): number {
  const rest = readable.slice(matchEnd, matchEnd + SLICE_CHARACTERS);
  const closing = [/\.(?= |$)/, / : unsuccessful/, / Traceback/, /['"](?= |$)/].map((each) => rest.search(each));
  const nearest = Math.min(...closing.filter((index) => index >= 0), rest.length);
  return matchEnd + nearest;
}
