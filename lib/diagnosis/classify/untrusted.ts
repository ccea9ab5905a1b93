/** Read no further: what is longer is hostile or useless. */
const READ_CHARACTERS = 65_536;
const REDACTED = '[redacted]';

type Replacement = readonly [pattern: RegExp, by: string | ((match: string) => string)];

// Bounded repeats only: a hostile text must cost no more than a glance.
const SECRETS: readonly Replacement[] = [
  [/(awscredsuri)(?:\s{0,4}[=:]\s{0,4}|\s{1,4}(?=\/))[^\s,'"\]})]{1,1024}/gi, `$1=${REDACTED}`],
  [/(\/v\d\/credentials\/)[^\s,'"\]})]{1,1024}/gi, `$1${REDACTED}`],
  [/(:\/\/)[^\s/@:]{1,128}:[^\s/@]{1,128}@/g, `$1${REDACTED}@`],
  [/(?<![A-Z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,20}(?![A-Z0-9])/g, REDACTED],
  [/(?<![\w-])eyJ[\w-]{8,4096}\.[\w-]{8,4096}(?:\.[\w-]{0,4096})?/g, REDACTED],
  [/(?<![\w+/])(?:IQoJb3JpZ2lu|FwoGZXIv|FQoGZXIv)[\w+/=]{8,4096}/g, REDACTED],
  [/((?:bearer|basic)\s{1,4})[\w.~+/=-]{8,4096}/gi, `$1${REDACTED}`],
  [
    /((?<![:/])(?:password|passwd|pwd|secret|token|api_?key|access_?key(?:_?id)?|private_?key|authorization)[\w.-]{0,32}["']?\s{0,3}[=:]\s{0,3}["']?)(?!\[redacted|bearer|basic)[^\s"',;&}]{1,4096}/gi,
    `$1${REDACTED}`,
  ],
  [/(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])/g, (match) => (isMixed(match) ? REDACTED : match)],
];

/** Credentials URIs of tasks, keys, tokens and passwords out of a text. */
export function redact(text: string): string {
  return SECRETS.reduce(
    (clean, [pattern, by]) =>
      typeof by === 'string' ? clean.replace(pattern, by) : clean.replace(pattern, (match) => by(match)),
    text,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are what has to go
const TERMINAL_COLOUR = /\u001b\[[0-9;]{0,16}[a-z]/gi;
/** Characters that reorder or hide text in a mail or a terminal. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Other people's text, fit for an alert, a log line or a terminal: one line, no control or invisible characters,
 * nothing that looks like a credential, at most `maxLength` characters (the last is `…` where it was cut).
 */
export function untrusted(text: string, maxLength: number): string {
  const plain = text
    .slice(0, READ_CHARACTERS)
    .replace(TERMINAL_COLOUR, '')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(redact(plain), maxLength);
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = text.slice(0, Math.max(0, maxLength - 1));
  // Half a surrogate pair is no character.
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`.slice(0, maxLength);
}

/** Secret access keys have 40 characters of all sorts; hashes and paths do not. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}
