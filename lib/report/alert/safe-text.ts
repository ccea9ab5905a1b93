import { untrusted } from '../../diagnosis/classify/untrusted.ts';

/** Controls, formatting signs (bidirectional overrides, zero-width), line and paragraph separators, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;

/** What a chat client or a mail program would act on, and the form in which it only reads. */
const LIVE: readonly (readonly [RegExp, string])[] = [
  [/</g, '('],
  // The arrow of "12 -> 13" stays: without a `<` before it no client reads a tag.
  [/(?<!-)>/g, ')'],
  [/@(?=channel|here|everyone)/gi, '(at)'],
  [/:\/\//g, '[:]//'],
  [/\bwww\./gi, 'www[.]'],
];

const LINE_LENGTH = 200;
const FENCE_COLUMNS = 96;

/** A text of others on one line: no controls, no live links, no mentions, no secrets, at most `maxLength` characters. */
export function oneLine(text: string, maxLength = LINE_LENGTH): string {
  const cleaned = LIVE.reduce((line, [live, dead]) => line.replace(live, dead), untrusted(text, maxLength));
  return shorten(visible(cleaned), maxLength);
}

/** A longer text of others, marked as such in each line, so that it cannot pass for a section of ours. */
export function fenced(text: string, maxLength = 800): readonly string[] {
  return wrapped(oneLine(text, maxLength), FENCE_COLUMNS).map((line) => `| ${line}`);
}

/** Broken between words where there are any, else between any two signs. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > columns) {
    const space = rest.lastIndexOf(' ', columns);
    const end = space > columns / 2 ? space : columns;
    lines.push(rest.slice(0, end).join('').trimEnd());
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return [...lines, rest.join('')];
}

/** A text of ours that may hold names: nothing unseen, one line. Commands go through here, so it changes no sign. */
export function visible(text: string): string {
  return text.toWellFormed().replace(UNSEEN, ' ').replaceAll('\ufffd', '?').trim();
}

/** SNS takes a subject of less than 100 ASCII characters without line breaks or control characters. */
export function subjectLine(text: string): string {
  return shorten(visible(text).replace(/[^\x20-\x7e]/g, '?'), 99);
}

export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text
    .slice(0, Math.max(0, maxLength - 3))
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .trimEnd()}...`;
}

/** The first lines that fit, and how many were left out. */
export function fitLines(lines: readonly string[], maxBytes: number): readonly string[] {
  let room = maxBytes;
  const fitting = lines.findIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  if (fitting === -1) return lines;
  // "by hand:" without its command says nothing.
  const end = lines[fitting - 1]?.endsWith(':') ? fitting - 1 : fitting;
  const left = lines.length - end;
  return [...lines.slice(0, end), `  (${left} more ${left === 1 ? 'line' : 'lines'} left out)`];
}
