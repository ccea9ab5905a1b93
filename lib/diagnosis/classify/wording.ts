import { squash } from './normalize.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A wording of our tables, ready to be looked for in squashed texts. */
export interface Wording {
  readonly parts: readonly string[];
}

const GAP_CHARACTERS = 160;
// A hostile text may repeat the last part thousands of times; a real one names its cause a few times.
const TRIES = 12;

/** `…` stands for up to 160 characters of anything. */
export function wording(text: string): Wording {
  return { parts: text.split('…').map(squash) };
}

/** The occurrence that ends last, found without backtracking over the text. */
export function findLast(squashed: string, { parts }: Wording): Span | undefined {
  const last = parts.at(-1) ?? '';
  let from = squashed.length;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const index = squashed.lastIndexOf(last, from);
    if (index < 0) return undefined;
    const start = startOfEarlierParts(squashed, parts.slice(0, -1), index);
    if (start !== undefined) return { start, end: index + last.length };
    if (index === 0) return undefined;
    from = index - 1;
  }
  return undefined;
}

function startOfEarlierParts(squashed: string, earlier: readonly string[], before: number): number | undefined {
  let start = before;
  for (const part of earlier.toReversed()) {
    const windowStart = Math.max(0, start - GAP_CHARACTERS - part.length);
    const index = squashed.slice(windowStart, start).lastIndexOf(part);
    if (index < 0) return undefined;
    start = windowStart + index;
  }
  return start;
}

export function says(squashed: string, wordings: readonly Wording[]): boolean {
  return wordings.some((each) => findLast(squashed, each) !== undefined);
}

/** How much of a wording stands at the very end of a text that breaks off there; 0 if less than `least` characters. */
export function lengthCutAtEnd(squashed: string, { parts }: Wording, least: number): number {
  const first = parts[0] ?? '';
  // A beginning of it at the end of the text holds the last characters of the text.
  if (!first.includes(squashed.slice(-least))) return 0;
  for (let length = Math.min(first.length - 1, squashed.length); length >= least; length -= 1) {
    if (squashed.endsWith(first.slice(0, length))) return length;
  }
  return 0;
}
