/**
 * Two views of one text. Consoles, CloudFormation and people break lines anywhere, change case, escape and quote, so
 * wordings are compared without white space, quotes and case; `at` leads from there back to what a person can read.
 */
export interface Folded {
  readonly readable: string;
  /** `readable` in lower case, without white space, quotes, backslashes and angle brackets. */
  readonly squashed: string;
  /** For each character of `squashed`, its index in `readable`. */
  readonly at: readonly number[];
}

// ECS cuts reasons at 1,024 characters; logs may be longer. The wrapper stands at the head, the last cause at the tail.
const HEAD_CHARACTERS = 4_096;
const TAIL_CHARACTERS = 8_192;

export function fold(text: string): Folded {
  // Twice, because compatibility forms can be many times longer when written out.
  const readable = toReadable(headAndTail(headAndTail(text).normalize('NFKC')));
  return { readable, ...squashWithMap(readable) };
}

/** The squashed form of a wording of our own tables. */
export function squash(text: string): string {
  return squashWithMap(text).squashed;
}

/** Occurs in no squashed text. */
const SEAM = '\n';

/** The folded text without the given spans of `squashed` (ascending, not overlapping). */
export function without(folded: Folded, spans: readonly { readonly start: number; readonly end: number }[]): Folded {
  let squashed = '';
  const at: number[] = [];
  let from = 0;
  for (const span of [...spans, { start: folded.squashed.length, end: folded.squashed.length }]) {
    squashed += folded.squashed.slice(from, span.start);
    at.push(...folded.at.slice(from, span.start));
    if (span.end > span.start) {
      // What stood on both sides of a removed span must not read as one wording.
      squashed += SEAM;
      at.push(folded.at[span.start] ?? folded.readable.length);
    }
    from = Math.max(from, span.end);
  }
  return { readable: folded.readable, squashed, at };
}

function headAndTail(text: string): string {
  if (text.length <= HEAD_CHARACTERS + TAIL_CHARACTERS) return text;
  return `${text.slice(0, HEAD_CHARACTERS)} … ${text.slice(-TAIL_CHARACTERS)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours come with copies of console output
const TERMINAL_COLOUR = /\u001b\[[0-9;]{0,16}[a-z]/gi;
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ESCAPED_LINE_END = /\\{1,8}[nrt]/g;
const ESCAPED_UNICODE = /\\{1,8}u00(22|27|3c|3e|26)/gi;
const ENTITY = /&(quot|apos|lt|gt|amp|#39|#34|#x27|#x22);/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' },
  ...{ '#39': "'", '#34': '"', '#x27': "'", '#x22': '"' },
};

function toReadable(text: string): string {
  return text
    .replace(TERMINAL_COLOUR, '')
    .replace(INVISIBLE, '')
    .replace(ESCAPED_UNICODE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(ENTITY, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
    .replace(ESCAPED_LINE_END, ' ')
    .replace(/\\{1,8}(["'])/g, '$1')
    .replace(/[‘’‚‛ʼ´`]/g, "'")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const DROPPED = new Set([' ', "'", '"', '\\', '<', '>', '│', '┃', '║', '\u00a0']);

function squashWithMap(readable: string): { squashed: string; at: number[] } {
  const at: number[] = [];
  const kept: string[] = [];
  for (let index = 0; index < readable.length; index += 1) {
    const character = readable[index] ?? '';
    // Most of a text is this, and stays as it is.
    if ((character >= 'a' && character <= 'z') || (character >= '-' && character <= ':')) {
      kept.push(character);
      at.push(index);
      continue;
    }
    if (DROPPED.has(character) || character.trim() === '') continue;
    const lower = character.toLowerCase();
    // A letter whose lower case is two characters (Turkish İ) would shift the map.
    kept.push(lower.length === 1 ? lower : character);
    at.push(index);
  }
  return { squashed: kept.join(''), at };
}
